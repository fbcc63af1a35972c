package io.brrtrouter.codegen.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.codec.FilePart;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.JsonTrees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Requests as they are put together, and responses as they are read, without a connection. */
class RequestWriterTest {

  /** Any value as a tree. */
  private static final JsonCodec<JsonNode> TREES =
      new JsonCodec<>() {
        @Override
        public JsonNode read(JsonInput in) {
          return JsonTrees.read(in);
        }

        @Override
        public void write(JsonNode value, JsonOutput out) {
          JsonTrees.write(value, out);
        }
      };

  private static Content<JsonNode> content(String mediaType) {
    SchemaDocuments documents = new SchemaDocuments();
    documents.dialect("document:/api.yaml", "https://spec.openapis.org/oas/3.1/dialect/base");
    documents.add("document:/api.yaml", "/a~1b/Pet", "{\"$ref\":\"#/Name\"", "}");
    documents.add("document:/api.yaml", "/Name", "{\"maxLength\":3}");
    return new Content<>(
        mediaType,
        TREES,
        false,
        new Schema(() -> documents, "document:/api.yaml", "/a~1b/Pet", View.REQUEST));
  }

  private static JsonNode json(String text) {
    return Values.tree(text.getBytes(StandardCharsets.UTF_8));
  }

  private static RequestWriter writer() {
    return new RequestWriter("ask", "POST", true);
  }

  private static final Map<String, FormField> NULLABLE =
      FormText.byName(List.of(FormField.plain("n").emptyForNull()));

