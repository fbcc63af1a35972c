package io.brrtrouter.outbound.proxy;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.ServiceExtension;
import io.brrtrouter.outbound.address.DotSegments;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.dispatch.ServiceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a service has an operation: octets of the client's path and query as they were sent (RFC
 * 3986 section 2.4), and nothing that leads elsewhere. Immutable.
 */
final class Paths {
  private final String base;
  private final @Nullable List<Part> parts;
  private final int ofOperation;

  /** A piece of a template: literal, or the name of a parameter. */
  private record Part(String text, boolean parameter) {}

  Paths(Operation operation, ServiceExtension target) {
    this.base = target.basePath();
    this.parts = target.path().map(Paths::parts).orElse(null);
    this.ofOperation = slashes(operation.path());
  }

  private static List<Part> parts(String template) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
      int end = template.indexOf('}', open);
      parts.add(new Part(template.substring(at, open), false));
      parts.add(new Part(template.substring(open + 1, end), true));
      at = end + 1;
    }
    parts.add(new Part(template.substring(at), false));
    return List.copyOf(parts);
  }

  private static int slashes(String path) {
    return (int) path.chars().filter(c -> c == '/').count();
  }

  /**
   * {@return the path for a request, below that of the service's URL}
   *
   * @throws ServiceException if what the client sent would lead elsewhere
   */
  String path(Request request) throws ServiceException {
    String own = base + (parts == null ? asSent(request) : expanded(parts, request));
    if (DotSegments.areIn(own)) {
      throw new ServiceException(
          ServiceException.Kind.REFUSED,
          "The path has segments that lead to other paths, \".\" or \"..\", which are not handed on.",
          null);
    }
    return own;
  }

  private static String expanded(List<Part> parts, Request request) {
    StringBuilder path = new StringBuilder();
    for (Part part : parts) {
      path.append(
          part.parameter() ? request.rawPathParameter(part.text()).orElse("") : part.text());
    }
    return path.toString();
  }

  /** As many segments from the end as the path of the operation has: what is before is the base. */
  private String asSent(Request request) {
    String path = request.path();
    int from = path.length();
    for (int i = 0; i < ofOperation && from > 0; i++) {
      from = path.lastIndexOf('/', from - 1);
    }
    return path.substring(Math.max(0, from));
  }

  /**
   * {@return a query as it was sent, but for some of its parameters}
   *
   * @param query without question mark
   * @param dropped names of parameters that are not handed on, decoded
   */
  static String query(String query, List<String> dropped) {
    if (dropped.isEmpty() || query.isEmpty()) {
      return query;
    }
    StringBuilder kept = new StringBuilder();
    for (String pair : query.split("&", -1)) {
      int end = pair.indexOf('=');
      if (!dropped.contains(decoded(end < 0 ? pair : pair.substring(0, end)))) {
        kept.append(kept.isEmpty() ? "" : "&").append(pair);
      }
    }
    return kept.toString();
  }

  /** {@return a name as this server reads it; one that is no text in UTF-8 is none it knows} */
  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return name;
    }
  }
}
