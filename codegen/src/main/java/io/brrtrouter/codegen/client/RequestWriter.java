package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.Violations;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Encoded;
import io.brrtrouter.schema.codec.FilePart;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.stream.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Puts a request together. Used once, by one thread.
final class RequestWriter {
  private final String operation;
  private final String method;
  private final boolean validates;
  private final StringBuilder path = new StringBuilder();
  private final List<String> query = new ArrayList<>();
  private final List<String> cookies = new ArrayList<>();
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private List<List<String>> security = List.of();
  private @Nullable String contentType;
  private byte[] octets = {};
  private @Nullable Supplier<InputStream> stream;
  private @Nullable ItemText<?> itemText;

  RequestWriter(String operation, String method, boolean validates) {
    this.operation = operation;
    this.method = method;
    this.validates = validates;
  }

  /// {@return the operation that is asked}
  String operation() {
    return operation;
  }

  /// {@return the schemes of each alternative that grants access, the first choice first}
  List<List<String>> security() {
    return security;
  }

  /// Says which schemes together grant access, for each alternative, the first choice first.
  void secured(List<List<String>> alternatives) {
    security = alternatives;
  }

  // Parameters. A value that is null is not sent.

  /// Adds a piece of the path that is the same for every request.
  void path(String text) {
    path.append(text);
  }

  void path(String name, Style style, boolean explode, @Nullable JsonNode value) {
    if (value == null) {
      throw new IllegalArgumentException("path parameter \"" + name + "\" must not be null");
    }
    segment(name, StyledText.path(name, style, explode, value));
  }

  void pathText(String name, @Nullable String text) {
    segment(name, Percent.encode(text == null ? "" : text));
  }