  private static String body(RequestWriter writer) {
    HttpRequest request = Transport.builder("http://example.org", writer).build();
    StringBuilder text = new StringBuilder();
    request
        .bodyPublisher()
        .orElseThrow()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(ByteBuffer octets) {
                text.append(StandardCharsets.ISO_8859_1.decode(octets));
              }

              @Override
              public void onError(Throwable problem) {
                throw new AssertionError(problem);
              }

              @Override
              public void onComplete() {}
            });
    return text.toString();
  }

  private static String header(RequestWriter writer, String name) {
    return Transport.builder("http://example.org", writer)
        .build()
        .headers()
        .firstValue(name)
        .orElse("none");
  }

  @Test
  void everything_has_its_place() {
    RequestWriter writer = writer();
    writer.path("/a/");
    writer.path("p", Style.SIMPLE, false, Values.of(".."));
    writer.pathText("q", "x/y");
    writer.query("n", Style.FORM, true, false, Values.of(new BigDecimal("1E+3")));
    writer.query("none", Style.FORM, true, false, Values.of((String) null));
    writer.query("big", Style.FORM, true, false, Values.of(new BigDecimal("1E+9999")));
    writer.queryText("t", RequestWriter.json(json("{\"a\":1}")));
    writer.queryString(RequestWriter.encoded(RequestWriter.text("u", Values.of(true))));
    writer.header("X-A", false, Values.orEmpty("X-A", null));
    writer.headerText("X-B", RequestWriter.ascii(Values.of("\u00e9")));
    writer.cookie("c", Style.FORM, true, Values.field(Field.of(5L), value -> Values.of(value)));
    writer.cookie("d", Style.FORM, true, Values.field(Field.<Long>absent(), Values::of));
    writer.cookie(
        "e", Style.FORM, true, Values.fieldOrEmpty("e", Field.<Long>ofNull(), Values::of));
    writer.cookieText("f", ";");
    HttpRequest request = Transport.builder("http://example.org/v1", writer).build();

    assertThat(request.uri())
        .isEqualTo(
            URI.create(
                "http://example.org/v1/a/%2E%2Ex%2Fy?n=1000&big=1E%2B9999&t=%7B%22a%22%3A1%7D&true"));
    assertThat(request.headers().map())
        .containsEntry("X-A", List.of(""))
        .containsEntry("X-B", List.of("\"\\u00e9\""))
        .containsEntry("Cookie", List.of("c=5; e=; f=%3B"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          json   | */*               | "ab"                        | application/json          | "ab"
          json   | application/json; charset=latin1 | "\u00e9"    | application/json          | "\u00c3\u00a9"
          text   | text/*            | "ab"                        | text/plain; charset=utf-8 | ab
          text   | text/plain; charset=iso-8859-1 | "\u00e9"      | text/plain; charset=iso-8859-1 | \u00e9
          form   | application/x-www-form-urlencoded | {"a":[1,2],"b":{"c":"d"},"e":[],"n":null} | application/x-www-form-urlencoded | a=1&a=2&b=%7B%22c%22%3A%22d%22%7D&e=&n=
          octets | image/*           | "ab"                        | image/octet-stream        | ab
          octets | application/*     | "ab"                        | application/octet-stream  | ab
          stream | video/mp4         | "ab"                        | video/mp4                 | ab
          stream | image/*           | "ab"                        | image/octet-stream        | ab
          stream | */*               | "ab"                        | application/octet-stream  | ab
          stream | application/json  | "ab"                        | application/json          | ab
          """)
  void bodies_have_their_media_type(
      String how, String mediaType, String value, String type, String text) {
    RequestWriter writer = writer();
    switch (how) {
      case "json" -> writer.json(content(mediaType), json(value));
      case "text" -> writer.text(content(mediaType), json(value));
      case "form" -> writer.form(content(mediaType), NULLABLE, json(value));
      case "stream" -> writer.stream(mediaType, stream("ab"));
      default -> writer.octets(mediaType, "ab".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(header(writer, "Content-Type")).isEqualTo(type);
    assertThat(body(writer)).isEqualTo(text);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a second try sent would lack what the first one took. */
  @Test
  void a_stream_is_sent_once_and_of_any_length() {
    RequestWriter writer = writer();
    writer.stream("video/mp4", stream("ab"));

    assertThat(
            Transport.builder("http://example.org", writer).build().bodyPublisher().orElseThrow())
        .extracting(HttpRequest.BodyPublisher::contentLength)
        .isEqualTo(-1L);
    assertThat(body(writer)).isEqualTo("ab");
    assertThatThrownBy(() -> body(writer))
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("the body of ask is a stream, which cannot be sent once more");
  }

  @Test
  void a_form_may_be_parts() {
    RequestWriter writer = writer();
    writer.multipart(
        content("multipart/form-data"),
        FormText.byName(
            List.of(
                FormField.plain("photo").ofType("image/png, image/jpeg").asOctets(),
                FormField.plain("quoted").ofType("application/json").emptyForNull(),
                FormField.plain("none").emptyForNull())),
        json(
            "{\"photo\":\"\u00ff\",\"quoted\":null,\"list\":[1,{}],\"none\":null,\"a\\\"b\":\"c\"}"));
    String type = header(writer, "Content-Type");
    String boundary = type.substring(type.indexOf("boundary=") + 9);

    assertThat(body(writer).replace(boundary, "B").replace("\r\n", "~"))
        .isEqualTo(
            "--B~Content-Disposition: form-data; name=\"photo\"; filename=\"photo\"~"
                + "Content-Type: image/png~~\u00ff~"
                + "--B~Content-Disposition: form-data; name=\"quoted\"~"
                + "Content-Type: application/json~~null~"
                + "--B~Content-Disposition: form-data; name=\"list\"~~1~"
                + "--B~Content-Disposition: form-data; name=\"list\"~"
                + "Content-Type: application/json~~{}~"
                + "--B~Content-Disposition: form-data; name=\"none\"~~~"
                + "--B~Content-Disposition: form-data; name=\"a%22b\"~~c~--B--~");
  }

  /** An object with a list of files. */
  private static final JsonCodec<List<FilePart>> FILES =
      new JsonCodec<>() {
        @Override
        public List<FilePart> read(JsonInput in) {
          throw in.refuse();
        }

        @Override
        public void write(List<FilePart> files, JsonOutput out) {
          out.beginObject();
          out.name("photo");
          out.beginArray();
          for (FilePart file : files) {
            out.item();
            out.writeFile(file);
          }
          out.endArray();
          out.name("note");
          out.writeString("\uffff0");
          out.endObject();
        }
      };

  @Test
  void files_go_with_what_is_said_about_them() {
    RequestWriter writer = writer();
    byte[] octets = {0, (byte) 0xff, 'x'};
    writer.multipart(
        new Content<>("multipart/form-data", FILES, true, null),
        FormText.byName(List.of(FormField.plain("photo").ofType("image/png").asOctets())),
        List.of(
            FilePart.of(octets),
            new FilePart("y".getBytes(StandardCharsets.UTF_8), "a \"b\".jpg", "image/jpeg")));
    String type = header(writer, "Content-Type");
    String boundary = type.substring(type.indexOf("boundary=") + 9);

    assertThat(body(writer).replace(boundary, "B").replace("\r\n", "~"))
        .isEqualTo(
            "--B~Content-Disposition: form-data; name=\"photo\"; filename=\"photo\"~"
                + "Content-Type: image/png~~\0\u00ffx~"
                + "--B~Content-Disposition: form-data; name=\"photo\"; filename=\"a %22b%22.jpg\"~"
                + "Content-Type: image/jpeg~~y~"
                + "--B~Content-Disposition: form-data; name=\"note\"~~\u00ef\u00bf\u00bf0~--B--~");
  }

  /** A member of a name, and what it is. */
  private static Content<String> member(String name) {
    return new Content<>(
        "multipart/form-data",
        new JsonCodec<String>() {
          @Override
          public String read(JsonInput in) {
            throw in.refuse();
          }

          @Override
          public void write(String text, JsonOutput out) {
            out.beginObject();
            out.name(name);
            out.writeString(text);
            out.endObject();
          }
        },
        true,
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain; charset=iso-8859-1, caf\u00e9",
    "text/plain; charset=UTF-16BE, '\0c\0a\0f\0\u00e9'",
    "text/plain; v=\"; charset=latin1\", caf\u00c3\u00a9",
    "text/plain; charset=utf-8, caf\u00c3\u00a9",
    "text/plain, caf\u00c3\u00a9",
  })
  void parts_are_written_in_the_charset_they_announce(String mediaType, String octets) {
    RequestWriter writer = writer();
    writer.multipart(
        member("t"), FormText.byName(List.of(FormField.plain("t").ofType(mediaType))), "caf\u00e9");

    assertThat(body(writer))
        .contains("Content-Type: " + mediaType + "\r\n\r\n" + octets + "\r\n--");
  }

  /** RFC 8259 sections 8.1 and 11. */
  @ParameterizedTest
  @CsvSource({
    "application/json; charset=latin1, application/json",
    "application/json;charset=utf-16;v=1, application/json;v=1",
    "application/problem+json ; v=\"; charset=x\", application/problem+json ; v=\"; charset=x\"",
  })
  void json_of_a_part_is_utf_8_and_announces_no_charset(String declared, String announced) {
    RequestWriter writer = writer();
    writer.multipart(
        member("t"), FormText.byName(List.of(FormField.plain("t").ofType(declared))), "caf\u00e9");

    assertThat(body(writer))
        .contains("Content-Type: " + announced + "\r\n\r\n\"caf\u00c3\u00a9\"\r\n--");
  }

  @Test
  void half_of_a_surrogate_pair_is_no_text_of_a_part() {
    assertThatThrownBy(() -> new MultipartText(surrogate("t", "a\ud800b"), Map.of(), List.of()))
        .hasMessage("part \"t\" cannot have a character that the charset UTF-8 does not have");
    assertThatThrownBy(() -> new MultipartText(surrogate("\ud800", "a"), Map.of(), List.of()))
        .hasMessage(
            "the name of a part cannot have a character that the charset UTF-8 does not have");
    assertThatThrownBy(() -> text(FormField.plain("t").ofType("a/b; v=\"\ud800\"")))
        .hasMessage(
            "the media type of part \"t\" cannot have a character that the charset UTF-8 does not"
                + " have");
    assertThatThrownBy(() -> photo(new FilePart(new byte[0], "\ud800", null)))
        .hasMessage(
            "the file name of part \"photo\" cannot have a character that the charset UTF-8 does"
                + " not have");
    assertThatThrownBy(() -> photo(new FilePart(new byte[0], null, "a/\u00e9")))
        .hasMessage("the media type of part \"photo\" cannot be \"a/\u00e9\", which is none");
  }

  private static void text(FormField field) {
    writer().multipart(member("t"), FormText.byName(List.of(field)), "a");
  }

  private static void photo(FilePart file) {
    writer()
        .multipart(
            new Content<>("multipart/form-data", FILES, true, null),
            FormText.byName(List.of(FormField.plain("photo").asOctets())),
            List.of(file));
  }

  private static JsonNode surrogate(String name, String text) {
    return JsonNodeFactory.instance.objectNode().put(name, text);
  }

  /** Fails as it is told, in another thread. */
  private static final class Failing extends OfflineClient {
    private final Throwable problem;

    Failing(Throwable problem) {
      this.problem = problem;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, HttpResponse.BodyHandler<T> handler) {
      return CompletableFuture.failedFuture(problem);
    }
  }

  private static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new HttpConnectTimeoutException("slow"), HttpConnectTimeoutException.class),
        arguments(new HttpTimeoutException("slow"), HttpTimeoutException.class),
        arguments(new ConnectException("refused"), ConnectException.class),
        arguments(new SocketException("reset"), SocketException.class),
        arguments(new ProtocolException("odd"), ProtocolException.class),
        arguments(new SSLHandshakeException("unknown"), SSLHandshakeException.class),
        arguments(new SSLException("closed"), SSLException.class),
        arguments(new ClosedChannelException(), IOException.class),
        arguments(new IOException("broken"), IOException.class),
        arguments(new IllegalStateException("odd"), IOException.class));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_is_of_its_class_and_names_the_request_and_the_caller(
      Throwable problem, Class<?> type) {
    Settings settings = new Settings();
    settings.baseUri(URI.create("http://a.example"));
    settings.httpClient(new Failing(problem));
    RequestWriter writer = writer();
    writer.path("/a");
    writer.queryText("secret", "s");

    assertThatThrownBy(() -> settings.transport().send(writer))
        .isExactlyInstanceOf(type)
        .hasMessage("POST /a: " + problem)
        .hasCause(problem)
        .satisfies(told ->
            assertThat(told.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(getClass().getName())));
  }

  private static Transport transport() {
    Settings settings = new Settings();
    settings.baseUri(URI.create("http://a.example"));
    return settings.transport();
  }

  @Test
  void what_cannot_be_sent_is_refused() {
    assertThatThrownBy(() -> writer().json(content("application/json"), json("\"abcd\"")))
        .hasMessage(
            "the body of ask is not what its schema says:\n"
                + "  maxLength: must have at most 3 characters, not 4");
    assertThatThrownBy(() -> writer().cookie("c", Style.COOKIE, true, Values.of("a;b")))
        .hasMessage("cookie \"c\" cannot have a \";\" in its style");
    assertThatThrownBy(() -> writer().path("p", Style.SIMPLE, false, null))
        .hasMessage("path parameter \"p\" must not be null");
    assertThatThrownBy(() -> new Settings().timeout(Duration.ZERO))
        .hasMessage("a timeout is longer than zero and at most 365 days: PT0S");
    assertThatThrownBy(() -> new Settings().timeout(Duration.ofSeconds(Long.MAX_VALUE)))
        .hasMessage("a timeout is longer than zero and at most 365 days: PT2562047788015215H30M7S");
    assertThatThrownBy(() -> transport().withTimeout(Duration.ofDays(366)))
        .hasMessage("a timeout is longer than zero and at most 365 days: PT8784H");
    assertThat(transport().withTimeout(Duration.ofDays(365)).timeout())
        .isEqualTo(Duration.ofDays(365));
    assertThatThrownBy(() -> new Settings().maxBodySize(-1))
        .hasMessage("a body has 0 octets or more: -1");
    assertThatThrownBy(() -> new Settings().basic("s", "a:b", "c"))
        .hasMessage("the name of a user cannot have a colon, RFC 7617");
    assertThatThrownBy(() -> new Settings().transport())
        .hasMessage("the base URI is missing: call baseUri");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          form      | {"a":null}   | form field "a" cannot have a null, which no text stands for
          form      | {"a":[null]} | form field "a" cannot have a null, which no text stands for
          form      | {"n":[]}     | form field "n" cannot have an empty list, which would be read as null; give null or an item
          styled    | {"s":null}   | form field "s" cannot have a null, which no text stands for
          multipart | {"a":null}   | form field "a" cannot have a null, which no text stands for
          multipart | {"o":null}   | part "o" cannot have a null, which no text stands for
          text      | null         | the body of ask cannot have a null, which no text stands for
          latin     | "\u20ac"     | the body of ask cannot have a character that the charset ISO-8859-1 does not have
          nonsense  | "a"          | the body of ask cannot be written in the charset of text/plain; charset=nonsense; utf-8 can be written
          unwritten | "a"          | the body of ask cannot be written in the charset of text/plain; charset=ISO-2022-CN; utf-8 can be written
          multipart | {"l":"\u20ac"} | part "l" cannot have a character that the charset ISO-8859-1 does not have
          multipart | {"m":"a"}    | part "m" cannot be written in the charset of text/plain; charset=nonsense; utf-8 can be written
          """)
  void bodies_that_would_be_read_as_another_value_are_refused(
      String how, String value, String problem) {
    Map<String, FormField> fields =
        FormText.byName(
            List.of(
                FormField.plain("n").emptyForNull(),
                FormField.plain("s").exploded(Style.FORM),
                FormField.plain("l").ofType("text/plain; charset=iso-8859-1"),
                FormField.plain("m").ofType("text/plain; charset=nonsense"),
                FormField.plain("o").asOctets()));
    assertThatThrownBy(
            () -> {
              switch (how) {
                case "multipart" ->
                    writer().multipart(content("multipart/form-data"), fields, json(value));
                case "text" -> writer().text(content("text/plain"), json(value));
                case "latin" ->
                    writer().text(content("text/plain; charset=iso-8859-1"), json(value));
                case "nonsense" ->
                    writer().text(content("text/plain; charset=nonsense"), json(value));
                case "unwritten" ->
                    writer().text(content("text/plain; charset=ISO-2022-CN"), json(value));
                default -> writer().form(content("a/b"), fields, json(value));
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }

  @Test
  void values_that_are_no_text_are_refused_with_their_reason() {
    assertThatThrownBy(() -> writer().queryText("q", "a\ud800b"))
        .hasMessage(
            "text in a URL or a form cannot have a character that the charset UTF-8 does not have");
    assertThatThrownBy(() -> Values.of((text, out) -> out.writeString(text), "a\ud800b"))
        .hasMessage(
            "the value cannot be sent, because its JSON would be none: line 1, column 3: an escaped"
                + " surrogate must be one of a pair");
    assertThatThrownBy(() -> json("[".repeat(200)))
        .hasMessageStartingWith("the value cannot be sent, because its JSON would be none: line 1");
    assertThatThrownBy(() -> RequestWriter.text("p", Values.orNull(null)))
        .hasMessage("parameter \"p\" cannot have a null, which no text stands for");
    assertThatThrownBy(() -> Values.orEmpty("p", json("[]")))
        .hasMessage(
            "parameter \"p\" cannot have an empty list, which would be read as null; give null or an"
                + " item");
  }

  @Test
  void a_text_may_be_as_long_as_a_body() throws Exception {
    String text = "a".repeat(JsonLimits.DEFAULT.stringLength() + 1);

    assertThat(Came.reply(text, false).text(content("text/plain")).stringValue()).isEqualTo(text);
  }

  @Test
  void header_fields_are_judged_unless_nobody_wants_it() throws Exception {
    HeaderField<JsonNode> field =
        new HeaderField<>(
            "X-H", Shape.One.ANY, JsonTrees::read, content("application/json").schema());
    HeaderField<JsonNode> text =
        new HeaderField<>("X-H", new Shape.Items(Shape.One.ANY), JsonTrees::read, texts());

    assertThat(Came.reply("", true, "X-H", "abc").header(field)).isEqualTo(json("\"abc\""));
    assertThat(Came.reply("", false, "X-H", "abcd").header(field)).isEqualTo(json("\"abcd\""));
    assertThat(Came.reply("", true, "X-H", "5,x").header(text)).isEqualTo(json("[\"5\",\"x\"]"));
    assertThatThrownBy(() -> Came.reply("", true, "X-H", "abcd").header(field))
        .hasMessage(
            "ask answered 200: the header X-H is not what its schema says\n"
                + "  maxLength: must have at most 3 characters, not 4");
  }

  private static Schema texts() {
    SchemaDocuments documents = new SchemaDocuments();
    documents.add("document:/api.yaml", "/Texts", "{\"items\":{\"type\":\"string\"}}");
    return new Schema(() -> documents, "document:/api.yaml", "/Texts", View.RESPONSE);
  }

  @Test
  void credentials_go_where_their_scheme_says() {
    Settings settings = new Settings();
    settings.baseUri(URI.create("http://example.org/"));
    settings.httpClient(HttpClient.newHttpClient());
    settings.jsonLimits(JsonLimits.DEFAULT);
    settings.validate(false);
    settings.headerKey("header", "X-Key", () -> "h");
    settings.queryKey("query", "key", () -> "q");
    settings.cookieKey("cookie", "session", () -> "c");
    settings.bearer("bearer", () -> "t");
    settings.basic("basic", "me", "secret");
    settings.interceptor(request -> request.header("X-Last", "word"));
    Transport transport = settings.transport().withTimeout(Duration.ofSeconds(1));
    RequestWriter writer = transport.request("ask", "GET");
    transport.credentials().values().forEach(credential -> credential.accept(writer));
    HttpRequest.Builder builder = Transport.builder(transport.base(), writer);
    transport.interceptor().accept(builder);

    assertThat(builder.build().uri()).isEqualTo(URI.create("http://example.org?key=q"));
    assertThat(builder.build().headers().map())
        .containsEntry("X-Key", List.of("h"))
        .containsEntry("Cookie", List.of("session=c"))
        .containsEntry("X-Last", List.of("word"))
        .hasEntrySatisfying(
            "Authorization",
            values ->
                assertThat(values).containsExactlyInAnyOrder("Bearer t", "Basic bWU6c2VjcmV0"));
  }

  /** A response that came. */
  private record Came(int statusCode, HttpHeaders headers, byte[] body)
      implements HttpResponse<byte[]> {

    static Reply reply(String body, boolean validates, String... fields) {
      Map<String, List<String>> map = new java.util.TreeMap<>();
      for (int i = 0; i < fields.length; i += 2) {
        map.put(fields[i], List.of(fields[i + 1].split("//")));
      }
      HttpHeaders headers = HttpHeaders.of(map, (name, value) -> true);
      byte[] octets = body.getBytes(StandardCharsets.UTF_8);
      return new Reply("ask", new Came(200, headers, octets), 1000, JsonLimits.DEFAULT, validates);
    }

    @Override
    public HttpRequest request() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<HttpResponse<byte[]>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return URI.create("http://example.org");
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  @Test
  void bodies_are_judged_unless_nobody_wants_it() throws Exception {
    Content<JsonNode> pet = content("application/json");

    assertThat(Came.reply("\"abc\"", true).json(pet)).isEqualTo(json("\"abc\""));
    assertThat(Came.reply("\"abcd\"", false).json(pet)).isEqualTo(json("\"abcd\""));
    assertThat(Came.reply("abc", true).text(pet)).isEqualTo(json("\"abc\""));
    assertThat(Came.reply("abcd", false).text(pet)).isEqualTo(json("\"abcd\""));
    assertThat(Came.reply("abcd", false).octets()).hasSize(4);
    assertThatThrownBy(() -> Came.reply("\"abcd\"", true).json(pet))
        .isInstanceOfSatisfying(
            UnexpectedResponseException.class,
            problem -> {
              assertThat(problem.operation()).isEqualTo("ask");
              assertThat(problem.status()).isEqualTo(200);
              assertThat(problem.headers().map()).isEmpty();
              assertThat(problem.body()).hasSize(6);
              assertThat(problem.violations()).hasSize(1);
            })
        .hasMessage(
            "ask answered 200: the body is not what its schema says\n"
                + "  maxLength: must have at most 3 characters, not 4");
    assertThatThrownBy(() -> Came.reply("{", false).json(pet)).hasMessageContaining("is not JSON");
    assertThatThrownBy(() ->
            Came.reply("a", true, "Content-Type", "text/plain;charset=\"nonsense\"").text(pet))
        .hasMessageContaining("is not text in the charset");
    assertThat(Came.reply("", true).undeclaredStatus())
        .hasMessage("ask answered 200: the document declares no such status");
    assertThat(Came.reply("", true, "Content-Type", "a/b").undeclaredMediaType("c/d"))
        .hasMessage("ask answered 200: the body is a/b, and the document declares c/d");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, text/plain, true",
    "Text/Plain;charset=utf-8, text/plain, true",
    "text/plain, text/*, true",
    "image/png, */*, true",
    "application/json;v=1, application/json;v=1, true",
    "application/json;v=2, application/json;v=1, false",
    "application/json, application/json;charset=utf-8, true",
    "text/plain, application/*, false"
  })
  void a_media_type_is_the_declared_one_or_in_its_range(
      String actual, String declared, boolean fits) {
    assertThat(Came.reply("", true, "Content-Type", actual).isOf(declared)).isEqualTo(fits);
  }

  private static @Nullable JsonNode header(Shape shape, String value)
      throws UnexpectedResponseException {
    return Came.reply("", true, "X-H", value).header(field(shape));
  }

  private static HeaderField<JsonNode> field(Shape shape) {
    return new HeaderField<>("X-H", shape, JsonTrees::read, null);
  }

  @Test
  void header_fields_are_read_in_simple_style() throws Exception {
    Map<String, Shape> known = Map.of("n", Shape.One.LITERAL);

    assertThat(header(Shape.One.TEXT, "5")).isEqualTo(json("\"5\""));
    assertThat(header(Shape.One.ANY, "5")).isEqualTo(json("5"));
    assertThat(header(Shape.One.ANY, "x")).isEqualTo(json("\"x\""));
    assertThat(header(Shape.One.JSON, "[1,2]")).isEqualTo(json("[1,2]"));
    assertThat(header(new Shape.Items(Shape.One.LITERAL), "1, ,2//3")).isEqualTo(json("[1,2,3]"));
    assertThat(header(new Shape.Members(false, known, Shape.One.TEXT), "n,1,m,2"))
        .isEqualTo(json("{\"n\":1,\"m\":\"2\"}"));
    assertThat(header(new Shape.Members(true, known, Shape.One.TEXT), "n=1, m=2=3"))
        .isEqualTo(json("{\"n\":1,\"m\":\"2=3\"}"));
    assertThat(header(new Shape.Members(true, known, Shape.One.TEXT), "")).isEqualTo(json("{}"));
    assertThat(Came.reply("", true).headerField(field(Shape.One.TEXT))).isEqualTo(Field.absent());
    assertThat(Came.reply("", true, "X-H", "1").requiredHeader(field(Shape.One.ANY)))
        .isEqualTo(json("1"));
    assertThatThrownBy(() -> Came.reply("", true).requiredHeader(field(Shape.One.ANY)))
        .hasMessage("ask answered 200: the header X-H is required but was not sent");
    for (Shape shape :
        List.of(
            Shape.One.LITERAL,
            new Shape.Items(Shape.One.LITERAL),
            new Shape.Members(false, known, Shape.One.LITERAL),
            new Shape.Members(true, known, Shape.One.LITERAL))) {
      assertThatThrownBy(() -> header(shape, "x,y,z"))
          .hasMessage("ask answered 200: the header X-H is not what its schema says");
    }
  }
}
