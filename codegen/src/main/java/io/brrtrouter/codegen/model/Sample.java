package io.brrtrouter.codegen.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request that an operation accepts and an answer that it may give, both from the document's
 * examples where there are any.
 *
 * @param operation the operation
 * @param call the request; absent when none could be found
 * @param answer the answer; absent when none could be found
 */
public record Sample(Operation operation, Optional<Call> call, Optional<Answer> answer) {

  /**
   * A request, ready to send.
   *
   * @param target the path, percent-encoded, with what of the query is more than names and values
   * @param query further names and values of the query
   * @param headers header fields
   * @param cookies cookies
   * @param body the body, when there is one
   */
  public record Call(
      String target,
      List<Pair> query,
      List<Pair> headers,
      List<Pair> cookies,
      Optional<Payload> body) {

    /** Copies the lists. */
    public Call {
      query = List.copyOf(query);
      headers = List.copyOf(headers);
      cookies = List.copyOf(cookies);
    }
  }

  /**
   * A name with a value.
   *
   * @param name the name
   * @param value the value as text
   */
  public record Pair(String name, String value) {}

  /** The body of a request. */
  public sealed interface Payload {

    /**
     * A body that is text.
     *
     * @param mediaType its media type
     * @param text its text
     */
    record Text(String mediaType, String text) implements Payload {}

    /**
     * A URL-encoded form.
     *
     * @param fields its fields
     */
    record Form(List<Pair> fields) implements Payload {

      /** Copies the list. */
      public Form {
        fields = List.copyOf(fields);
      }
    }

    /**
     * A form of parts.
     *
     * @param parts its parts, as text
     */
    record Multipart(List<Pair> parts) implements Payload {

      /** Copies the list. */
      public Multipart {
        parts = List.copyOf(parts);
      }
    }
  }

  /**
   * A response.
   *
   * @param outcome which of the operation's responses
   * @param status its status
   * @param bodies what its body may be, the best first: each is valid; of octets the text they are.
   *     Empty when it has no body
   * @param headers a value for each of its header fields; absent where it can be left out
   */
  public record Answer(
      Operation.Outcome outcome,
      int status,
      List<JsonNode> bodies,
      List<Optional<JsonNode>> headers) {

    /** Copies the lists. */
    public Answer {
      bodies = List.copyOf(bodies);
      headers = List.copyOf(headers);
    }
  }
}
