package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.json;
import static io.brrtrouter.security.KeyServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests where whoever is asked about their credentials misbehaves. */
@Timeout(120)
class AskedServerTest {
  private static final String ACTIVE = "{\"active\":true,\"sub\":\"anna\",\"scope\":\"read\"}";
  private static final String SUBJECT = "{\"subject\":\"anna\",\"scopes\":[\"read\"]}";

  private final KeyServer server = new KeyServer();
  private final CountDownLatch end = new CountDownLatch(1);
  @TempDir private Path directory;

  @AfterEach
  void stop() {
    end.countDown();
    server.close();
  }

  /** Whoever asks, whatever about. */
  private interface Asker extends AutoCloseable {
    Verification verify(String credential) throws Exception;

    @Override
    void close();
  }

  private static Asker asker(String kind, URI url, Duration timeout) {
    return kind.equals("token") ? tokens(url, timeout) : keys(url, timeout);
  }

  private static Asker tokens(URI url, Duration timeout) {
    IntrospectionProvider provider =
        IntrospectionProvider.builder()
            .introspectionUrl(url)
            .clientId("pets")
            .clientSecret("client-secret")
            .anyAudience()
            .timeout(timeout)
            .build();
    return new Asker() {
      @Override
      public Verification verify(String token) throws Exception {
        return provider.verify(new Credential.Bearer(token), Tokens.REQUEST);
      }

      @Override
      public void close() {
        provider.close();
      }
    };
  }

  private static Asker keys(URI url, Duration timeout) {
    RemoteApiKeyProvider provider =
        RemoteApiKeyProvider.builder().verifyUrl(url).timeout(timeout).build();
    return new Asker() {
      @Override
      public Verification verify(String key) throws Exception {
        return provider.verify(new Credential.ApiKey(key), Tokens.REQUEST);
      }

      @Override
      public void close() {
        provider.close();
      }
    };
  }

  private void waits(KeyServer.Answer answer) {
    server.on(
        "/ask",
        exchange -> {
          end.await();
          answer.to(exchange);
        });
  }

