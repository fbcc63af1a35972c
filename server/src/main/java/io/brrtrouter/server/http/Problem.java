package io.brrtrouter.server.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A problem (RFC 9457): how an error is told to a client. Handlers may answer with their own.
 *
 * @param type URI reference that names the kind of problem
 * @param title the kind in words, the same for every occurrence
 * @param status the status code, 400 to 599
 * @param detail this occurrence in words; empty when the title says it all
 * @param members further members, in order, {@code instance} (RFC 9457 section 3.1.5) among them
 */
public record Problem(
    String type, String title, int status, String detail, Map<String, JsonNode> members) {

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Set<String> DEFINED = Set.of("type", "title", "status", "detail");

  /**
   * Copies the members.
   *
   * @throws IllegalArgumentException if the status is not 400 to 599, or a member is called {@code
   *     type}, {@code title}, {@code status} or {@code detail}
   */
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("a problem's status is 400 to 599, not " + status);
    }
    for (String name : members.keySet()) {
      if (DEFINED.contains(name)) {
        throw new IllegalArgumentException(
            "\"%s\" is a member that every problem has; give this further one another name"
                .formatted(name));
      }
    }
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /**
   * {@return a problem of no registered kind, {@code about:blank} (RFC 9457 section 4.2.1)}
   *
   * @param status the status code, 400 to 599
   * @param title the title
   * @param detail this occurrence in words
   * @throws IllegalArgumentException if the status is another
   */
  public static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, Map.of());
  }

  /**
   * {@return this problem with one more member}
   *
   * @param name the member's name, none that the problem has already
   * @param value the value
   * @throws IllegalArgumentException if it is one of them: {@code type}, {@code title}, {@code
   *     status} or {@code detail}
   */
  public Problem with(String name, JsonNode value) {
    Map<String, JsonNode> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Problem(type, title, status, detail, more);
  }

  /** {@return the problem as a response} */
  public HttpResponse toResponse() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("type", type).put("title", title).put("status", status);
    if (!detail.isEmpty()) {
      object.put("detail", detail);
    }
    members.forEach(object::set);
    return new HttpResponse(status, Headers.of("Content-Type", MEDIA_TYPE), new Body.Json(object));
  }
}
