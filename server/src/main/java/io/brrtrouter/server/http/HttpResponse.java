package io.brrtrouter.server.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A response (RFC 9110 section 15). Immutable: every change is a new value.
 *
 * @param status the status code, 200 to 599; 101 with a {@link Body.Tunnel}, and only then
 * @param headers the header fields; {@code Content-Length} and {@code Date} are added when sent
 * @param body the content
 * @param relayed whether it comes from somewhere else, where the conditions of the request and the
 *     parts it asks for (sections 13 and 14) have been judged, so that they are not judged again
 */
public record HttpResponse(int status, Headers headers, Body body, boolean relayed) {
  private static final int SWITCHING = 101;

  /** Refuses a status outside 200 to 599: interim responses are the transport's. */
  public HttpResponse {
    boolean switches = body instanceof Body.Tunnel;
    if (switches && status != SWITCHING) {
      throw new IllegalArgumentException(
          "a response that switches the protocol has status 101, not " + status);
    }
    if (!switches && (status < 200 || status > 599)) {
      throw new IllegalArgumentException("a response status is 200 to 599, not " + status);
    }
  }

  /**
   * A response that is this server's own.
   *
   * @param status the status code, 200 to 599; 101 with a {@link Body.Tunnel}, and only then
   * @param headers the header fields
   * @param body the content
   */
  public HttpResponse(int status, Headers headers, Body body) {
    this(status, headers, body, false);
  }

  /**
   * {@return a response without content}
   *
   * @param status the status code
   */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, Headers.empty(), Body.EMPTY);
  }

  /**
   * {@return a response with a JSON value as {@code application/json}}
   *
   * @param status the status code
   * @param value the value
   */
  public static HttpResponse json(int status, JsonNode value) {
    return new HttpResponse(
        status, Headers.of("Content-Type", "application/json"), new Body.Json(value));
  }

  /**
   * {@return a response with a Java value as {@code application/json}}
   *
   * @param status the status code
   * @param value a record, a map, a collection, a text, a number, a time or whatever else Jackson
   *     makes JSON of, by Jackson's rules and annotations; a text becomes a JSON string
   * @throws tools.jackson.core.JacksonException if Jackson can make nothing of it
   */
  public static HttpResponse json(int status, Object value) {
    JsonNode tree = JsonMapper.shared().valueToTree(value);
    return json(status, tree);
  }

  /**
   * {@return a response that tells what is wrong, as {@code application/problem+json} (RFC 9457): a
   * problem of no registered kind, {@code about:blank}} One with a type or further members is a
   * {@link Problem}.
   *
   * @param status the status code, 400 to 599; it is in the problem too
   * @param title the kind of problem in words, the same for every occurrence
   * @param detail this occurrence in words; empty when the title says it all
   * @throws IllegalArgumentException if the status is not 400 to 599
   */
  public static HttpResponse problem(int status, String title, String detail) {
    return Problem.of(status, title, detail).toResponse();
  }

  /**
   * {@return a response with text as {@code text/plain} in UTF-8}
   *
   * @param status the status code
   * @param text the text
   */
  public static HttpResponse text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@return a response with bytes}
   *
   * @param status the status code
   * @param contentType the media type
   * @param content the content; not copied
   */
  public static HttpResponse bytes(int status, String contentType, byte[] content) {
    return new HttpResponse(
        status, Headers.of("Content-Type", contentType), new Body.Bytes(content));
  }

  /**
   * {@return a response whose content is written while it is sent}
   *
   * @param status the status code
   * @param contentType the media type
   * @param writer writes the content
   */
  public static HttpResponse streamed(int status, String contentType, ContentWriter writer) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", contentType),
        new Body.Streamed(writer, Body.Streamed.UNKNOWN_LENGTH));
  }

  /**
   * {@return a response with content of which any part can be written} Clients get the whole or the
   * part that they ask for, and nothing of what they have, if it is a 200: the server adds {@code
   * ETag}, {@code Last-Modified} and {@code Accept-Ranges} unless they are there.
   *
   * @param status the status code
   * @param contentType the media type
   * @param content the content
   */
  public static HttpResponse seekable(int status, String contentType, SeekableContent content) {
    return new HttpResponse(
        status, Headers.of("Content-Type", contentType), new Body.Seekable(content));
  }

  /**
   * {@return a response that switches to another protocol (RFC 9110 section 15.2.2)} Over HTTP/2,
   * where the client asked for it by an extended {@code CONNECT} (RFC 8441), it is sent as 200.
   *
   * @param protocol what {@code Upgrade} names
   * @param handler speaks the protocol
   */
  public static HttpResponse switching(String protocol, TunnelHandler handler) {
    return new HttpResponse(SWITCHING, Headers.of("Upgrade", protocol), new Body.Tunnel(handler));
  }

  /**
   * {@return this response with a header field replaced or added}
   *
   * @param name the name
   * @param value the value
   */
  public HttpResponse withHeader(String name, String value) {
    return new HttpResponse(status, headers.with(name, value), body, relayed);
  }

  /**
   * {@return this response with an entity tag: a client that has it gets a 304}
   *
   * @param tag the tag
   */
  public HttpResponse withETag(EntityTag tag) {
    return withHeader("ETag", tag.toString());
  }

  /**
   * {@return this response with the time at which what it represents was modified last: a client
   * that has it gets a 304}
   *
   * @param time the time, cut to the second
   */
  public HttpResponse withLastModified(Instant time) {
    return withHeader("Last-Modified", HttpDate.format(time));
  }

  /**
   * {@return this response with one more cookie} One that is set already stays, also of the same
   * name.
   *
   * @param cookie the cookie
   */
  public HttpResponse withCookie(SetCookie cookie) {
    return new HttpResponse(status, headers.plus("Set-Cookie", cookie.render()), body, relayed);
  }

  /**
   * {@return this response with other content}
   *
   * @param content the content
   */
  public HttpResponse withBody(Body content) {
    return new HttpResponse(status, headers, content, relayed);
  }

  /**
   * {@return this response as one that comes from somewhere else: conditions of the request and the
   * parts it asks for have been judged there, and are not judged again} What is made of it by the
   * methods here stays one.
   */
  public HttpResponse asRelayed() {
    return new HttpResponse(status, headers, body, true);
  }
}
