package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import io.brrtrouter.server.download.FileContent;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import io.brrtrouter.server.site.StaticFiles;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.stream.EventStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content codings over sockets, with the decoders that clients have. */
@Timeout(120)
class CodedResponsesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Coded, version: "1"}
      paths:
        /whole: &it
          get: {responses: {default: {description: It.}}}
        /lines: *it
        /counted: *it
        /events: *it
        /sent: *it
        /image: *it
        /seekable: *it
        /digest: *it
        /failing: *it
        /short: *it
        /created: *it
      """;

  private static final String TEXT = "0123456789".repeat(1_000);
  private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");

  @TempDir private Path directory;

  /** Opened when a client has got the first line. */
  private final CountDownLatch first = new CountDownLatch(1);

  private BrrtServer server;
  private HttpClient http;

  @BeforeEach
  void start() throws IOException {
    Path file = Files.writeString(directory.resolve("page.txt"), TEXT);
    Files.setLastModifiedTime(file, FileTime.from(TIME));
    http = HttpClient.newHttpClient();
    serve("compression.enabled", "true");
  }

  private void serve(String... settings) {
    if (server != null) {
      server.close();
    }
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config(settings).with("responses.check", "off"))
            .handler("GET /whole", _ -> HttpResponse.text(200, TEXT))
            .handler("GET /lines", _ -> lines("application/jsonl"))
            .handler("GET /events", _ -> lines("text/event-stream"))
            .handler(
                "GET /sent",
                request ->
                    EventStream.respond(
                        request,
                        events -> {
                          events.send(Event.of("one"));
                          first.await();
                          events.send(Event.of("two"));
                        }))
            .handler("GET /image", _ -> lines("image/png"))
            .handler(
                "GET /counted",
                _ ->
                    new HttpResponse(
                            200,
                            Headers.of("Content-Type", "text/plain"),
                            new Body.Streamed(
                                sink -> sink.write(TEXT.getBytes(UTF_8)), TEXT.length()))
                        .withETag(EntityTag.strong("v1")))
            .handler("GET /seekable", _ -> seekable())
            .handler(
                "GET /created", _ -> new HttpResponse(201, seekable().headers(), seekable().body()))
            .handler("GET /digest", _ -> seekable().withHeader("Repr-Digest", "sha-256=:YQ==:"))
            .handler(
                "GET /failing",
                _ ->
                    HttpResponse.streamed(
                        200,
                        "text/plain",
                        sink -> {
                          sink.write(TEXT.getBytes(UTF_8));
                          sink.flush();
                          throw new IOException("no more");
                        }))
            .handler(
                "GET /short",
                _ ->
                    new HttpResponse(
                        200,
                        Headers.of("Content-Type", "text/plain"),
                        new Body.Streamed(sink -> sink.write(new byte[9]), 9)))
            .files(StaticFiles.at("/files", directory))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @AfterEach
  void close() {
    first.countDown();
    server.close();
    http.shutdownNow(); // Nobody reads all that was asked for.
  }

  /** The second line comes when the first one has arrived. */
  private HttpResponse lines(String type) {
    return HttpResponse.streamed(
        200,
        type,
        sink -> {
          sink.write("one\n".getBytes(UTF_8));
          sink.flush();
          first.await();
          sink.write("two\n".getBytes(UTF_8));
        });
  }

  private static HttpResponse seekable() {
    return HttpResponse.seekable(
        200,
        "text/plain",
        SeekableContent.of(
            new Version(TEXT.length(), TIME, EntityTag.strong("v1")),
            (sink, from, length) -> sink.write(TEXT.getBytes(UTF_8), (int) from, (int) length)));
  }

  private java.net.http.HttpResponse<InputStream> ask(String path, String... fields)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static String field(java.net.http.HttpResponse<?> response, String name) {
    return String.join(" && ", response.headers().allValues(name));
  }

  private static InputStream decoded(java.net.http.HttpResponse<InputStream> response)
      throws IOException {
    return switch (field(response, "Content-Encoding")) {
      case "gzip" -> new GZIPInputStream(response.body());
      case "zstd" -> new ZstdInputStream(response.body());
      case "br" -> brotli(response.body());
      default -> response.body();
    };
  }

  /** Gives what there is, as browsers do; otherwise it would wait for the end. */
  private static InputStream brotli(InputStream in) throws IOException {
    BrotliInputStream decoder = new BrotliInputStream(in);
    decoder.enableEagerOutput();
    return decoder;
  }

  private static String text(java.net.http.HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = decoded(response)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip, deflate, br, zstd       | zstd
          gzip, deflate, br             | br
          gzip                          | gzip
          br;q=0.5, gzip                | gzip
          zstd;q=0, *                   | br
          identity, gzip;q=0.9          |
          deflate                       |
          identity;q=0, br              | br
          """)
  void are_what_the_client_likes_best(String accepted, String coding) throws Exception {
    for (String path :
        new String[] {"/whole", "/counted", "/seekable", "/created", "/files/page.txt"}) {
      var response = ask(path, "Accept-Encoding", accepted);

      assertThat(field(response, "Content-Encoding"))
          .as(path)
          .isEqualTo(coding == null ? "" : coding);
      assertThat(field(response, "Vary")).as(path).isEqualTo("Accept-Encoding");
      assertThat(text(response)).as(path).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @CsvSource({"'gzip, br', gzip", "'br, gzip', br", "'br', br", "gzip, gzip"})
  void of_equal_weight_are_what_the_server_prefers(String codings, String coding) throws Exception {
    serve("compression.enabled", "true", "compression.codings", codings);

    assertThat(field(ask("/whole", "Accept-Encoding", "*"), "Content-Encoding")).isEqualTo(coding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void what_is_flushed_arrives_while_more_is_written(String coding) throws Exception {
    var response = ask("/lines", "Accept-Encoding", coding);

    assertThat(field(response, "Content-Encoding")).isEqualTo(coding);
    assertThat(field(response, "Vary")).isEqualTo("Accept-Encoding");
    try (InputStream in = decoded(response)) {
      // One by one: who asks for more than there is waits.
      for (char expected : "one\n".toCharArray()) {
        assertThat((char) in.read()).isEqualTo(expected);
      }
      first.countDown();
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("two\n");
    }
  }

  @Test
  void events_are_coded_only_if_that_is_said() throws Exception {
    first.countDown();
    var plain = ask("/events", "Accept-Encoding", "gzip");
    assertThat(field(plain, "Content-Encoding") + field(plain, "Vary")).isEmpty();
    assertThat(text(plain)).isEqualTo("one\ntwo\n");

    serve("compression.enabled", "true", "compression.events", "true");
    var coded = ask("/events", "Accept-Encoding", "gzip");
    assertThat(field(coded, "Content-Encoding")).isEqualTo("gzip");
    assertThat(text(coded)).isEqualTo("one\ntwo\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void an_event_arrives_before_the_next_is_sent(String coding) throws Exception {
    serve("compression.enabled", "true", "compression.events", "true");
    var response = ask("/sent", "Accept-Encoding", coding);

    assertThat(field(response, "Content-Encoding")).isEqualTo(coding);
    try (InputStream in = decoded(response)) {
      for (char expected : "data: one\n\n".toCharArray()) {
        assertThat((char) in.read()).isEqualTo(expected);
      }
      first.countDown();
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("data: two\n\n");
    }
  }

  @Test
  void what_is_no_text_or_short_is_left_as_it_is() throws Exception {
    first.countDown();
    for (String path : new String[] {"/image", "/short", "/digest"}) {
      var response = ask(path, "Accept-Encoding", "gzip");

      assertThat(field(response, "Content-Encoding") + field(response, "Vary")).as(path).isEmpty();
    }
  }

  @Test
  void of_what_is_coded_there_are_no_parts_and_its_tag_is_weak() throws Exception {
    for (String path : new String[] {"/seekable", "/files/page.txt"}) {
      var plain = ask(path);
      assertThat(field(plain, "Accept-Ranges")).isEqualTo("bytes");
      assertThat(field(plain, "Vary")).isEqualTo("Accept-Encoding");
      String tag = field(plain, "ETag");
      assertThat(tag).startsWith("\"");

      var coded = ask(path, "Accept-Encoding", "gzip");
      assertThat(field(coded, "Accept-Ranges")).isEmpty();
      assertThat(field(coded, "Content-Length")).isEmpty();
      assertThat(field(coded, "ETag")).isEqualTo("W/" + tag);
      assertThat(field(coded, "Last-Modified")).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
      assertThat(text(coded)).isEqualTo(TEXT);

      var part = ask(path, "Accept-Encoding", "gzip", "Range", "bytes=1-3");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(field(part, "Content-Encoding")).isEmpty();
      assertThat(field(part, "Vary")).isEqualTo("Accept-Encoding");
      assertThat(field(part, "ETag")).isEqualTo(tag);
      assertThat(text(part)).isEqualTo("123");

      var same = ask(path, "Accept-Encoding", "gzip", "If-None-Match", "W/" + tag);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(field(same, "ETag")).isEqualTo("W/" + tag);
      assertThat(field(same, "Vary")).isEqualTo("Accept-Encoding");
      assertThat(field(same, "Content-Encoding")).isEmpty();
    }
    var counted = ask("/counted", "Accept-Encoding", "gzip");
    assertThat(field(counted, "ETag")).isEqualTo("W/\"v1\"");
    assertThat(field(counted, "Content-Length")).isEmpty();
  }

  @Test
  void HEAD_has_the_fields_of_GET() throws Exception {
    for (String path : new String[] {"/counted", "/seekable", "/files/page.txt"}) {
      String get = head("GET", path);

      assertThat(head("HEAD", path)).as(path).isEqualTo(get);
      assertThat(get).contains("Content-Encoding: gzip");
    }
  }

  private String head(String method, String path) throws IOException {
    String answer =
        Wire.ask(
            server.port(),
            method + " " + path + " HTTP/1.1",
            "Host: localhost",
            "X-Request-ID: same",
            "Accept-Encoding: gzip");
    return answer
        .substring(0, answer.indexOf("\r\n\r\n"))
        .lines()
        .filter(line -> !line.startsWith("Date:") && !line.startsWith("Transfer-Encoding:"))
        .reduce("", (all, line) -> all + line + "\n");
  }

  @Test
  void what_fails_is_cut_off() throws Exception {
    String answer =
        Wire.ask(
            server.port(), "GET /failing HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip");

    assertThat(answer).contains("Content-Encoding: gzip").doesNotEndWith("0\r\n\r\n");
  }

  @Test
  void more_than_may_be_coded_at_once_are_sent_as_they_are() throws Exception {
    serve("compression.enabled", "true", "compression.max_streams", "1");
    var one = ask("/lines", "Accept-Encoding", "gzip");
    assertThat(field(one, "Content-Encoding")).isEqualTo("gzip");

    for (String path : new String[] {"/counted", "/seekable", "/files/page.txt"}) {
      var other = ask(path, "Accept-Encoding", "gzip");
      assertThat(field(other, "Content-Encoding")).as(path).isEmpty();
      assertThat(field(other, "Vary")).as(path).isEqualTo("Accept-Encoding");
      assertThat(text(other)).as(path).isEqualTo(TEXT);
    }
    assertThat(field(ask("/whole", "Accept-Encoding", "gzip"), "Content-Encoding"))
        .isEqualTo("gzip");

    first.countDown();
    assertThat(text(one)).isEqualTo("one\ntwo\n");
    // Every way to the end gives back the right: whole, without content, cut off.
    for (String path : new String[] {"/seekable", "/files/page.txt", "/failing", "/counted"}) {
      awaitCoded("GET", path);
      awaitCoded("HEAD", path);
    }
    awaitCoded("GET", "/counted");
  }

  /** Whoever has written the response before may not have left yet. */
  private void awaitCoded(String method, String path) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!head(method, path).contains("Content-Encoding: gzip")) {
      assertThat(System.nanoTime()).as("in time: %s %s is coded", method, path).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void nothing_is_coded_unless_it_is_configured() throws Exception {
    first.countDown();
    serve();
    for (String path : new String[] {"/whole", "/lines", "/seekable", "/files/page.txt"}) {
      var response = ask(path, "Accept-Encoding", "gzip, br, zstd");
      assertThat(field(response, "Content-Encoding") + field(response, "Vary")).as(path).isEmpty();
    }
  }

  @Test
  void a_start_says_which_there_are() throws IOException {
    assertThat(said("compression.enabled", "true"))
        .contains("\nresponses are compressed: zstd, br, gzip\n");
    assertThat(said("compression.enabled", "true", "compression.codings", "gzip"))
        .contains("\nresponses are compressed: gzip\n");
    assertThat(said()).doesNotContain("compressed");
  }

  private static String said(String... settings) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    BrrtServer.builder()
        .document(TestServer.file(DOCUMENT))
        .config(TestServer.config(settings))
        .mock(true)
        .output(new PrintStream(said, true, UTF_8))
        .start()
        .close();
    return said.toString(UTF_8);
  }

  @Test
  void a_file_of_a_handler_is_coded_too() throws Exception {
    server.replaceHandler(
        "GET /whole", _ -> FileContent.respond(200, "text/plain", directory.resolve("page.txt")));
    var response = ask("/whole", "Accept-Encoding", "br");

    assertThat(field(response, "Content-Encoding")).isEqualTo("br");
    assertThat(text(response)).isEqualTo(TEXT);
  }
}