  /// A segment that is empty, or leads elsewhere, would ask another operation.
  private void segment(String name, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("path parameter \"" + name + "\" must not be empty");
    }
    path.append(text.equals(".") || text.equals("..") ? text.replace(".", "%2E") : text);
  }

  void query(
      String name, Style style, boolean explode, boolean reserved, @Nullable JsonNode value) {
    if (value != null) {
      query.addAll(StyledText.query(name, style, explode, reserved, value));
    }
  }

  void queryText(String name, @Nullable String text) {
    if (text != null) {
      query.add(Percent.encode(name) + "=" + Percent.encode(text));
    }
  }

  /// Makes a text the whole query, which is encoded already.
  void queryString(@Nullable String encoded) {
    if (encoded != null) {
      query.add(encoded);
    }
  }

  void header(String name, boolean explode, @Nullable JsonNode value) {
    if (value != null) {
      headerText(name, StyledText.header(name, explode, value));
    }
  }

  void headerText(String name, @Nullable String text) {
    if (text != null) {
      headers.add(Map.entry(name, printable("header \"" + name + "\"", text)));
    }
  }

  void cookie(String name, Style style, boolean explode, @Nullable JsonNode value) {
    if (value != null) {
      StyledText.cookie(name, style, explode, value).forEach(pair -> cookie(name, pair));
    }
  }

  void cookieText(String name, @Nullable String text) {
    if (text != null) {
      cookie(name, Percent.encode(name) + "=" + Percent.encode(text));
    }
  }

  private void cookie(String name, String pair) {
    if (pair.indexOf(';') >= 0) {
      throw new IllegalArgumentException(
          "cookie \"" + name + "\" cannot have a \";\" in its style");
    }
    cookies.add(printable("cookie \"" + name + "\"", pair));
  }

  /// A line break would begin another field, and a character outside of ASCII become another one.
  private static String printable(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        throw new IllegalArgumentException(
            what
                + " can have printable characters of ASCII only; character "
                + (i + 1)
                + " is none");
      }
    }
    return text;
  }

  /// {@return a value as JSON of ASCII}
  static @Nullable String ascii(@Nullable JsonNode value) {
    return value == null
        ? null
        : value
            .toString()
            .chars()
            .mapToObj(c -> c > '~' ? String.format("\\u%04x", c) : Character.toString(c))
            .collect(Collectors.joining());
  }

  /// {@return a value as JSON}
  static @Nullable String json(@Nullable JsonNode value) {
    return value == null ? null : value.toString();
  }

  /// {@return the value of a parameter as text}
  static @Nullable String text(String name, @Nullable JsonNode value) {
    return value == null ? null : Values.text("parameter \"" + name + "\"", value);
  }

  /// {@return an object as a form}
  static @Nullable String form(@Nullable JsonNode object) {
    return object == null ? null : FormText.of(object, Map.of());
  }

  /// {@return a text as a query that has nothing else}
  static @Nullable String encoded(@Nullable String text) {
    return text == null ? null : Percent.encode(text);
  }

  // Bodies.

  /// Says which media types are understood.
  void accept(String mediaTypes) {
    headerText("Accept", mediaTypes);
  }

  <T extends @Nullable Object> void json(Content<T> content, T value) {
    String mediaType = concrete(content.mediaType(), "application/json");
    send(MediaTypes.withoutCharsetOfJson(mediaType), encoded(content, value));
  }

  <T extends @Nullable Object> void form(
      Content<T> content, Map<String, FormField> fields, T value) {
    String text = FormText.of(Values.tree(encoded(content, value)), fields);
    send(content.mediaType(), text.getBytes(StandardCharsets.US_ASCII));
  }

  <T extends @Nullable Object> void multipart(
      Content<T> content, Map<String, FormField> fields, T value) {
    List<FilePart> files = new ArrayList<>();
    MultipartText text =
        new MultipartText(Values.tree(encoded(content, value, files)), fields, files);
    String mediaType = concrete(content.mediaType(), "multipart/form-data");
    send(mediaType + "; boundary=" + text.boundary(), text.octets());
  }

  <T extends @Nullable Object> void text(Content<T> content, T value) {
    String mediaType = concrete(content.mediaType(), "text/plain");
    String what = "the body of " + operation;
    String text = Values.text(what, Values.tree(encoded(content, value)));
    boolean saysHow = MediaTypes.parameter(mediaType, "charset") != null;
    send(
        saysHow ? mediaType : mediaType + "; charset=utf-8",
        MediaTypes.octets(what, text, mediaType));
  }

  void octets(String mediaType, byte[] value) {
    send(concrete(mediaType, "application/octet-stream"), value);
  }

  /// Takes octets that are sent while they are read, which can be done once.
  void stream(String mediaType, InputStream value) {
    send(concrete(mediaType, "application/octet-stream"), new byte[0]);
    AtomicReference<InputStream> next = new AtomicReference<>(value);
    stream = () -> next.getAndSet(gone(operation));
  }

  /// Takes items that are sent while they are made.
  <T> void items(Content<T> content, Items<T> items) {
    send(content.mediaType(), new byte[0]);
    itemText = new ItemText<>(items, content.mediaType(), item -> encoded(content, item));
  }

  <T> void itemList(Content<T> content, List<T> items) {
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    long number = 0;
    for (T item : items) {
      number++;
      byte[] json = ItemText.encoded(item, number, each -> encoded(content, each));
      texts.writeBytes(ItemText.of(content.mediaType(), json));
    }
    send(content.mediaType(), texts.toByteArray());
  }

  /// What is left of a stream that has been sent.
  private static InputStream gone(String operation) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException(
            "the body of " + operation + " is a stream, which cannot be sent once more");
      }

      @Override
      public int read(byte[] octets, int from, int length) throws IOException {
        return read();
      }
    };
  }

  private void send(String mediaType, byte[] body) {
    contentType = printable("header \"Content-Type\"", mediaType);
    octets = body;
  }

  /// {@return the media type itself, or one of a range: what is best known, or any octets}
  private static String concrete(String mediaType, String ofRange) {
    String bare = MediaTypes.bare(mediaType);
    if (mediaType.indexOf('*') < 0) {
      return mediaType;
    }
    return MediaTypes.isOf(ofRange, mediaType) ? ofRange : bare.replace("*", "octet-stream");
  }

  private <T extends @Nullable Object> byte[] encoded(Content<T> content, T value) {
    return judged(content, Json.encode(content.codec(), value, checks(content)));
  }

  private <T extends @Nullable Object> byte[] encoded(
      Content<T> content, T value, List<FilePart> files) {
    return judged(content, Json.encode(content.codec(), value, checks(content), files));
  }

  private Checks checks(Content<?> content) {
    return validates && content.fused() ? Checks.ALL : Checks.SYNTAX;
  }

  private byte[] judged(Content<?> content, Encoded encoded) {
    Schema schema = content.schema();
    if (schema != null && validates && (!encoded.valid() || !content.fused())) {
      check(schema, encoded.json());
    }
    return encoded.json();
  }

  private void check(Schema schema, byte[] json) {
    Violations violations = schema.check(Values.tree(json));
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(
          violations.list().stream()
              .map(each -> "\n  " + Schema.line(each))
              .collect(
                  Collectors.joining(
                      "", "the body of " + operation + " is not what its schema says:", "")));
    }
  }

  // The whole.

  /// {@return the method}
  String method() {
    return method;
  }

  /// {@return the path, encoded}
  String path() {
    return path.toString();
  }

  /// {@return the query, encoded and without `?`; empty where there is none}
  String query() {
    return String.join("&", query);
  }

  /// {@return header fields, cookies among them, without that of the body's media type}
  List<Map.Entry<String, String>> headers() {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    if (!cookies.isEmpty()) {
      all.add(Map.entry("Cookie", String.join("; ", cookies)));
    }
    return all;
  }

  /// {@return the media type of the body; empty without one}
  Optional<String> contentType() {
    return Optional.ofNullable(contentType);
  }

  /// {@return the body, which is empty where there is none and where it is a stream}
  byte[] octets() {
    return octets;
  }

  /// {@return the body that is sent while it is read; empty where it is none}
  Optional<Supplier<InputStream>> stream() {
    return Optional.ofNullable(stream);
  }

  /// {@return the items that are the body; empty where they are none}
  Optional<ItemText<?>> itemText() {
    return Optional.ofNullable(itemText);
  }
}
