package io.brrtrouter.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
  private static final Client ANN = Client.named("key", "ann");
  private static final Client BEN = Client.named("key", "ben");

  private static Limit limit(int requests, int seconds) {
    return new Limit(
        "list", new Quota("default", requests, Duration.ofSeconds(seconds)), RateLimits.Key.IP);
  }

  private static String told(Standing standing) {
    return "%s r=%d t=%s"
        .formatted(
            standing.admitted() ? "yes" : "no",
            standing.remaining(),
            String.format(Locale.ROOT, "%.3f", standing.nanos() / 1e9));
  }

  /**
   * Each row is the story of one bucket: at which milliseconds requests come, what becomes of them.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # requests | seconds | at                | last
          1          | 1       | 0                 | yes r=0 t=1.000
          1          | 1       | 0 0               | no r=0 t=1.000
          1          | 1       | 0 999             | no r=0 t=0.001
          1          | 1       | 0 1000            | yes r=0 t=1.000
          4          | 60      | 0                 | yes r=3 t=15.000
          4          | 60      | 0 0               | yes r=2 t=15.000
          4          | 60      | 0 0 0 0           | yes r=0 t=15.000
          4          | 60      | 0 0 0 0 0         | no r=0 t=15.000
          4          | 60      | 0 0 0 0 14000     | no r=0 t=1.000
          4          | 60      | 0 0 0 0 15000     | yes r=0 t=15.000
          4          | 60      | 0 0 0 0 20000     | yes r=0 t=10.000
          4          | 60      | 0 0 0 0 30000     | yes r=1 t=15.000
          4          | 60      | 0 0 0 0 31000     | yes r=1 t=14.000
          4          | 60      | 0 0 0 0 60000     | yes r=3 t=15.000
          4          | 60      | 0 0 0 0 999999999 | yes r=3 t=15.000
          4          | 60      | 0 10000           | yes r=2 t=5.000
          4          | 60      | 5000 0            | yes r=1 t=5.000
          3          | 1       | 0 0 0 0           | no r=0 t=0.333
          3          | 1       | 0 0 0 334         | yes r=0 t=0.333
          1000000    | 1       | 0                 | yes r=999999 t=0.000
          """)
  void a_bucket_fills_evenly(int requests, int seconds, String at, String last) {
    // Near its end, the count of nanoseconds begins anew.
    for (long start : new long[] {0, Long.MAX_VALUE - 1_000_000_000L, -1}) {
      Buckets buckets = new Buckets(10);
      String told = "";
      for (String millis : at.split(" ")) {
        long now = start + Long.parseLong(millis) * 1_000_000;
        told = told(buckets.take(limit(requests, seconds), ANN, now));
      }
      assertThat(told).isEqualTo(last);
    }
  }

  @Test
  void clients_and_operations_have_their_own() {
    Buckets buckets = new Buckets(10);
    Limit one = limit(1, 60);
    Limit other = new Limit("create", one.quota(), one.key());

    assertThat(buckets.take(one, ANN, 0).admitted()).isTrue();
    assertThat(buckets.take(one, BEN, 0).admitted()).isTrue();
    assertThat(buckets.take(other, ANN, 0).admitted()).isTrue();
    assertThat(buckets.take(one, Client.named("token", "ann"), 0).admitted()).isTrue();
    assertThat(buckets.take(one, ANN, 0).admitted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.7, 203.0.113.8, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "::ffff:203.0.113.7, 203.0.113.7, true",
    "::1, 0.0.0.0, false",
    "ffff:ffff:ffff:ffff::, 255.255.255.255, false"
  })
  void of_IPv6_a_64_is_one_client(String one, String other, boolean same) {
    Client first = Client.at(InetAddress.ofLiteral(one));
    Client second = Client.at(InetAddress.ofLiteral(other));

    assertThat(first.equals(second)).isEqualTo(same);
    assertThat(first.key().equals(second.key())).isEqualTo(same);
  }

  @Test
  void a_subject_of_any_length_takes_little() {
    Client first = Client.named("token", "x".repeat(8000) + "1");
    Client second = Client.named("token", "x".repeat(8000) + "2");

    assertThat(first).isNotEqualTo(second);
    assertThat(((Named) first).name()).hasSize(71);
    assertThat(first.key()).hasSize(66).isNotEqualTo(second.key());
    assertThat(Client.named("ab", "c").key()).isNotEqualTo(Client.named("a", "bc").key());
    assertThat(Client.named("token", "ann@example.com").toString()).isEqualTo("Named[token]");
  }

  @Test
  void who_has_a_credential_is_nobody_who_is_named_so() {
    Client key = Client.withCredential("key", "7");

    assertThat(key).isEqualTo(Client.withCredential("key", "7"));
    for (Client other :
        List.of(
            Client.named("key", "7"),
            Client.withCredential("gate", "7"),
            Client.withCredential("key", "8"))) {
      assertThat(key).isNotEqualTo(other);
      assertThat(key.key()).isNotEqualTo(other.key());
      assertThat(key.identity()).isNotEqualTo(other.identity());
    }
    assertThat(key.key()).hasSize(66).startsWith("k:");
    assertThat(key.toString()).isEqualTo("Named[key]");
  }

  @Test
  void many_threads_get_exactly_the_limit() throws Exception {
    Buckets buckets = new Buckets(10);
    Limit limit = limit(1000, 3600);
    List<Callable<Long>> threads = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      threads.add(() ->
          IntStream.range(0, 500).filter(_ -> buckets.take(limit, ANN, 0).admitted()).count());
    }
    long admitted = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Long> thread : executor.invokeAll(threads)) {
        admitted += thread.get();
      }
    }

    assertThat(admitted).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 100, 10_000})
  void there_are_never_more_than_allowed(int most) {
    Buckets buckets = new Buckets(most);
    Limit limit = limit(10, 60);
    int largest = 0;
    for (int i = 0; i < 3 * most + 100; i++) {
      buckets.take(limit, Client.named("key", "invented " + i), i);
      largest = Math.max(largest, buckets.size());
    }

    assertThat(largest).isEqualTo(most);
  }

  @Test
  void who_invents_clients_resets_nobody_near_the_limit() {
    Buckets buckets = new Buckets(1000);
    Limit limit = limit(10, 3600);
    List<Client> atLimit =
        IntStream.range(0, 100).mapToObj(i -> Client.named("key", "client " + i)).toList();
    for (int i = 0; i < 10; i++) {
      atLimit.forEach(client -> buckets.take(limit, client, 0));
    }
    for (int i = 0; i < 100_000; i++) {
      buckets.take(limit, Client.named("key", "invented " + i), i);
    }

    assertThat(atLimit).noneMatch(client -> buckets.take(limit, client, 1_000_000).admitted());
    assertThat(buckets.size()).isLessThanOrEqualTo(1000);
  }

  @Test
  void full_buckets_make_room_first() {
    Buckets buckets = new Buckets(40);
    Limit limit = limit(2, 60);
    long later = Duration.ofSeconds(60).toNanos();
    for (int i = 0; i < 39; i++) {
      buckets.take(limit, Client.named("key", "quiet " + i), 0);
    }
    buckets.take(limit, ANN, later);
    for (int i = 0; i < 30; i++) {
      buckets.take(limit, Client.named("key", "new " + i), later);
    }

    assertThat(told(buckets.take(limit, ANN, later))).isEqualTo("yes r=0 t=30.000");
  }

  @Test
  void many_threads_with_many_clients_keep_the_bound() throws Exception {
    Buckets buckets = new Buckets(50);
    Limit limit = limit(10, 60);
    List<Callable<Void>> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int thread = i;
      threads.add(() -> {
        for (int j = 0; j < 2000; j++) {
          buckets.take(limit, Client.named("key", thread + " " + j % 300), j);
          assertThat(buckets.size()).isLessThanOrEqualTo(51); // one while it is exchanged
        }
        return null;
      });
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> thread : executor.invokeAll(threads)) {
        thread.get();
      }
    }
    assertThat(buckets.size()).isLessThanOrEqualTo(50);
  }
}
