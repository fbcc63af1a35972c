package io.brrtrouter.codegen.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An operation: three classes and a method of the {@link Api}.
 *
 * @param id the {@code operationId}; empty when it has none
 * @param handlerName the name its handler is registered under
 * @param httpMethod the method, upper case
 * @param path the path template
 * @param methodName its method in the API interface
 * @param handler the functional interface
 * @param request the record its handler gets
 * @param response the sealed interface its handler returns
 * @param tags tags, in document order
 * @param docs what the document says about it
 * @param origin the operation object
 */
public record Operation(
    String id,
    String handlerName,
    String httpMethod,
    String path,
    String methodName,
    ClassName handler,
    Request request,
    Response response,
    List<String> tags,
    Docs docs,
    Origin origin) {

  /** Copies the list. */
  public Operation {
    Demand.identifier(methodName);
    tags = List.copyOf(tags);
  }

  /** {@return what is said on the WebSocket that it begins; empty where it begins none} */
  public Optional<Conversation> conversation() {
    return response.outcomes().stream().flatMap(each -> each.conversation().stream()).findFirst();
  }

  /**
   * The record of a request.
   *
   * @param name the name of the class
   * @param parameters parameters: path, query, header, cookie, each in document order
   * @param body the body, when the operation has one
   */
  public record Request(ClassName name, List<Parameter> parameters, Optional<Body> body) {

    /** Copies the list; refuses names that occur twice. */
    public Request {
      parameters = List.copyOf(parameters);
      Demand.distinct(
          Stream.concat(
              parameters.stream().map(parameter -> parameter.component().name()),
              body.stream().map(Body::name)),
          "component");
    }
  }

  /**
   * The body of a request.
   *
   * @param name the component's name
   * @param required whether it must be sent
   * @param contents its media types, at least one
   * @param docs what the document says about it
   * @param origin the request body object
   */
  public record Body(
      String name, boolean required, List<Content> contents, Docs docs, Origin origin) {

    /** Copies the list; refuses an empty one. */
    public Body {
      Demand.identifier(name);
      contents = List.copyOf(contents);
      Demand.that(!contents.isEmpty(), "a body without media types");
      Demand.distinct(contents.stream().flatMap(content -> content.wrapper().stream()), "record");
    }

    /** {@return whether the media types need a nested sealed interface {@code Body}} */
    public boolean isUnion() {
      return contents.getFirst().wrapper().isPresent();
    }
  }

  /**
   * The sealed interface of a response.
   *
   * @param name the name of the class
   * @param outcomes its records, in document order: one per status, and media type where there are
   *     several
   */
  public record Response(ClassName name, List<Outcome> outcomes) {

    /** Copies the list; refuses an empty one and names that occur twice. */
    public Response {
      outcomes = List.copyOf(outcomes);
      Demand.that(!outcomes.isEmpty(), name + " has no outcome");
      Demand.distinct(outcomes.stream().map(Outcome::name), "outcome");
    }
  }

  /**
   * A record of a response.
   *
   * @param name the name of the nested record
   * @param status which statuses it is for; the record has a first component {@code status} unless
   *     it is for one only
   * @param content the body, when it has one
   * @param conversation what is said on the WebSocket that it begins, when it begins one
   * @param headers header fields, in document order
   * @param docs what the document says about it
   * @param origin the response object
   */
  public record Outcome(
      String name,
      Status status,
      Optional<Content> content,
      Optional<Conversation> conversation,
      List<Header> headers,
      Docs docs,
      Origin origin) {

    /**
     * Makes one that begins no WebSocket.
     *
     * @param name the name of the nested record
     * @param status which statuses it is for
     * @param content the body, when it has one
     * @param headers header fields, in document order
     * @param docs what the document says about it
     * @param origin the response object
     */
    public Outcome(
        String name,
        Status status,
        Optional<Content> content,
        List<Header> headers,
        Docs docs,
        Origin origin) {
      this(name, status, content, Optional.empty(), headers, docs, origin);
    }

    /** Copies the list; refuses names that occur twice. */
    public Outcome {
      Demand.identifier(name);
      headers = List.copyOf(headers);
      Demand.distinct(
          Stream.concat(
              Stream.of("status", "body"),
              headers.stream().map(header -> header.component().name())),
          "component");
    }
  }

  /**
   * A header field of a response.
   *
   * @param component its component; {@link Component#property} is the field's name
   * @param explode whether members of an object are written {@code name=value}
   * @param json whether a media type writes it as JSON, and not simple style
   * @param schema where its schema is written, when it has one
   * @param codec the class that writes what is no plain scalar; has a constant {@code INSTANCE}
   */
  public record Header(
      Component component,
      boolean explode,
      boolean json,
      Optional<Origin> schema,
      Optional<ClassName> codec) {}

  /** Which statuses an outcome is for. */
  public sealed interface Status {

    /**
     * One status.
     *
     * @param code the code
     */
    record Exactly(int code) implements Status {

      /** Refuses what is no status. */
      public Exactly {
        Demand.that(code >= 100 && code <= 599, code + " is no status");
      }
    }

    /**
     * A hundred statuses, {@code 2XX}.
     *
     * @param hundreds the first digit
     */
    record Range(int hundreds) implements Status {

      /** Refuses what is no status. */
      public Range {
        Demand.that(hundreds >= 1 && hundreds <= 5, hundreds + "XX are no statuses");
      }
    }

    /** {@code default}: every status that is not declared. */
    record Otherwise() implements Status {}
  }
}