  private Verification unavailable(String reason) {
    return new Verification.Unavailable(server.url("/ask") + " cannot be asked: " + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "key"})
  void one_that_hangs_is_waited_for_as_long_as_its_timeout(String kind) throws Exception {
    waits(json(kind.equals("token") ? ACTIVE : SUBJECT));
    try (Asker asker = asker(kind, server.url("/ask"), Duration.ofMillis(500))) {
      assertThat(asker.verify("a")).isEqualTo(unavailable("it does not answer within 500 ms"));
      assertThat(server.asked("/ask"))
          .as("nobody is asked twice who does not answer")
          .isLessThan(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "key"})
  void one_that_sends_an_octet_now_and_then_is_waited_for_no_longer(String kind) throws Exception {
    server.on(
        "/ask",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          while (!end.await(10, TimeUnit.MILLISECONDS)) {
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
          }
        });
    try (Asker asker = asker(kind, server.url("/ask"), Duration.ofMillis(200))) {
      assertThat(asker.verify("a")).isEqualTo(unavailable("it does not answer within 200 ms"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "key"})
  void one_that_answers_ten_megabytes_is_not_read_to_the_end(String kind) throws Exception {
    AtomicInteger most = new AtomicInteger();
    CountDownLatch broken = new CountDownLatch(1);
    server.on(
        "/ask",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 10L << 20);
          try {
            for (int i = 0; i < 10; i++) {
              exchange.getResponseBody().write(new byte[1 << 20]);
              most.accumulateAndGet(i + 1, Math::max);
            }
          } finally {
            broken.countDown();
          }
        });
    try (Asker asker = asker(kind, server.url("/ask"), Duration.ofSeconds(20))) {
      assertThat(asker.verify("a")).isInstanceOf(Verification.Unavailable.class);
      broken.await();
      assertThat(most.get()).isLessThan(10);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "HTTP/1.1 2 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"active\":true}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ""
      })
  void one_that_speaks_no_HTTP_says_nothing(String answer) throws Exception {
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      thread.submit(() -> {
        while (true) {
          try (Socket accepted = socket.accept()) {
            accepted.getInputStream().read(new byte[4096]);
            accepted.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
          }
        }
      });
      URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/ask");
      for (String kind : List.of("token", "key")) {
        try (Asker asker = asker(kind, url, Duration.ofSeconds(2))) {
          assertThat(asker.verify("a")).isInstanceOf(Verification.Unavailable.class);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void one_that_sends_elsewhere_is_not_followed(int redirect) throws Exception {
    server.on(
        "/ask",
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.url("/elsewhere").toString());
          status(redirect, "").to(exchange);
        });
    server.on("/elsewhere", json(ACTIVE));
    for (String kind : List.of("token", "key")) {
      try (Asker asker = asker(kind, server.url("/ask"), Duration.ofSeconds(10))) {
        assertThat(asker.verify("a")).isEqualTo(unavailable("it answers " + redirect));
      }
    }
    assertThat(server.asked("/elsewhere")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "key"})
  void a_thousand_clients_with_keys_of_their_own_ask_64_at_a_time(String kind) throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.on(
        "/ask",
        exchange -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          exchange.getRequestBody().readAllBytes();
          now.decrementAndGet();
          json(kind.equals("token") ? ACTIVE : SUBJECT).to(exchange);
        });
    try (Asker asker = asker(kind, server.url("/ask"), Duration.ofSeconds(30));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verification>> answers = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        String credential = "credential-" + i;
        answers.add(clients.submit(() -> asker.verify(credential)));
      }
      for (Future<Verification> each : answers) {
        assertThat(each.get()).isInstanceOf(Verification.Accepted.class);
      }
    }
    assertThat(server.asked("/ask")).isEqualTo(1_000);
    assertThat(most.get()).isBetween(1, 64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "key"})
  void of_clients_that_have_left_before_their_turn_nobody_is_asked(String kind) throws Exception {
    Semaphore asked = new Semaphore(0);
    server.on(
        "/ask",
        exchange -> {
          asked.release();
          end.await();
          json(kind.equals("token") ? ACTIVE : SUBJECT).to(exchange);
        });
    try (Asker asker = asker(kind, server.url("/ask"), Duration.ofSeconds(30));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verification>> first = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String credential = "first-" + i;
        first.add(clients.submit(() -> asker.verify(credential)));
      }
      asked.acquire(64);
      List<Thread> left = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String credential = "second-" + i;
        left.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    throw new AssertionError("answered: " + asker.verify(credential));
                  } catch (InterruptedException leaving) {
                    Thread.currentThread().interrupt();
                  } catch (Exception failed) {
                    throw new AssertionError(failed);
                  }
                }));
      }
      left.forEach(Thread::interrupt);
      for (Thread each : left) {
        each.join();
      }
      end.countDown();
      for (Future<Verification> each : first) {
        assertThat(each.get()).isInstanceOf(Verification.Accepted.class);
      }
      assertThat(asker.verify("last")).isInstanceOf(Verification.Accepted.class);
    }
    assertThat(server.asked("/ask")).isEqualTo(65);
  }

  @Test
  void whoever_comes_when_too_many_wait_gets_a_503_at_once() throws Exception {
    Semaphore asked = new Semaphore(0);
    server.on(
        "/ask",
        exchange -> {
          asked.release();
          end.await();
          json(ACTIVE).to(exchange);
        });
    try (Asker asker = tokens(server.url("/ask"), Duration.ofSeconds(30));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verification>> answers = new ArrayList<>();
      CountDownLatch over = new CountDownLatch(100);
      for (int i = 0; i < Flights.MOST_FOR_ONE + 100; i++) {
        answers.add(
            clients.submit(() -> {
              Verification answer = asker.verify("same");
              over.countDown();
              return answer;
            }));
      }
      over.await();
      end.countDown();
      List<Verification> all = new ArrayList<>();
      for (Future<Verification> each : answers) {
        all.add(each.get());
      }
      assertThat(all)
          .filteredOn(Verification.Unavailable.class::isInstance)
          .hasSize(100)
          .containsOnly(unavailable("too many requests wait for its answers"));
      assertThat(all).filteredOn(Verification.Accepted.class::isInstance).hasSize(1_024);
    }
    assertThat(server.asked("/ask")).isEqualTo(1);
  }

  /** Over HTTP: the 64 that are asked about, those who leave, and one who stays. */
  @Test
  void a_server_does_not_ask_about_tokens_whose_clients_have_left() throws Exception {
    Semaphore asked = new Semaphore(0);
    server.on(
        "/ask",
        exchange -> {
          asked.release();
          end.await();
          json(ACTIVE).to(exchange);
        });
    String yaml =
        """
        security:
          introspection:
            door:
              introspection_url: %s
              client_id: pets
              client_secret: client-secret
              any_audience: true
              timeout_ms: 30000
        """
            .formatted(server.url("/ask"));
    List<Socket> staying = new ArrayList<>();
    List<Socket> leaving = new ArrayList<>();
    try (Served served = Served.over(directory, "{type: http, scheme: bearer}", yaml)) {
      for (int i = 0; i < 64; i++) {
        staying.add(sent(served, "first-" + i));
      }
      asked.acquire(64);
      for (int i = 0; i < 100; i++) {
        leaving.add(sent(served, "second-" + i));
      }
      served.awaitInFlight(164);
      for (Socket each : leaving) {
        each.setSoLinger(true, 0);
        each.close();
      }
      served.awaitInFlight(64);
      end.countDown();
      for (Socket each : staying) {
        assertThat(new String(each.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 200");
        each.close();
      }
      assertThat(served.get("Authorization", "Bearer last").statusCode()).isEqualTo(200);
    }
    assertThat(server.asked("/ask")).isEqualTo(65);
  }

  private static Socket sent(Served served, String token) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port());
    socket
        .getOutputStream()
        .write(
            ("GET /pets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
