package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request being put together. Not safe for use by several threads. */
public final class TestRequest {
  /** Long and odd enough never to occur in a test's content. */
  private static final String BOUNDARY = "brrt-boundary-b1d0c3f5e7a94682";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data; boundary=" + BOUNDARY;

  private final Courier courier;
  private final Duration patience;
  private final String method;
  private final StringBuilder target;
  private final Headers.Builder headers;
  private final StringBuilder cookies = new StringBuilder();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable String contentType;

  TestRequest(Courier courier, String method, String path, Headers always, Duration patience) {
    this.courier = courier;
    this.patience = patience;
    this.headers = always.toBuilder();
    this.method = method;
    this.target = new StringBuilder(PercentEncoding.complete(path));
  }

  /**
   * Adds a parameter to the query; every character that is not unreserved is percent-encoded, so
   * that a comma is part of the value and separates nothing.
   *
   * @param name the name
   * @param value the value; {@code toString} is sent
   * @return this request
   */
  public TestRequest query(String name, Object value) {
    target.append(target.indexOf("?") < 0 ? '?' : '&');
    target.append(PercentEncoding.all(name)).append('=');
    target.append(PercentEncoding.all(value.toString()));
    return this;
  }

  /**
   * Adds a list to the query as one parameter, commas between its items: {@code style: form} and
   * {@code explode: false} in the document (OpenAPI section 4.8.12.2). A comma in an item is
   * percent-encoded, and so is part of it. For {@code explode: true}, which is the default of
   * documents, call {@link #query(String, Object)} once for each item.
   *
   * @param name the name
   * @param items the items; {@code toString} is sent
   * @return this request
   */
  public TestRequest query(String name, Collection<?> items) {
    target.append(target.indexOf("?") < 0 ? '?' : '&').append(PercentEncoding.all(name));
    char before = '=';
    for (Object item : items) {
      target.append(before).append(PercentEncoding.all(item.toString()));
      before = ',';
    }
    if (items.isEmpty()) {
      target.append(before);
    }
    return this;
  }

  /**
   * Adds a header field.
   *
   * @param name the name
   * @param value the value
   * @return this request
   */
  public TestRequest header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  /**
   * Says which media types are welcome.
   *
   * @param ranges the value of {@code Accept}
   * @return this request
   */
  public TestRequest accept(String ranges) {
    headers.set("Accept", ranges);
    return this;
  }

  /**
   * Presents a bearer token (RFC 6750), in place of whatever {@code Authorization} there was.
   *
   * @param token the token
   * @return this request
   */
  public TestRequest bearer(String token) {
    headers.set("Authorization", "Bearer " + token);
    return this;
  }

  /**
   * Presents a user with a password (RFC 7617), in place of whatever {@code Authorization} there
   * was.
   *
   * @param user the user name, without a colon
   * @param password the password
   * @return this request
   */
  public TestRequest basic(String user, String password) {
    byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    headers.set("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    return this;
  }

  /**
   * Adds a cookie.
   *
   * @param name the name
   * @param value the value, sent as it is
   * @return this request
   */
  public TestRequest cookie(String name, String value) {
    cookies.append(cookies.isEmpty() ? "" : "; ").append(name).append('=').append(value);
    return this;
  }

  /**
   * Sends JSON.
   *
   * @param value the value
   * @return this request
   */
  public TestRequest json(JsonNode value) {
    return json(value.toString());
  }

  /**
   * Sends JSON, or what a test wants taken for it.
   *
   * @param text the text
   * @return this request
   */
  public TestRequest json(String text) {
    return body("application/json", text);
  }

  /**
   * Sends text of any media type.
   *
   * @param mediaType the media type
   * @param text the text, sent in UTF-8
   * @return this request
   */
  public TestRequest body(String mediaType, String text) {
    return body(mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends bytes of any media type.
   *
   * @param mediaType the media type
   * @param content the bytes
   * @return this request
   */
  public TestRequest body(String mediaType, byte[] content) {
    begin(mediaType, false);
    body.writeBytes(content);
    return this;
  }

  /**
   * Adds a field to an {@code application/x-www-form-urlencoded} body.
   *
   * @param name the name
   * @param value the value; {@code toString} is sent
   * @return this request
   */
  public TestRequest field(String name, Object value) {
    boolean first = begin(FORM, true);
    write((first ? "" : "&") + PercentEncoding.all(name) + '=');
    write(PercentEncoding.all(value.toString()));
    return this;
  }

  /**
   * Adds a part without file name to a {@code multipart/form-data} body.
   *
   * @param name the part's name
   * @param value the value; {@code toString} is sent
   * @return this request
   */
  public TestRequest part(String name, Object value) {
    return part(name, null, Headers.empty(), value.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a file to a {@code multipart/form-data} body.
   *
   * @param name the part's name
   * @param fileName the file's name
   * @param mediaType its media type
   * @param content its bytes
   * @return this request
   */
  public TestRequest file(String name, String fileName, String mediaType, byte[] content) {
    return part(name, fileName, Headers.of("Content-Type", mediaType), content);
  }

  /**
   * Adds any part to a {@code multipart/form-data} body.
   *
   * @param name the part's name
   * @param fileName the file's name, or null
   * @param fields header fields of the part, beside {@code Content-Disposition}
   * @param content its bytes
   * @return this request
   */
  public TestRequest part(String name, @Nullable String fileName, Headers fields, byte[] content) {
    begin(MULTIPART, true);
    write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + '"');
    write(fileName == null ? "\r\n" : "; filename=\"" + fileName + "\"\r\n");
    fields.forEach((field, value) -> write(field + ": " + value + "\r\n"));
    write("\r\n");
    body.writeBytes(content);
    write("\r\n");
    return this;
  }

  /** Returns whether nothing was written before. */
  private boolean begin(String mediaType, boolean continues) {
    boolean first = contentType == null;
    if (!first && !(continues && mediaType.equals(contentType))) {
      throw new IllegalStateException("the request has a body of type " + contentType + " already");
    }
    contentType = mediaType;
    return first;
  }

  private void write(String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends the request and waits for the whole response.
   *
   * @return the response, whatever its status
   * @throws AssertionError if the content does not end within the time of {@link
   *     BrrtClient#waiting}; the server is left then, as by a client that goes
   * @throws java.io.UncheckedIOException if there is no response, or it is cut off
   */
  public TestResponse send() {
    Headers fields = fields();
    byte[] content = content();
    Incoming response = courier.open(method, target.toString(), fields, content);
    byte[] whole = Collected.of(what(), response, patience);
    return new TestResponse(
        what(),
        SentRequest.of(fields, content),
        response.status(),
        response.headers(),
        whole,
        courier.violations(response.headers()));
  }

  /**
   * Sends the request and waits for the head of the response, whose items are read while they come:
   * events, JSON Lines or a JSON sequence.
   *
   * @return the response, whatever its status; to be closed
   * @throws java.io.UncheckedIOException if there is no response
   */
  public TestStream stream() {
    Incoming response = courier.open(method, target.toString(), fields(), content());
    return new TestStream(what(), response, courier, patience);
  }

  private String what() {
    return method + " " + target;
  }

  private Headers fields() {
    Headers.Builder complete = headers.build().toBuilder();
    if (!cookies.isEmpty()) {
      complete.add("Cookie", cookies.toString());
    }
    if (contentType != null) {
      complete.set("Content-Type", contentType);
    }
    return complete.build();
  }

  private byte[] content() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(body.toByteArray());
    if (MULTIPART.equals(contentType)) {
      whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    }
    return whole.toByteArray();
  }
}
