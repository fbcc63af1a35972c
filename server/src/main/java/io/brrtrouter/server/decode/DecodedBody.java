package io.brrtrouter.server.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of a request's body. */
public sealed interface DecodedBody {

  /** There is no body, and the operation does not require one. */
  Absent ABSENT = new Absent();

  /** The operation requires a body, and none was sent. */
  Missing MISSING = new Missing();

  /** Schema and generated decoder disagree about the body: a failure of the server's. */
  Drifted DRIFTED = new Drifted();

  /** No body was sent and none is required. */
  record Absent() implements DecodedBody {}

  /** No body was sent though one is required (OpenAPI 3.1.1 section 4.8.13.1). */
  record Missing() implements DecodedBody {}

  /**
   * The body is what the operation asks for.
   *
   * @param tree the value; null when the media type carries no JSON value, as raw bytes do
   * @param parts the parts of a multipart body, in the order sent
   */
  record Value(@Nullable JsonNode tree, List<Part> parts) implements DecodedBody {
    /** Copies the list. */
    public Value {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The body is what the operation asks for, in a Java type.
   *
   * @param mediaType that of the {@link BodyBinding} that made it
   * @param value the value
   * @param untyped the body without generated code; null where it was never made, as of JSON
   */
  record Bound(String mediaType, @Nullable Object value, @Nullable Value untyped)
      implements DecodedBody {}

  /** Schema and generated decoder disagree about the body. */
  record Drifted() implements DecodedBody {}

  /**
   * The body is not in its media type's syntax.
   *
   * @param line counted from 1; 0 where lines have no meaning
   * @param column in characters, counted from 1; 0 where lines have no meaning
   * @param message one sentence without the place
   */
  record Malformed(int line, int column, String message) implements DecodedBody {}

  /**
   * The body has more of something than is allowed, parts for example: status 413.
   *
   * @param message one sentence
   */
  record TooLarge(String message) implements DecodedBody {}

  /**
   * The body is well-formed but not valid.
   *
   * @param violations why, each of them {@link RequestViolation.In#BODY}; at most 50
   * @param omitted how many more there are
   */
  record Invalid(List<RequestViolation> violations, int omitted) implements DecodedBody {
    /** Copies the list. */
    public Invalid {
      violations = List.copyOf(violations);
    }
  }
}
