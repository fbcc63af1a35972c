package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.Server;
import io.brrtrouter.openapi.model.ServerVariable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the paths of an operation begin: the path parts of the URLs of its effective servers
 * (OpenAPI 3.1.1 section 4.8.5), each different one. A relative URL counts from the root of this
 * server. A variable in the path stands for each value of its {@code enum}, else for its default.
 */
final class BasePaths {
  /** Enough for versions and tenants in a path; beyond it somebody enumerates by mistake. */
  static final int MOST = 64;

  private BasePaths() {}

  /**
   * {@return the base paths, {@code ""} for the root; without a {@code /} at the end}
   *
   * @param servers the effective servers; none means {@code /}
   * @param findings takes what cannot be used
   */
  static List<String> of(List<Server> servers, List<Finding> findings) {
    if (servers.isEmpty()) {
      return List.of("");
    }
    Set<String> paths = new LinkedHashSet<>();
    for (Server server : servers) {
      for (String url : expand(server)) {
        String path = path(url);
        if (path == null) {
          findings.add(
              error(
                  server,
                  "server URL \"" + url + "\" is not a URL",
                  "write an absolute URL or a path such as /v1"));
        } else {
          paths.add(path);
        }
      }
    }
    if (paths.size() > MOST) {
      findings.add(
          error(
              servers.getFirst(),
              "the servers have " + paths.size() + " different base paths or more",
              "declare at most " + MOST));
    }
    return List.copyOf(paths);
  }

  private static Finding error(Server server, String message, String fix) {
    return new Finding(
        ServingRule.SERVER_URL.id(), Severity.ERROR, server.location(), message, fix);
  }

  /** Every URL the variables of the path can make; other variables have their default. */
  private static List<String> expand(Server server) {
    List<String> urls = List.of(server.url());
    for (Map.Entry<String, ServerVariable> entry : server.variables().entrySet()) {
      String placeholder = "{" + entry.getKey() + "}";
      ServerVariable variable = entry.getValue();
      boolean inPath = server.url().indexOf(placeholder) > authorityEnd(server.url());
      Set<String> values = new LinkedHashSet<>(List.of(variable.defaultValue()));
      if (inPath) {
        values.addAll(variable.enumeration());
      }
      List<String> expanded = new ArrayList<>();
      for (String url : urls) {
        for (String value : values) {
          if (expanded.size() <= MOST) {
            expanded.add(url.replace(placeholder, value));
          }
        }
      }
      urls = expanded;
    }
    return urls;
  }

  /** Index before which the path of a URL cannot begin. */
  private static int authorityEnd(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return -1;
    }
    int slash = url.indexOf('/', scheme + 3);
    return slash < 0 ? url.length() : slash;
  }

  private static @org.jspecify.annotations.Nullable String path(String url) {
    try {
      String given = new URI(url).getRawPath();
      if (given == null) {
        return null;
      }
      String path = withoutDots(given);
      int end = path.length();
      while (end > 0 && path.charAt(end - 1) == '/') {
        end--;
      }
      return path.substring(0, end);
    } catch (URISyntaxException invalid) {
      return null;
    }
  }

  /**
   * Removes dot segments (RFC 3986 section 5.2.4): above the root there is nothing, and an empty
   * segment is one like others.
   */
  private static String withoutDots(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : (path.startsWith("/") ? path.substring(1) : path).split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }
}
