package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each limit is where its setting puts it: what a server serves that nobody has configured, one
 * with a low limit refuses. Of times there are two servers, and the one with little time ends what
 * the other, which has a day, goes on with. {@link LimitsTableTest} has the limits themselves;
 * those of documents and of tokens are in {@link ConfiguredDocumentLimitsTest} and {@link
 * ConfiguredTokenLimitsTest}.
 */
// What waits in vain would wait for ever.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfiguredLimitsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Limits, version: "1"}
      paths:
        /get:
          get:
            operationId: get
            parameters: [{name: a, in: query, schema: {type: array, items: {type: string}}}]
            responses: {"200": {description: ok}}
        /text:
          post:
            operationId: text
            requestBody: {content: {text/plain: {schema: {type: string}}}}
            responses: {"200": {description: ok}}
        /json:
          post:
            operationId: json
            requestBody: {content: {application/json: {schema: true}}}
            responses: {"200": {description: ok}}
        /numbers:
          post:
            operationId: numbers
            requestBody:
              content:
                application/json:
                  schema: {type: array, items: {type: number, multipleOf: 3}}
            responses: {"200": {description: ok}}
        /form:
          post:
            operationId: form
            requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
            responses: {"200": {description: ok}}
        /parts:
          post:
            operationId: parts
            requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
            responses: {"200": {description: ok}}
        /wait:
          get:
            operationId: wait
            responses: {"200": {description: ok}}
        /stream:
          get:
            operationId: stream
            responses: {"200": {description: ok}}
        /huge:
          get:
            operationId: huge
            responses: {"200": {description: ok}}
        /secret:
          get:
            operationId: secret
            security: [{key: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      """;

  /** More than the buffers of two sockets take. */
  private static final byte[] HUGE = new byte[64 << 20];

  private static final String A_DAY = "24 h";

  private static final Set<String> NO_LIMITS =
      Set.of(
          "problems.base",
          "http.http2",
          "http.proxy_protocol",
          "http.proxy_protocol_from",
          "http.trusted_proxies",
          "http.forwarded_header",
          "http.streams_on_reload",
          // Of documents, not of what clients send: StreamReloadTest.
          "http.kept_generations");

  @TempDir Path directory;

  /** Lets those that wait go on. */
  private final CountDownLatch end = new CountDownLatch(1);

  private final CountDownLatch begun = new CountDownLatch(1);

  private Path document;

  @BeforeEach
  void write() throws IOException {
    document = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
  }

  @AfterEach
  void release() {
    end.countDown();
  }

  private BrrtServer server(String... settings) {
    ServerConfig config = ServerConfig.defaults().with("port", "0");
    for (int i = 0; i < settings.length; i += 2) {
      config = config.with(settings[i], settings[i + 1]);
    }
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(document)
            .config(config)
            .security("key", new RefusesAll())
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String name : List.of("get", "text", "json", "numbers", "form", "parts", "secret")) {
      builder.handler(name, _ -> HttpResponse.text(200, "served"));
    }
    return builder
        .handler("huge", _ -> HttpResponse.bytes(200, "application/octet-stream", HUGE))
        .handler(
            "wait",
            _ -> {
              begun.countDown();
              end.await();
              return HttpResponse.text(200, "served");
            })
        .handler(
            "stream",
            _ ->
                HttpResponse.streamed(
                    200,
                    "text/plain",
                    content -> {
                      content.write(new byte[] {'a'});
                      content.flush();
                      awaitEnd();
                    }))
        .start();
  }

  private void awaitEnd() throws IOException {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  /** Is no password's, so that guessing is counted. */
  private record RefusesAll() implements SecurityProvider {
    @Override
    public Verification verify(Credential credential, HttpRequest request) {
      return new Verification.Refused("not known");
    }
  }

  /** A client's side of a connection. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;

    Client(BrrtServer server) throws IOException {
      socket = new Socket("127.0.0.1", server.port());
      socket.setSoTimeout(60_000);
    }

    Client send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    }

    /** {@return all that comes until the connection ends} */
    String rest() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** {@return the head of a response, and its content if it is {@code served}} */
    String answer() throws IOException {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("\r\n\r\n") < 0) {
        text.append((char) octet());
      }
      for (int i = text.indexOf("\r\nContent-Length: 6\r\n") < 0 ? 0 : 6; i > 0; i--) {
        text.append((char) octet());
      }
      return text.toString();
    }

    private int octet() throws IOException {
      int octet = socket.getInputStream().read();
      assertThat(octet).as("an octet, not the end").isNotNegative();
      return octet;
    }

    boolean hasAnswer() throws IOException {
      return socket.getInputStream().available() > 0;
    }

    /** Returns once the server takes nothing any more, without reading what it sent. */
    void awaitCutOff() throws IOException {
      try {
        while (true) {
          socket.getOutputStream().write('x');
          Thread.yield();
        }
      } catch (SocketException _) {
        // what is waited for
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String get(String target, String fields) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
  }

  private static final String CLOSE = "Connection: close\r\n";

  private static String post(String path, String type, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, type, body.length(), body);
  }

  private static String json(String body) {
    return post("/json", "application/json", body);
  }

  private static String numbers(String numbers) {
    return post("/numbers", "application/json", "[" + numbers + "]");
  }

  private static String chunked(String chunks) {
    return "POST /text HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n"
        + chunks;
  }

  private static String parts(int count, String header) {
    return post(
        "/parts",
        "multipart/form-data; boundary=b",
        ("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n" + header + "\r\n1\r\n")
                .repeat(count)
            + "--b--\r\n");
  }

  /** A setting, a low value, what is then refused, and how. */
  static Stream<Arguments> sizes() {
    return Stream.of(
        row("http.max_target_bytes", "64", get("/get?" + "x".repeat(64), CLOSE), 414),
        row(
            "http.max_header_bytes",
            "256",
            get("/get", CLOSE + "X: " + "x".repeat(256) + "\r\n"),
            431),
        row("http.max_headers", "5", get("/get", CLOSE + "X: 1\r\n".repeat(6)), 431),
        row(
            "http.max_trailer_bytes",
            "10",
            chunked("1\r\na\r\n0\r\nT: " + "x".repeat(50) + "\r\n\r\n"),
            400),
        row(
            "http.max_chunk_extension_bytes",
            "10",
            chunked("1;e=" + "x".repeat(50) + "\r\na\r\n0\r\n\r\n"),
            400),
        row("body.max_bytes", "10", post("/text", "text/plain", "x".repeat(11)), 413),
        row("form.max_fields", "3", get("/get?a=1&a=1&a=1&a=1", CLOSE), 400),
        row(
            "form.max_fields",
            "3",
            post("/form", "application/x-www-form-urlencoded", "a=1&a=1&a=1&a=1"),
            400),
        row("form.max_parts", "2", parts(3, ""), 413),
        row("form.max_part_header_bytes", "64", parts(1, "X: " + "x".repeat(64) + "\r\n"), 400),
        row("json.max_depth", "3", json("[[[[]]]]"), 400),
        row("json.max_string_length", "3", json("\"abcd\""), 400),
        row("json.max_name_length", "3", json("{\"abcd\":1}"), 400),
        row("json.max_number_length", "3", json("1234"), 400),
        row("json.max_tokens", "4", json("[1,2,3]"), 400),
        row("json.max_members", "1", json("{\"a\":1,\"b\":2}"), 400),
        row("json.max_exponent", "9", numbers("3e10"), 400));
  }

  private static Arguments row(String setting, String value, String request, int status) {
    return argumentSet(setting, setting, value, request, status);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void refuses_what_it_would_serve_otherwise(
      String setting, String value, String request, int status) throws IOException {
    try (BrrtServer usual = server();
        BrrtServer low = server(setting, value);
        Client served = new Client(usual);
        Client refused = new Client(low)) {
      assertThat(served.send(request).rest()).startsWith("HTTP/1.1 200 ");
      assertThat(refused.send(request).rest()).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  /** A setting, further ones of both servers, and what is then not waited for. */
  static Stream<Arguments> times() {
    String stalled =
        "POST /text HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\na";
    return Stream.of(
        time("http.head_timeout_ms", "GET /get HT", 408),
        time("http.body_timeout_ms", stalled, 408, "http.body_timeout_per_kib_ms", "0"),
        time("http.body_timeout_per_kib_ms", stalled, 408, "http.body_timeout_ms", "200 ms"),
        time("http.handler_deadline_ms", get("/wait", CLOSE), 504));
  }

  private static Arguments time(String setting, String request, int status, String... others) {
    return argumentSet(setting, setting, request, status, others);
  }

  @ParameterizedTest
  @MethodSource("times")
  void waits_no_longer(String setting, String request, int status, String[] others)
      throws IOException {
    try (BrrtServer patient = server(and(others, setting, A_DAY));
        BrrtServer hasty = server(and(others, setting, "200 ms"));
        Client waiting = new Client(patient);
        Client refused = new Client(hasty)) {
      waiting.send(request);
      assertThat(refused.send(request).rest()).startsWith("HTTP/1.1 " + status + " ");
      assertThat(waiting.hasAnswer()).isFalse();
      end.countDown();
    }
  }

  private static String[] and(String[] settings, String... more) {
    return Stream.concat(Arrays.stream(settings), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void an_idle_connection_ends() throws IOException {
    try (BrrtServer patient = server("http.timeout_secs", A_DAY);
        BrrtServer hasty = server("http.timeout_secs", "1 s");
        Client kept = new Client(patient);
        Client ended = new Client(hasty)) {
      kept.send(get("/get", "")).answer();
      assertThat(ended.send(get("/get", "")).rest()).startsWith("HTTP/1.1 200 ").endsWith("served");
      assertThat(kept.send(get("/get", "")).answer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @MethodSource("lastRequests")
  void a_connection_ends_with_its_last_request(String setting, String value) throws IOException {
    try (BrrtServer usual = server();
        BrrtServer low = server(setting, value);
        Client kept = new Client(usual);
        Client ended = new Client(low)) {
      assertThat(kept.send(get("/get", "")).answer()).doesNotContain("Connection: close");
      assertThat(kept.send(get("/get", "")).answer()).startsWith("HTTP/1.1 200 ");
      assertThat(ended.send(get("/get", "")).rest()).contains("Connection: close\r\n");
    }
  }

  static Stream<Arguments> lastRequests() {
    return Stream.of(
        argumentSet("http.keep_alive", "http.keep_alive", "false"),
        argumentSet("http.max_requests", "http.max_requests", "1"));
  }

  @Test
  void a_response_that_nobody_reads_is_cut_off() throws IOException {
    String request = get("/huge", "");
    try (BrrtServer patient = server("http.write_stall_ms", A_DAY);
        BrrtServer hasty = server("http.write_stall_ms", "200 ms");
        Client waiting = new Client(patient).send(request);
        Client cutOff = new Client(hasty).send(request)) {
      assertThat(waiting.answer()).startsWith("HTTP/1.1 200 ");
      cutOff.awaitCutOff();
      assertThat(waiting.socket.getInputStream().readNBytes(HUGE.length)).hasSize(HUGE.length);
    }
  }

  /** Reading would add to the time otherwise, each KiB all that there is. */
  @Test
  void a_response_has_a_time_that_reading_adds_nothing_to() throws IOException {
    try (BrrtServer hasty =
            server("http.write_stall_ms", "500 ms", "http.write_stall_per_kib_ms", "0");
        Client slow = new Client(hasty).send(get("/huge", CLOSE))) {
      byte[] some = new byte[1024];
      int read = 0;
      long last = 0;
      while (last >= 0) {
        read += (int) last;
        last = readSlowly(slow, some);
      }
      assertThat(read).isLessThan(HUGE.length);
    }
  }

  private static int readSlowly(Client client, byte[] octets) throws IOException {
    LockSupport.parkNanos(200_000);
    try {
      return client.socket.getInputStream().read(octets);
    } catch (SocketException _) {
      return -1;
    }
  }

  @Test
  void the_rest_of_a_refused_request_is_read_no_longer() throws IOException {
    String request = post("/text", "text/plain", "x".repeat(2_000_000)).substring(0, 500);
    try (BrrtServer patient = server("http.linger_ms", A_DAY);
        BrrtServer hasty = server("http.linger_ms", "200 ms");
        Client read = new Client(patient).send(request);
        Client cutOff = new Client(hasty).send(request)) {
      assertThat(read.rest()).startsWith("HTTP/1.1 413 ");
      assertThat(cutOff.rest()).startsWith("HTTP/1.1 413 ");
      cutOff.awaitCutOff();
      for (int i = 0; i < 300; i++) {
        read.send("x");
        LockSupport.parkNanos(1_000_000); // so that one which is cut off soon is noticed
      }
    }
  }

  @Test
  void no_more_connections_are_accepted() throws IOException {
    try (BrrtServer low = server("http.max_connections", "1");
        Client first = new Client(low);
        Client second = new Client(low)) {
      assertThat(first.send(get("/get", "")).answer()).startsWith("HTTP/1.1 200 ");
      second.send(get("/get", CLOSE));
      for (int i = 0; i < 50; i++) {
        first.send(get("/get", "")).answer();
      }
      assertThat(second.hasAnswer()).isFalse();
      first.socket.close();
      assertThat(second.rest()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void no_more_requests_are_in_flight() throws Exception {
    try (BrrtServer low = server("http.max_in_flight", "1");
        Client first = new Client(low).send(get("/wait", CLOSE))) {
      begun.await();
      try (Client second = new Client(low)) {
        assertThat(second.send(get("/get", CLOSE)).rest())
            .startsWith("HTTP/1.1 503 ")
            .contains("Retry-After: ");
      }
      end.countDown();
      assertThat(first.rest()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void no_more_responses_are_streamed() throws IOException {
    try (BrrtServer low = server("http.max_streams", "1");
        Client first = new Client(low).send(get("/stream", CLOSE))) {
      assertThat(first.answer()).startsWith("HTTP/1.1 200 ");
      try (Client second = new Client(low)) {
        assertThat(second.send(get("/stream", CLOSE)).rest()).startsWith("HTTP/1.1 503 ");
      }
      end.countDown();
      first.rest();
    }
  }

  @Test
  void numbers_with_larger_exponents_are_computed_with() throws IOException {
    try (BrrtServer usual = server();
        BrrtServer high = server("json.max_exponent", "5000")) {
      assertThat(status(usual, numbers("3e1001"))).isEqualTo("400");
      assertThat(status(high, numbers("3e1001"))).isEqualTo("200");
      assertThat(status(high, numbers("4e1001"))).isEqualTo("400");
      assertThat(status(high, numbers("3e5001"))).isEqualTo("400");
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "50, 50", "60, 60", "1000, 70"})
  void so_many_violations_are_listed(String setting, int listed) throws IOException {
    String body = numbers("1,".repeat(69) + "1");
    try (BrrtServer low = server("problems.max_violations", setting);
        Client client = new Client(low)) {
      String problem = client.send(body).rest();
      assertThat(problem).startsWith("HTTP/1.1 400 ").contains("70 violations");
      assertThat(problem.split("\"keyword\"", -1)).hasSize(listed + 1);
      if (listed < 70) {
        assertThat(problem).contains("\"omitted\":" + (70 - listed));
      } else {
        assertThat(problem).doesNotContain("omitted");
      }
    }
  }

  /** RFC 9113 section 10.5: a client that opens and resets streams makes work for nothing. */
  @Test
  void no_more_streams_are_reset() throws IOException {
    try (BrrtServer usual = server();
        BrrtServer low = server("http.max_reset_streams", "3");
        Client served = new Client(usual);
        Client few = new Client(low);
        Client cutOff = new Client(low)) {
      resets(served, 5);
      resets(few, 3);
      resets(cutOff, 4);

      assertThat(frame(served, 6, 0)).hasSize(8); // the answer to a PING
      assertThat(frame(few, 6, 0)).hasSize(8);
      assertThat(frame(cutOff, 7, 0)).containsSequence(0, 0, 0, 11); // ENHANCE_YOUR_CALM
    }
  }

  /** Opens streams and resets them, and then sends a PING. */
  private static void resets(Client client, int count) throws IOException {
    byte[] head = HexFormat.of().parseHex("828641017804042f676574"); // GET http x /get
    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    ByteBuffer frames = ByteBuffer.allocate(9 + count * (9 + head.length + 13) + 17);
    frames.put(new byte[] {0, 0, 0, 4, 0}).putInt(0); // SETTINGS
    for (int stream = 1; stream < 2 * count; stream += 2) {
      // HEADERS, with END_STREAM and END_HEADERS, and RST_STREAM with CANCEL
      frames.put(new byte[] {0, 0, (byte) head.length, 1, 5}).putInt(stream).put(head);
      frames.put(new byte[] {0, 0, 4, 3, 0}).putInt(stream).putInt(8);
    }
    frames.put(new byte[] {0, 0, 8, 6, 0}).putInt(0).putLong(1); // PING
    client.socket.getOutputStream().write(frames.array());
  }

  /** RFC 9113: the settings say how many, and the stream of one too many is refused. */
  @Test
  void no_more_streams_are_open() throws IOException {
    byte[] head = HexFormat.of().parseHex("828641017804052f77616974"); // GET http x /wait
    try (BrrtServer low = server("http.max_concurrent_streams", "2");
        Client client = new Client(low)) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      ByteBuffer frames = ByteBuffer.allocate(9 + 3 * (9 + head.length));
      frames.put(new byte[] {0, 0, 0, 4, 0}).putInt(0); // SETTINGS
      for (int stream = 1; stream <= 5; stream += 2) {
        // HEADERS, with END_STREAM and END_HEADERS
        frames.put(new byte[] {0, 0, (byte) head.length, 1, 5}).putInt(stream).put(head);
      }
      client.socket.getOutputStream().write(frames.array());

      assertThat(frame(client, 4, 0)).contains(0, 3, 0, 0, 0, 2); // MAX_CONCURRENT_STREAMS is 2
      assertThat(frame(client, 3, 5)).containsExactly(0, 0, 0, 7); // REFUSED_STREAM
    }
  }

  /** {@return the payload of the next frame of a type on a stream} */
  private static byte[] frame(Client client, int type, int stream) throws IOException {
    DataInputStream in = new DataInputStream(client.socket.getInputStream());
    while (true) {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      int actual = in.readUnsignedByte();
      int _ = in.readUnsignedByte(); // flags
      int on = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (actual == type && on == stream) {
        return payload;
      }
    }
  }

  @Test
  void all_requests_together_have_their_share_of_the_heap() throws IOException {
    int percent = Math.toIntExact(Runtime.getRuntime().maxMemory() / 100);
    String head = post("/text", "text/plain", "").replace("Length: 0", "Length: " + 2 * percent);
    try (BrrtServer usual = server("body.ceiling_bytes", "1 GiB", "body.max_bytes", "1 GiB");
        BrrtServer low =
            server(
                "body.ceiling_bytes",
                "1 GiB",
                "body.max_bytes",
                "1 GiB",
                "body.heap_percent",
                "1");
        Client served = new Client(usual);
        Client refused = new Client(low)) {
      served.send(head);
      for (int sent = 0; sent < 2 * percent; sent += 1 << 16) {
        served.send("x".repeat(Math.min(1 << 16, 2 * percent - sent)));
      }
      assertThat(served.rest()).startsWith("HTTP/1.1 200 ");
      try {
        refused.send(head);
        for (int sent = 0; sent < 2 * percent && !refused.hasAnswer(); sent += 1 << 16) {
          refused.send("x".repeat(1 << 16));
        }
      } catch (SocketException _) {
        // refused before its end
      }
      assertThat(refused.answer()).startsWith("HTTP/1.1 503 ");
    }
  }

  @Test
  void no_operation_asks_for_more_than_the_ceiling() throws IOException {
    Files.writeString(
        document,
        DOCUMENT.replace(
            "operationId: text", "operationId: text\n      x-brrtrouter-body-limit: 2000000"));
    server().close();
    assertThatThrownBy(() -> server("body.ceiling_bytes", "1 MiB"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("x-brrtrouter-body-limit");
  }

  @Test
  void guesses_are_counted_for_so_long() throws IOException {
    String guess = get("/secret", CLOSE + "X-Key: guess\r\n");
    String failures = "rate_limit.auth_failures";
    String window = "rate_limit.auth_failures_window_secs";
    try (BrrtServer usual = server();
        BrrtServer patient = server(failures, "1", window, A_DAY);
        BrrtServer hasty = server(failures, "1", window, "1 s")) {
      assertThat(status(usual, guess) + status(usual, guess)).isEqualTo("401401");
      assertThat(status(patient, guess) + status(patient, guess)).isEqualTo("401429");
      String again = status(hasty, guess);
      do {
        again = status(hasty, guess);
      } while (again.equals("429"));
      assertThat(again).isEqualTo("401");
      assertThat(status(patient, guess)).isEqualTo("429");
    }
  }

  private static String status(BrrtServer server, String request) throws IOException {
    try (Client client = new Client(server)) {
      return client.send(request).rest().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }
  }

  /** A setting that comes to be needs a test; the one that has its own is named. */
  @Test
  void each_setting_of_a_limit_is_tested() throws IOException {
    Path root = Path.of(System.getProperty("brrt.root"));
    String here =
        Files.readString(
            root.resolve(
                "conformance/src/test/java/io/brrtrouter/conformance/http/ConfiguredLimitsTest.java"));
    String decisions =
        Files.readString(
            root.resolve(
                "server/src/test/java/io/brrtrouter/server/runtime/RecentDecisionsTest.java"));
    List<String> settings =
        ServerConfig.reference().stream()
            .map(ConfigKey::name)
            .filter(name -> name.matches("(http|body|form|json|problems)\\..*"))
            .toList();

    assertThat(settings).hasSizeGreaterThan(30).containsAll(NO_LIMITS);
    assertThat(decisions).contains("serve(\"http.decision_timeout_ms\"");
    assertThat(settings)
        .filteredOn(name -> !NO_LIMITS.contains(name) && !name.equals("http.decision_timeout_ms"))
        .allMatch(name -> here.contains('"' + name + '"'));
  }
}
