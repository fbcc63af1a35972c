package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.RateLimits;
import io.brrtrouter.server.limit.SharedLimiter;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.transport.EventLoops;
import io.brrtrouter.server.transport.Protocols;
import io.brrtrouter.server.transport.Transport;
import io.brrtrouter.server.transport.TransportConfig;
import io.brrtrouter.server.transport.TransportLimits;
import io.brrtrouter.server.transport.TransportTimeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Somebody slow counts for several servers: what waits for that is in flight, and only what is
 * counted before its credentials are looked at takes the room of what is being judged.
 */
@Timeout(60)
class SharedCountingTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Counted, version: "1"}
      paths:
        /open: {get: {operationId: open, responses: {"204": {description: ok}}}}
        /secret:
          get: {operationId: secret, security: [key: []], responses: {"204": {description: ok}}}
      components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
      """;

  private static final int IN_FLIGHT = 4;
  private static final int JUDGED = IN_FLIGHT / 2;

  private static final Quota OF_OPERATIONS = new Quota("default", 1_000, Duration.ofMinutes(1));
  private static final Quota BEFORE = new Quota("before", 2_000, Duration.ofMinutes(1));

  private final Semaphore counting = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<KeptConnection> waiting = new ArrayList<>();

  /** Counts at once, but for one quota. */
  private final class Slow implements SharedLimiter {
    private final Quota slowly;

    Slow(Quota slowly) {
      this.slowly = slowly;
    }

    @Override
    public Optional<Standing> take(String key, Quota quota, Duration patience) {
      if (quota.equals(slowly)) {
        counting.release();
        try {
          released.await();
        } catch (InterruptedException nobodyWaits) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }
      return Optional.of(new Standing(quota, true, 1, 0));
    }

    @Override
    public void close() {}
  }

  private Transport transport;

  private void serve(Quota slowly) throws IOException {
    transport =
        Transport.start(
            new TransportConfig(
                "127.0.0.1",
                0,
                EventLoops.AUTO,
                1,
                TransportLimits.defaults(),
                TransportTimeouts.defaults(),
                Protocols.defaults()),
            new Gate(api(slowly), IN_FLIGHT));
  }

  private CompiledApi api(Quota slowly) {
    RateLimits limits =
        new RateLimits(
            new RateLimits.Rules(
                Optional.of(new RateLimits.Terms(OF_OPERATIONS, RateLimits.Key.IP)),
                Map.of(),
                Optional.empty(),
                Optional.of(BEFORE),
                Optional.empty(),
                true),
            new RateLimits.Counting(10, Optional.of(new Slow(slowly)), Duration.ofMinutes(1)));
    Compilation compilation =
        ApiCompiler.compile(
            OpenApiLoader.load(TestServer.file(DOCUMENT), LoadOptions.defaults()),
            DispatchOptions.builder()
                .fallback(Fallback.MOCK)
                .rateLimits(limits)
                .security(SecurityOptions.of(Map.of("key", (_, _) -> Verification.accepted("me"))))
                .build(),
            Map.of(),
            Map.of());
    return ((Compilation.Compiled) compilation).api();
  }

  @AfterEach
  void close() throws IOException {
    released.countDown();
    for (KeptConnection connection : waiting) {
      connection.close();
    }
    transport.close();
  }

  /** Requests that are being counted, and do not end for now. */
  private void ask(int number, String path) throws Exception {
    for (int i = 0; i < number; i++) {
      KeptConnection connection = new KeptConnection(transport.port());
      waiting.add(connection);
      connection.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nX-Key: k\r\n\r\n");
    }
    assertThat(counting.tryAcquire(number, 20, TimeUnit.SECONDS))
        .as("%d requests to %s are being counted", number, path)
        .isTrue();
  }

  private int status(String path) throws IOException {
    try (KeptConnection connection = new KeptConnection(transport.port())) {
      connection.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nX-Key: k\r\n\r\n");
      return connection.read().status();
    }
  }

  private void assertAllAreServedAtLast() throws IOException {
    released.countDown();
    for (KeptConnection connection : waiting) {
      assertThat(connection.read().status()).isEqualTo(204);
    }
    assertThat(status("/secret")).isEqualTo(204);
    assertThat(status("/open")).isEqualTo(204);
  }

  @Test
  void what_anybody_may_call_is_served_while_as_much_is_judged_as_may_be() throws Exception {
    serve(BEFORE);
    ask(JUDGED, "/secret");

    assertThat(status("/secret")).as("there is no room to judge one more").isEqualTo(503);
    assertThat(status("/open")).isEqualTo(204);
    assertAllAreServedAtLast();
  }

  @Test
  void what_anybody_may_call_keeps_nobody_from_being_judged_while_it_is_counted() throws Exception {
    serve(OF_OPERATIONS);
    ask(JUDGED, "/open");
    ask(JUDGED, "/secret");

    assertThat(status("/open")).as("as many are in flight as may be").isEqualTo(503);
    assertAllAreServedAtLast();
  }
}
