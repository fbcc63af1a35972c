package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.limit.Client;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What requests of a service share: connections, and room for what is collected. */
@Timeout(120)
class UpstreamTest {
  private static final int MIB = 1 << 20;

  /** A service of one connection, for which anybody waits an hour. */
  private static Upstream upstream(String url, Duration deadline) throws NoSuchAlgorithmException {
    return upstream(url, deadline, 64 << 20);
  }

  private static Upstream upstream(String url, Duration deadline, int collected)
      throws NoSuchAlgorithmException {
    Duration hour = Duration.ofHours(1);
    Set<String> none = Set.of();
    return new Upstream(
        new ProxySettings(
            "catalog",
            List.of(URI.create(url)),
            new ProxySettings.Times(hour, hour, hour, hour, deadline, hour, hour),
            new ProxySettings.Retry(0, false, Set.of(), Duration.ZERO),
            new ProxySettings.Fields(
                false, false, false, false, none, none, none, none, "X", Optional.empty()),
            1,
            2,
            4_096,
            0,
            collected),
        _ -> new Circuit(Optional.empty(), Duration.ZERO),
        SSLContext.getDefault());
  }

  private static ClassicHttpRequest request() {
    return new BasicClassicHttpRequest("GET", (String) null, null, "/");
  }

  private static <T> FutureTask<T> later(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void who_waits_for_a_connection_waits_no_longer_than_it_is_wanted() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawService service = RawService.of((request, out, socket) -> end.await());
        Upstream upstream = upstream(service.url(), Duration.ZERO)) {
      Call first = new Call(upstream, "first", Client.UNKNOWN);
      FutureTask<?> holding =
          later(() -> first.attempt(Objects.requireNonNull(upstream.turn().next()), request()));
      while (upstream.connections().getTotalStats().getLeased() < 1) {
        Thread.onSpinWait();
      }
      Call second = new Call(upstream, "second", Client.UNKNOWN);
      FutureTask<?> waiting =
          later(() -> second.attempt(Objects.requireNonNull(upstream.turn().next()), request()));
      while (upstream.connections().getTotalStats().getPending() < 1) {
        Thread.onSpinWait();
      }

      second.abort();

      assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ClientGoneException.class);
      first.abort();
      assertThatThrownBy(() -> holding.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClientGoneException.class);
      assertThat(upstream.connections().getTotalStats().getLeased()).isZero();
    } finally {
      end.countDown();
    }
  }

  @Test
  void a_call_that_is_over_asks_for_no_connection() throws Exception {
    try (Upstream upstream = upstream("http://127.0.0.1:1", Duration.ZERO)) {
      Call call = new Call(upstream, "over", Client.UNKNOWN);
      call.abort();

      assertThatThrownBy(() -> call.rest(3_600_000)).isInstanceOf(ClientGoneException.class);
      assertThatThrownBy(
              () -> call.attempt(Objects.requireNonNull(upstream.turn().next()), request()))
          .isInstanceOf(ClientGoneException.class);
    }
  }

  @Test
  void an_hour_before_another_attempt_is_over_with_the_deadline() throws Exception {
    try (Upstream upstream = upstream("http://127.0.0.1:1", Duration.ofMillis(100))) {
      Call call = new Call(upstream, "late", Client.UNKNOWN);

      assertThatThrownBy(() -> call.rest(3_600_000))
          .isInstanceOf(AttemptException.class)
          .hasMessage("deadline_ms has passed");
    }
  }

  @Test
  void responses_are_collected_while_there_is_room() throws Exception {
    try (Upstream upstream = upstream("http://127.0.0.1:1", Duration.ZERO)) {
      for (int i = 0; i < 4; i++) {
        assertThat(upstream.take(16 * MIB)).isTrue();
      }
      assertThat(upstream.take(1)).isFalse();
      upstream.giveBack(16 * MIB);
      assertThat(upstream.take(16 * MIB)).isTrue();
      assertThat(upstream.take(1)).isFalse();
    }
  }

  @Test
  void reasons_are_one_line_and_not_long() {
    assertThat(Call.reason(new IOException("a\r\nb\u001b[0m\u202e\u2028c d\u00e4")))
        .isEqualTo("IOException: a\ufffd\ufffdb\ufffd[0m\ufffd\ufffdc d\u00e4");
    assertThat(Call.reason(new IOException())).isEqualTo("IOException");
    assertThat(Call.reason(new IOException("a".repeat(100_000)))).hasSizeLessThan(1_000);
  }

  /** The bound is 1 MiB. */
  @Test
  void what_has_no_room_is_not_collected() throws Exception {
    int most = 900_000;
    try (Upstream upstream = upstream("http://localhost:1", Duration.ZERO, 1 << 20)) {
      Collected first = new Collected(upstream);
      assertThat(first.readAll(zeros(600_000), 600_000, most, Duration.ofHours(1))).isTrue();
      assertThat(
              new Collected(upstream).readAll(zeros(600_000), 600_000, most, Duration.ofHours(1)))
          .as("announced")
          .isFalse();
      Collected begun = new Collected(upstream);
      InputStream rest = zeros(600_000);
      assertThat(begun.readAll(rest, -1, most, Duration.ofHours(1)))
          .as("as far as there is room")
          .isFalse();
      assertThat(begun.octets().length + rest.available()).isEqualTo(600_000);
      begun.release();
      first.release();
      first.release();
      begun.release();

      Collected second = new Collected(upstream);
      assertThat(second.readAll(zeros(600_000), -1, most, Duration.ofHours(1))).isTrue();
      assertThat(second.octets()).hasSize(600_000);
      second.release();
      Collected longer = new Collected(upstream);
      assertThat(longer.readAll(zeros(most + 1), -1, most, Duration.ofHours(1)))
          .as("longer than the limit")
          .isFalse();
      assertThat(longer.octets()).as("all of what was read").hasSize(most + 1);
      longer.release();
      assertThat(upstream.take(1 << 20)).as("nothing is held").isTrue();
    }
  }

  private static InputStream zeros(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }
}
