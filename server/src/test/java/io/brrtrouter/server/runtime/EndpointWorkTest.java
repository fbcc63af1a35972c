package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.DispatchLimits;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import io.brrtrouter.server.transport.EventLoops;
import io.brrtrouter.server.transport.Protocols;
import io.brrtrouter.server.transport.Transport;
import io.brrtrouter.server.transport.TransportConfig;
import io.brrtrouter.server.transport.TransportLimits;
import io.brrtrouter.server.transport.TransportTimeouts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Built-in endpoints that have something to do leave the event loop alone. */
class EndpointWorkTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Endpoints, version: "1"}
      paths:
        /operation: {get: {operationId: operation, responses: {"204": {description: ok}}}}
      """;

  private final BlockingQueue<CompletedExchange> completed = new LinkedBlockingQueue<>();
  private final Semaphore working = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Gate gate = new Gate(api(), 1);
  private final Transport transport = transport();

  private CompiledApi api() {
    DispatchOptions options =
        DispatchOptions.builder()
            .fallback(Fallback.MOCK)
            .problemBase("urn:p:")
            .listeners(List.of(completed::add))
            .endpoints(
                Map.of(
                    "/now", _ -> new Endpoint.Now(thread()),
                    "/later", _ -> new Endpoint.Later(EndpointWorkTest::thread),
                    "/waits", _ -> new Endpoint.Later(this::waits),
                    "/fails",
                        _ ->
                            new Endpoint.Later(() -> {
                              throw new IllegalStateException("secret");
                            })))
            .build();
    Compilation compilation =
        ApiCompiler.compile(
            OpenApiLoader.load(TestServer.file(DOCUMENT), LoadOptions.defaults()),
            options,
            Map.of(),
            Map.of());
    return ((Compilation.Compiled) compilation).api();
  }

  private static HttpResponse thread() {
    Thread thread = Thread.currentThread();
    return HttpResponse.text(200, thread.isVirtual() ? "virtual" : thread.getName());
  }

  private HttpResponse waits() {
    working.release();
    try {
      released.await();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
    return thread();
  }

  /** One event loop: whoever blocks it blocks everybody. */
  private Transport transport() {
    try {
      return Transport.start(
          new TransportConfig(
              "127.0.0.1",
              0,
              EventLoops.AUTO,
              1,
              TransportLimits.defaults(),
              TransportTimeouts.defaults(),
              Protocols.defaults()),
          gate);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @AfterEach
  void close() {
    released.countDown();
    transport.close();
  }

  private Answer get(String path) throws IOException {
    try (KeptConnection connection = new KeptConnection(transport.port())) {
      return connection.get(path);
    }
  }

  private KeptConnection waiting() throws Exception {
    KeptConnection connection = new KeptConnection(transport.port());
    connection.send("GET /waits HTTP/1.1\r\nHost: a\r\n\r\n");
    working.acquire();
    return connection;
  }

  private HttpResponse inProcess(String method, String path, int bytes) {
    HttpRequest head =
        new HttpRequest(
            Method.of(method),
            path,
            "HTTP/1.1",
            Headers.of(),
            Peer.of(InetSocketAddress.createUnresolved("client", 1)));
    return InProcess.exchange(gate, head, new byte[bytes]);
  }

  @Test
  void an_answer_that_is_there_takes_no_thread() throws Exception {
    assertThat(get("/now").content()).startsWith("brrt-loop");
    assertThat(TestServer.text(inProcess("GET", "/now", 0)))
        .isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void work_has_a_virtual_thread_at_both_speeds() throws Exception {
    assertThat(get("/later").content()).isEqualTo("virtual");
    assertThat(TestServer.text(inProcess("GET", "/later", 0))).isEqualTo("virtual");
    assertThat(TestServer.text(inProcess("HEAD", "/later", 0))).isEmpty();
  }

  @Test
  void the_event_loop_serves_others_meanwhile() throws Exception {
    try (KeptConnection waiting = waiting()) {
      assertThat(get("/now").status()).isEqualTo(200);
      assertThat(get("/operation").status()).isEqualTo(204);
      released.countDown();
      assertThat(waiting.read().content()).isEqualTo("virtual");
    }
  }

  @Test
  void a_failure_is_a_500_without_detail() throws Exception {
    assertThat(get("/fails").status()).isEqualTo(500);
    assertThat(get("/fails").content()).contains("urn:p:internal-error").doesNotContain("secret");
  }

  @Test
  void content_is_ignored_within_the_limit_of_bodies() {
    assertThat(inProcess("GET", "/later", 3).status()).isEqualTo(200);
    assertThat(inProcess("GET", "/later", DispatchLimits.DEFAULT.body() + 1).status())
        .isEqualTo(413);
  }

  @Test
  void every_answer_is_told_once() throws Exception {
    for (String path : List.of("/now", "/later", "/fails")) {
      int status = get(path).status();
      CompletedExchange told = completed.poll(10, TimeUnit.SECONDS);
      assertThat(told).isNotNull();
      assertThat(told.head().target()).isEqualTo(path);
      assertThat(told.status()).isEqualTo(status);
      assertThat(told.bytes()).isPositive();
    }
    assertThat(completed).isEmpty();
  }

  @Test
  void a_drain_waits_for_the_work() throws Exception {
    try (KeptConnection waiting = waiting()) {
      Thread.ofVirtual().start(released::countDown);
      assertThat(transport.drain(Duration.ofSeconds(10))).isTrue();
      assertThat(waiting.read().content()).isEqualTo("virtual");
    }
  }

  /** Apart from operations: figures are wanted most when those are too many. */
  @Test
  void so_many_work_at_a_time_and_no_more() throws Exception {
    int most = 64;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse>> waiting = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        waiting.add(clients.submit(() -> inProcess("GET", "/waits", 0)));
      }
      working.acquire(most);

      HttpResponse refused = inProcess("GET", "/later", 0);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers().get("Retry-After")).isEqualTo("1");
      assertThat(inProcess("GET", "/now", 0).status()).isEqualTo(200);
      assertThat(inProcess("GET", "/operation", 0).status()).isEqualTo(204);
      assertThat(gate.inFlight()).isZero();

      released.countDown();
      for (Future<HttpResponse> each : waiting) {
        assertThat(each.get().status()).isEqualTo(200);
      }
      assertThat(inProcess("GET", "/later", 0).status()).isEqualTo(200);
    }
  }
}
