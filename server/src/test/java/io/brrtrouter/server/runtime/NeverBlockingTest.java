package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which thread a request gets, over real sockets. */
class NeverBlockingTest {
  private static final String NAME = "io.brrtrouter.server.runtime.NeverBlockingTest";

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Threads, version: "1"}
      paths:
        /quick:
          post:
            operationId: quick
            x-brrtrouter-deadline-ms: 60000
            parameters:
            - {name: n, in: query, schema: {type: integer}}
            requestBody:
              content: {text/plain: {schema: {type: string}}}
            responses:
              "200": {description: the thread, content: {text/plain: {}}}
      """;

  private static final Handler THREAD =
      request ->
          HttpResponse.text(
              200,
              (Thread.currentThread().isVirtual() ? "virtual " : "loop ")
                  + request.queryParameters().integer("n").orElse(0));

  private static BrrtServer server(Consumer<BrrtServer.Builder> configure) {
    return server(configure, new PrintStream(OutputStream.nullOutputStream()));
  }

  private static BrrtServer server(Consumer<BrrtServer.Builder> configure, PrintStream output) {
    BrrtServer.Builder builder =
        BrrtServer.builder().document(TestServer.file(DOCUMENT)).port(0).output(output);
    configure.accept(builder);
    return builder.start();
  }

  private static String post(int n, int length, boolean last) {
    return "POST /quick?n="
        + n
        + " HTTP/1.1\r\nHost: t\r\nContent-Type: text/plain\r\nContent-Length: "
        + length
        + (last ? "\r\nConnection: close" : "")
        + "\r\n\r\n"
        + "x".repeat(length);
  }

  /** {@return the first lines and contents of all responses, joined by a space} */
  private static String ask(BrrtServer server, String requests) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return String.join(
          " ",
          all.lines()
              .filter(line -> line.startsWith("loop") || line.startsWith("virtual"))
              .flatMap(line -> List.of(line.split("HTTP/1.1")).getFirst().lines())
              .toList());
    }
  }

  @ParameterizedTest
  @CsvSource({"5, loop 0", "65536, loop 0", "65537, virtual 0"})
  void a_handler_that_never_blocks_needs_no_thread_if_the_body_is_small(int length, String expected)
      throws IOException {
    try (BrrtServer server = server(b -> b.handler("quick", Handler.neverBlocking(THREAD)))) {
      assertThat(ask(server, post(0, length, true))).isEqualTo(expected);
    }
  }

  @Test
  void it_can_be_declared_by_name() throws IOException {
    try (BrrtServer server = server(b -> b.neverBlocking("quick").handler("quick", THREAD))) {
      assertThat(ask(server, post(0, 0, true))).isEqualTo("loop 0");
    }
  }

  @Test
  void a_name_without_handler_cannot_be_declared() {
    assertThatThrownBy(() -> server(b -> b.neverBlocking("quik").handler("quick", THREAD)))
        .isInstanceOf(StartupException.class)
        .hasMessage("\"quik\" is declared never to block, but no handler has that name");
  }

  @Test
  void requests_in_one_segment_are_answered_in_their_order() throws IOException {
    try (BrrtServer server = server(b -> b.handler("quick", Handler.neverBlocking(THREAD)))) {
      StringBuilder requests = new StringBuilder();
      StringBuilder expected = new StringBuilder();
      for (int n = 1; n <= 50; n++) {
        requests.append(post(n, n, n == 50));
        expected.append(n == 1 ? "" : " ").append("loop ").append(n);
      }
      assertThat(ask(server, requests.toString())).isEqualTo(expected.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_filter_has_to_declare_the_same(boolean declares) throws IOException {
    Filter filter =
        declares
            ? new Filter() {
              @Override
              public HttpResponse filter(
                  io.brrtrouter.server.dispatch.Exchange exchange,
                  io.brrtrouter.server.dispatch.Next next)
                  throws Exception {
                return next.proceed(exchange);
              }

              @Override
              public boolean neverBlocks() {
                return true;
              }
            }
            : new Lookup();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (BrrtServer server =
        server(
            b -> b.handler("quick", Handler.neverBlocking(THREAD)).filter(filter),
            new PrintStream(said, true, StandardCharsets.UTF_8))) {
      assertThat(ask(server, post(0, 1, true))).isEqualTo(declares ? "loop 0" : "virtual 0");
    }
    String warning =
        "warning[blocking-filter]: the handler of \"quick\" never blocks, but filter Lookup may,"
            + " so each request has a virtual thread all the same";
    if (declares) {
      assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("blocking-filter");
    } else {
      assertThat(said.toString(StandardCharsets.UTF_8)).contains(warning);
    }
  }

  /** May look something up. */
  private static final class Lookup implements Filter {
    @Override
    public HttpResponse filter(
        io.brrtrouter.server.dispatch.Exchange exchange, io.brrtrouter.server.dispatch.Next next)
        throws Exception {
      return next.proceed(exchange);
    }
  }

  @Test
  void one_that_throws_is_a_500_and_the_connection_lives_on() throws IOException {
    Handler failing =
        request -> {
          if (request.queryParameters().integer("n").orElse(0) == 1) {
            throw new IllegalStateException("no");
          }
          return THREAD.handle(request);
        };
    try (BrrtServer server = server(b -> b.handler("quick", Handler.neverBlocking(failing)));
        Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      String requests = post(1, 0, false) + post(2, 0, true);
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(all).startsWith("HTTP/1.1 500 ").contains("HTTP/1.1 200 OK").endsWith("loop 2");
    }
  }

  @Test
  void an_interruption_that_one_leaves_behind_is_not_for_the_next() throws IOException {
    Handler interrupting =
        request -> {
          boolean before = Thread.currentThread().isInterrupted();
          Thread.currentThread().interrupt();
          return HttpResponse.text(200, "loop " + before);
        };
    try (BrrtServer server = server(b -> b.handler("quick", Handler.neverBlocking(interrupting)))) {
      assertThat(ask(server, post(0, 0, false) + post(0, 0, true)))
          .isEqualTo("loop false loop false");
    }
  }

  /** A filter that never blocks, says it, and lets time pass before it goes on. */
  private static final class Passing implements Filter {
    @Override
    public HttpResponse filter(
        io.brrtrouter.server.dispatch.Exchange exchange, io.brrtrouter.server.dispatch.Next next)
        throws Exception {
      pass(exchange.head().headers().get("X-Filter-Ms"));
      pass(exchange.head().headers().get("X-Around-Ms"));
      HttpResponse response = next.proceed(exchange);
      pass(exchange.head().headers().get("X-Around-Ms"));
      return response;
    }

    @Override
    public boolean neverBlocks() {
      return true;
    }
  }

  private static final Handler PASSING =
      request -> {
        pass(request.headers().get("X-Handler-Ms"));
        return HttpResponse.text(200, "loop");
      };

  private static void pass(@Nullable String millis) throws InterruptedException {
    if (millis != null) {
      boolean came = new CountDownLatch(1).await(Integer.parseInt(millis), TimeUnit.MILLISECONDS);
      assertThat(came).isFalse();
    }
  }

  private static String get(String fields, boolean last) {
    return "POST /quick HTTP/1.1\r\nHost: t\r\n"
        + fields
        + (last ? "Connection: close\r\n" : "")
        + "\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "20, X-Handler-Ms: 60, handler quick",
    "20, X-Filter-Ms: 60, filter " + NAME + "$Passing",
    "20, X-Around-Ms: 40, filter " + NAME + "$Passing",
    "0, X-Handler-Ms: 1010, handler quick",
  })
  void who_takes_long_is_told_in_the_log(int before, String field, String who) throws Exception {
    String requests =
        get("", false).repeat(before) + get(field + "\r\n", false) + get(field + "\r\n", true);
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.threads");
        BrrtServer server = server(passing())) {
      ask(server, requests);
      assertThat(log.about(who + " is declared never to block"))
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage, InstanceOfAssertFactories.STRING)
          .matches(
              "request [^ ]+: "
                  + Pattern.quote(who)
                  + " is declared never to block, but took \\d+ ms by itself, while all connections"
                  + " of its event loop waited; if it does block or compute that long, remove the"
                  + " declaration");
    }
  }

  /** Loading the classes of a first request takes that long on a busy machine. */
  @ParameterizedTest
  @CsvSource({"0, X-Handler-Ms: 60", "15, X-Handler-Ms: 60", "15, X-Filter-Ms: 60"})
  void the_first_requests_may_take_longer(int before, String field) throws IOException {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.threads");
        BrrtServer server = server(passing())) {
      ask(server, get("", false).repeat(before) + get(field + "\r\n", true));
      assertThat(log.about("is declared never to block")).isEmpty();
    }
  }

  private static Consumer<BrrtServer.Builder> passing() {
    return b -> b.handler("quick", Handler.neverBlocking(PASSING)).filter(new Passing());
  }

  @Test
  void one_that_does_not_return_is_told_while_it_does_not() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Handler lasting =
        request -> {
          end.await();
          return HttpResponse.text(200, "loop ended");
        };
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.threads");
        BrrtServer server = server(b -> b.handler("quick", Handler.neverBlocking(lasting)));
        Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(post(0, 0, true).getBytes(StandardCharsets.US_ASCII));
      assertThat(log.next("handler quick has held").getFormattedMessage())
          .matches(
              "request [^ ]+: handler quick has held its event loop for \\d+ s; all connections of"
                  + " the loop wait for it");
      end.countDown();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .endsWith("loop ended");
    } finally {
      end.countDown();
    }
  }

  /** The double of a test may block where what it stands for does not. */
  @Test
  void replacing_a_handler_of_the_builder_takes_back_what_was_declared_of_its_name()
      throws IOException {
    try (BrrtServer server =
        server(b ->
            b.handler("quick", THREAD).neverBlocking("quick").replaceHandler("quick", THREAD))) {
      assertThat(ask(server, post(0, 0, true))).isEqualTo("virtual 0");
    }
  }

  @Test
  void replacing_a_handler_replaces_its_declaration() throws IOException {
    Path document = TestServer.file(DOCUMENT);
    try (BrrtServer server =
        BrrtServer.builder()
            .document(document)
            .port(0)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .handler("quick", Handler.neverBlocking(THREAD))
            .start()) {
      server.replaceHandler("quick", THREAD);
      assertThat(ask(server, post(0, 0, true))).isEqualTo("virtual 0");
    }
  }
}
