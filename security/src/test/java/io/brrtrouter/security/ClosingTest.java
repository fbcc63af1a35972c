package io.brrtrouter.security;

import static io.brrtrouter.security.Tokens.claims;
import static io.brrtrouter.security.Tokens.onLoop;
import static io.brrtrouter.security.Tokens.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.brrtrouter.server.auth.Verification;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, because it counts threads. */
@Isolated
class ClosingTest {
  private final String token = TestKey.P256.token("ES256", claims());

  @Test
  void a_closed_provider_leaves_no_threads_and_lets_nobody_in() {
    Set<Thread> before = clients();
    try (KeyServer server = new KeyServer().keys(TestKey.P256)) {
      JwtProvider provider = Tokens.builder(new TestClock()).jwksUrl(server.url("/keys")).build();
      assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
      assertThat(clients()).hasSizeGreaterThan(before.size());

      provider.close();
      assertThat(verify(provider, token))
          .isEqualTo(new Verification.Unavailable("the provider is closed"));
      assertThat(onLoop(provider, token)).isInstanceOf(Verification.NeedsThread.class);
      awaitOnly(before);
    }
  }

  @Test
  void closing_does_not_wait_for_who_does_not_answer() {
    Set<Thread> before = clients();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (KeyServer server = new KeyServer()) {
      server.on(
          "/keys",
          exchange -> {
            asked.countDown();
            end.await();
          });
      JwtProvider provider =
          Tokens.builder(new TestClock())
              .jwksUrl(server.url("/keys"))
              .timeout(Duration.ofSeconds(30))
              .build();
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            asked.await();
            provider.close();
          });
      awaitOnly(before);
      end.countDown();
    }
  }

  /** The threads of HTTP clients; virtual ones are not listed, and end with them. */
  private static Set<Thread> clients() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("HttpClient"))
        .collect(Collectors.toSet());
  }

  private static void awaitOnly(Set<Thread> before) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          while (!before.containsAll(clients())) {
            Thread.onSpinWait();
          }
        });
  }
}
