package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A response, complete.
 *
 * @param request what it answers, for messages: {@code GET /pets?limit=2}
 * @param sent the header fields and the beginning of the content that it answers, for messages,
 *     without credentials; empty when there are none
 * @param status the status code
 * @param headers the header fields
 * @param body the content, empty without one
 * @param violations what the response check found wrong with the handler's response, which the
 *     server tells its log only; empty unless the server is one of {@link BrrtTest}
 */
@SuppressWarnings("ArrayRecordComponent") // asserted on, never compared as a whole
public record TestResponse(
    String request,
    String sent,
    int status,
    Headers headers,
    byte[] body,
    List<String> violations) {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> PROBLEM_MEMBERS = Set.of("type", "title", "status", "detail");

  /** Copies the list. */
  public TestResponse {
    violations = List.copyOf(violations);
  }

  /**
   * A response of which no violations are known.
   *
   * @param request what it answers
   * @param status the status code
   * @param headers the header fields
   * @param body the content, empty without one
   */
  public TestResponse(String request, int status, Headers headers, byte[] body) {
    this(request, "", status, headers, body, List.of());
  }

  /**
   * Fails unless the response has a status.
   *
   * @param expected the status
   * @return this response
   * @throws AssertionError if the status is another, with the request and the response
   */
  public TestResponse expect(int expected) {
    if (status != expected) {
      throw failure("status " + expected, "status " + status);
    }
    return this;
  }

  /**
   * {@return the first value of a header field, or null}
   *
   * @param name the name, in any case
   */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** {@return the content as text in UTF-8} */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * {@return the content as JSON, decimals exact}
   *
   * @throws AssertionError if the media type or the content is not JSON
   */
  public JsonNode json() {
    String mediaType = mediaType();
    if (!mediaType.equals("application/json") && !mediaType.endsWith("+json")) {
      throw failure("JSON", "media type " + (mediaType.isEmpty() ? "missing" : mediaType));
    }
    try {
      return JSON.readTree(body);
    } catch (JacksonException broken) {
      throw failure("JSON", broken.getOriginalMessage());
    }
  }

  /**
   * {@return the content as a problem (RFC 9457)}
   *
   * @throws AssertionError if it is none, or its status differs from the response's
   */
  public Problem problem() {
    if (!mediaType().equals(Problem.MEDIA_TYPE)) {
      throw failure("a problem", "media type " + mediaType());
    }
    JsonNode json = json();
    if (json.path("status").asInt(0) != status) {
      throw failure("a problem of status " + status, "member status: " + json.path("status"));
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    json.forEachEntry((name, value) -> {
      if (!PROBLEM_MEMBERS.contains(name)) {
        members.put(name, value);
      }
    });
    return new Problem(
        json.path("type").asString("about:blank"),
        json.path("title").asString(""),
        status,
        json.path("detail").asString(""),
        members);
  }

  private String mediaType() {
    return headers.first("Content-Type").orElse("").split(";", 2)[0].strip();
  }

  private AssertionError failure(String expected, String actual) {
    return new AssertionError(
        request
            + ": expected "
            + expected
            + " but got "
            + actual
            + "\n"
            + reasons()
            + (sent.isEmpty() ? "" : "the request had:\n" + sent + "the answer is:\n")
            + this);
  }

  private String reasons() {
    StringBuilder text = new StringBuilder();
    if (!violations.isEmpty()) {
      text.append("what the handler answered does not match the document:\n");
      violations.forEach(each -> text.append("  ").append(each).append('\n'));
    }
    return text.toString();
  }

  /** {@return status, header fields and content, as one reads them in a log} */
  @Override
  public String toString() {
    return status + "\n" + headers + "\n" + text();
  }
}
