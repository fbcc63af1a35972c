package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.status;
import static io.brrtrouter.security.Tokens.NOW;
import static io.brrtrouter.security.Tokens.claimsUntil;
import static io.brrtrouter.security.Tokens.onLoop;
import static io.brrtrouter.security.Tokens.refusal;
import static io.brrtrouter.security.Tokens.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.brrtrouter.server.auth.Verification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of an identity provider over a real socket, while a clock passes that the test turns. */
class RemoteKeysTest {
  private static final String UNKNOWN = "the key of the token is not known";

  /** Good for longer than any test pretends to last. */
  private static final String TOKEN = token(TestKey.P256);

  private final TestClock clock = new TestClock();
  private final KeyServer server = new KeyServer();
  private final List<JwtProvider> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(JwtProvider::close);
    server.close();
  }

  private JwtProviderBuilder builder() {
    return Tokens.builder(clock).jwksUrl(server.url("/keys"));
  }

  private JwtProvider open(JwtProviderBuilder builder) {
    JwtProvider provider = builder.build();
    opened.add(provider);
    return provider;
  }

  private JwtProvider open() {
    return open(builder());
  }

  private static String token(TestKey key) {
    String algorithm = key == TestKey.P256 ? "ES256" : "ES384";
    return token(key, algorithm);
  }

  private static String token(TestKey key, String algorithm) {
    return key.token(algorithm, claimsUntil(NOW + 1_000_000));
  }

  private static void assertAccepted(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Accepted.class);
  }

  /** Waits until the background has done what only it can. */
  private static void eventually(BooleanSupplier condition) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
          }
        });
  }

  @Nested
  class While_all_is_well {

    @Test
    void keys_are_fetched_once_for_many_tokens() {
      server.keys(TestKey.P256, TestKey.P384);
      JwtProvider provider = open();

      for (int i = 0; i < 10; i++) {
        assertAccepted(verify(provider, TOKEN));
        assertAccepted(verify(provider, token(TestKey.P384)));
      }
      assertThat(server.asked("/keys")).isEqualTo(1);
    }

    @Test
    void an_event_loop_answers_what_was_verified_before_and_nothing_else() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();

      assertThat(onLoop(provider, TOKEN)).isInstanceOf(Verification.NeedsThread.class);
      Verification verified = verify(provider, TOKEN);
      assertThat(onLoop(provider, TOKEN)).isSameAs(verified);
      assertThat(onLoop(provider, TOKEN + "x")).isInstanceOf(Verification.NeedsThread.class);
    }

    @Test
    void nothing_is_kept_where_nothing_is_to_be_kept() {
      server.keys(TestKey.P256);
      JwtProvider provider = open(builder().claimsCacheSize(0));

      assertAccepted(verify(provider, TOKEN));
      assertThat(onLoop(provider, TOKEN)).isInstanceOf(Verification.NeedsThread.class);
    }

    @Test
    void keys_are_fetched_again_in_the_background_before_they_are_too_old() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      clock.pass(Duration.ofSeconds(239));
      assertAccepted(onLoop(provider, TOKEN));
      assertThat(server.asked("/keys")).isEqualTo(1);
      clock.pass(Duration.ofSeconds(1));
      assertAccepted(onLoop(provider, TOKEN));
      eventually(() -> server.asked("/keys") == 2);
    }

    @Test
    void keys_that_are_too_old_are_waited_for() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      server.keys(TestKey.P384);
      clock.pass(Duration.ofSeconds(300));
      assertThat(onLoop(provider, TOKEN)).isInstanceOf(Verification.NeedsThread.class);
      assertThat(refusal(provider, TOKEN)).isEqualTo(UNKNOWN);
    }

    @Test
    void a_key_that_is_taken_away_takes_the_cached_claims_of_its_tokens_along() {
      server.keys(TestKey.P256, TestKey.P384);
      JwtProvider provider = open();
      String other = token(TestKey.P384);
      assertAccepted(verify(provider, TOKEN));
      assertAccepted(verify(provider, other));

      server.keys(TestKey.P384);
      clock.pass(Duration.ofSeconds(301));
      assertThat(refusal(provider, TOKEN)).isEqualTo(UNKNOWN);
      assertAccepted(onLoop(provider, other));
      assertThat(onLoop(provider, TOKEN)).isInstanceOf(Verification.NeedsThread.class);
    }

    @Test
    void another_key_of_the_same_name_is_another_key() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      TestKey replaced = TestKey.generate("p256", "EC", 256);
      server.keys(replaced);
      clock.pass(Duration.ofSeconds(301));
      assertThat(refusal(provider, TOKEN)).isEqualTo("the signature is not valid");
      assertAccepted(verify(provider, replaced.token("ES256", claimsUntil(NOW + 900))));
    }
  }

  @Nested
  class When_a_key_is_not_known {

    @Test
    void keys_are_fetched_again_so_that_a_new_key_counts_at_once() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      server.keys(TestKey.P256, TestKey.P384);
      assertAccepted(verify(provider, token(TestKey.P384)));
      assertThat(server.asked("/keys")).isEqualTo(2);
    }

    @Test
    void but_not_more_often_than_every_30_seconds() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      for (int i = 0; i < 100; i++) {
        TestKey made = new TestKey("made-up-" + i, TestKey.P384.pair());
        assertThat(refusal(provider, made.token("ES384", claimsUntil(NOW + 60))))
            .isEqualTo(UNKNOWN);
      }
      assertThat(server.asked("/keys")).isEqualTo(2);
      server.keys(TestKey.P256, TestKey.P384);
      clock.pass(Duration.ofMillis(29_999));
      assertThat(refusal(provider, token(TestKey.P384))).isEqualTo(UNKNOWN);
      clock.pass(Duration.ofMillis(1));
      assertAccepted(verify(provider, token(TestKey.P384)));
      assertThat(server.asked("/keys")).isEqualTo(3);
    }

    /** Set by hand, or by a time server after a start with a wrong clock. */
    @Test
    void a_clock_that_goes_back_keeps_no_key_out_and_none_in() {
      server.keys(TestKey.P256);
      clock.pass(Duration.ofHours(5));
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));
      assertThat(refusal(provider, token(TestKey.P384))).isEqualTo(UNKNOWN);

      clock.pass(Duration.ofHours(-5));
      server.keys(TestKey.P384);
      eventually(() -> verify(provider, token(TestKey.P384)) instanceof Verification.Accepted);
      assertThat(refusal(provider, TOKEN)).isEqualTo(UNKNOWN);
    }

    @Test
    void nothing_is_fetched_for_tokens_that_could_not_pass_anyway() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      verify(provider, "x.y.z");
      verify(provider, TestKey.P256.sign("ES256", "{\"alg\":\"none\",\"kid\":\"new\"}", "{}"));
      verify(provider, TestKey.P256.sign("ES256", "{\"alg\":\"ES384\",\"kid\":\"p256\"}", "{}"));
      assertThat(server.asked("/keys")).isEqualTo(1);
    }
  }

  @Nested
  class When_tokens_name_no_key {
    private final String unnamed =
        TestKey.P256.sign("ES256", "{\"alg\":\"ES256\"}", claimsUntil(NOW + 60));

    @Test
    void the_only_key_that_fits_is_theirs() {
      server.keys(TestKey.P256, TestKey.P384, TestKey.RSA);

      assertAccepted(verify(open(), unnamed));
    }

    @Test
    void no_key_is_tried_where_two_fit() {
      server.keys(TestKey.P256, TestKey.generate("other", "EC", 256));

      assertThat(refusal(open(), unnamed))
          .isEqualTo("the token does not say which key it is signed with");
    }
  }

  @Nested
  class When_keys_are_exchanged_without_a_sign {
    private final TestKey next = TestKey.generate("p256", "EC", 256);

    private void unnamed(TestKey key) {
      server.on("/keys", status(200, TestKey.keySet(key.jwk())));
    }

    private static String unnamedToken(TestKey key, String algorithm) {
      return key.sign(
          algorithm, "{\"alg\":\"%s\"}".formatted(algorithm), claimsUntil(NOW + 1_000_000));
    }

    @Test
    void a_token_of_a_new_key_without_a_name_counts_at_once() {
      unnamed(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, unnamedToken(TestKey.P256, "ES256")));

      unnamed(next);
      assertAccepted(verify(provider, unnamedToken(next, "ES256")));
      assertThat(refusal(provider, unnamedToken(TestKey.P256, "ES256")))
          .isEqualTo("the signature is not valid");
      assertThat(server.asked("/keys")).isEqualTo(2);
    }

    @Test
    void and_so_does_one_of_a_new_kind() {
      unnamed(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, unnamedToken(TestKey.P256, "ES256")));

      unnamed(TestKey.RSA);
      assertAccepted(verify(provider, unnamedToken(TestKey.RSA, "RS256")));
    }

    @Test
    void a_token_of_a_new_key_under_an_old_name_counts_within_30_seconds() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      server.keys(next);
      clock.pass(Duration.ofMillis(29_999));
      assertThat(refusal(provider, token(next, "ES256"))).isEqualTo("the signature is not valid");
      assertThat(server.asked("/keys")).isEqualTo(1);
      clock.pass(Duration.ofMillis(1));
      assertAccepted(verify(provider, token(next, "ES256")));
      assertThat(server.asked("/keys")).isEqualTo(2);
    }

    @Test
    void made_up_signatures_cost_one_fetch_each_30_seconds() {
      server.on("/keys", status(200, TestKey.keySet(TestKey.P256.jwk(), TestKey.RSA.namedJwk())));
      JwtProvider provider = open();
      assertAccepted(verify(provider, unnamedToken(TestKey.P256, "ES256")));

      for (int round = 1; round <= 4; round++) {
        for (int i = 0; i < 25; i++) {
          String claims = claimsUntil(NOW + i);
          String unnamed = next.sign("ES256", "{\"alg\":\"ES256\"}", claims);
          assertThat(refusal(provider, unnamed)).isEqualTo("the signature is not valid");
          String unfit = TestKey.P384.sign("ES384", "{\"alg\":\"ES384\"}", claims);
          assertThat(refusal(provider, unfit))
              .isEqualTo("no key is for the algorithm of the token");
          String named = "{\"alg\":\"RS256\",\"kid\":\"rsa\"}";
          assertThat(refusal(provider, TestKey.OTHER_RSA.sign("RS256", named, claims)))
              .isEqualTo("the signature is not valid");
        }
        assertThat(server.asked("/keys")).isEqualTo(1 + round);
        clock.pass(Duration.ofSeconds(30));
      }
    }
  }

  @Nested
  class When_nobody_answers {

    /** Promise 7: a JWKS outage of an hour keeps known keys working. */
    @Test
    void known_keys_keep_working_for_an_hour() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      server.on("/keys", status(503, "down"));
      for (int minute = 0; minute < 60; minute++) {
        clock.pass(Duration.ofMinutes(1));
        String fresh = TestKey.P256.token("ES256", claimsUntil(NOW + 9_000 + minute));
        assertAccepted(verify(provider, TOKEN));
        assertAccepted(verify(provider, fresh));
      }
      assertThat(server.asked("/keys")).as("how often it was tried").isGreaterThan(1);
      server.keys(TestKey.P256);
      clock.pass(Duration.ofMinutes(1));
      assertAccepted(verify(provider, TOKEN));
    }

    @Test
    void and_no_longer_than_the_set_time_beyond_their_own() {
      server.keys(TestKey.P256);
      JwtProvider provider = open(builder().staleFor(Duration.ofSeconds(100)));
      assertAccepted(verify(provider, TOKEN));

      server.on("/keys", status(500, ""));
      clock.pass(Duration.ofMillis(399_999));
      assertAccepted(verify(provider, TOKEN));
      clock.pass(Duration.ofMillis(1));
      assertThat(verify(provider, TOKEN))
          .isEqualTo(
              new Verification.Unavailable(
                  "keys of " + server.url("/keys") + " cannot be loaded: it answers 500"));
      assertThat(onLoop(provider, TOKEN)).isInstanceOf(Verification.NeedsThread.class);
    }

    /**
     * Nobody accepts, and the queue of those who wait for that is full: not even a refusal comes.
     */
    @Test
    @Timeout(100) // The system itself gives up connecting after more than two minutes.
    void not_even_to_a_connection_known_keys_keep_working() throws Exception {
      List<Socket> queue = new ArrayList<>();
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/keys");
        Thread first = Thread.startVirtualThread(() -> answerOnce(socket, TestKey.P256));
        JwtProvider provider =
            open(Tokens.builder(clock).jwksUrl(url).timeout(Duration.ofSeconds(3)));
        assertAccepted(verify(provider, TOKEN));
        first.join();
        fill(socket, queue);

        clock.pass(Duration.ofSeconds(301));
        assertAccepted(verify(provider, TOKEN));
        clock.pass(Duration.ofHours(1));
        assertThat(verify(provider, TOKEN))
            .isEqualTo(
                new Verification.Unavailable(
                    "keys of " + url + " cannot be loaded: it does not answer within 3000 ms"));
      } finally {
        for (Socket each : queue) {
          each.close();
        }
      }
    }

    private static void answerOnce(ServerSocket socket, TestKey key) {
      byte[] body = TestKey.keySet(key.namedJwk()).getBytes(StandardCharsets.UTF_8);
      try (Socket connection = socket.accept()) {
        BufferedReader head =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        while (!head.readLine().isEmpty()) {}
        connection
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                    .formatted(body.length)
                    .getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().write(body);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    private static void fill(ServerSocket socket, List<Socket> queue) throws IOException {
      while (queue.size() < 20) {
        Socket next = new Socket();
        queue.add(next);
        try {
          next.connect(socket.getLocalSocketAddress(), 1_000);
        } catch (SocketTimeoutException full) {
          return;
        }
      }
      throw new AssertionError("the queue of a socket is never full here");
    }

    @Test
    void a_key_that_was_never_fetched_is_nobodys_fault() {
      server.on("/keys", status(502, ""));
      JwtProvider provider = open();

      assertThat(verify(provider, TOKEN))
          .isEqualTo(
              new Verification.Unavailable(
                  "keys of " + server.url("/keys") + " cannot be loaded: it answers 502"));
    }

    @Test
    void it_is_tried_again_after_a_second_then_two_then_four() {
      server.on("/keys", status(502, ""));
      JwtProvider provider = open();
      verify(provider, TOKEN);
      int[] seconds = {1, 2, 4, 8, 16, 30, 30};

      for (int i = 0; i < seconds.length; i++) {
        clock.pass(Duration.ofSeconds(seconds[i]).minusMillis(1));
        verify(provider, TOKEN);
        assertThat(server.asked("/keys")).as("before " + seconds[i] + " s").isEqualTo(i + 1);
        clock.pass(Duration.ofMillis(1));
        verify(provider, TOKEN);
        assertThat(server.asked("/keys")).as("after " + seconds[i] + " s").isEqualTo(i + 2);
      }
      server.keys(TestKey.P256);
      clock.pass(Duration.ofSeconds(30));
      assertAccepted(verify(provider, TOKEN));
    }
  }

  @Nested
  class What_is_no_key_set {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "x",
          "[]",
          "null",
          "{}",
          "{\"keys\":{}}",
          "{\"keys\":[]",
          "{\"keys\":[]} {}",
          "{\"keys\":[],\"keys\":[]}",
          "<html></html>"
        })
    void changes_nothing(String body) {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      server.on("/keys", status(200, body));
      clock.pass(Duration.ofMinutes(10));
      verify(provider, TOKEN);
      assertAccepted(verify(provider, TOKEN));
      assertThat(server.asked("/keys")).isEqualTo(2);
    }

    private static Stream<Named<String>> tooMuch() {
      String set = TestKey.keySet(TestKey.P384.namedJwk());
      String[] keys = new String[101];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = new TestKey("key-" + i, TestKey.P384.pair()).namedJwk();
      }
      keys[100] = TestKey.P384.namedJwk();
      return Stream.of(
          Named.of("257 KiB", set + " ".repeat(256 * 1024 + 1 - set.length())),
          Named.of("101 keys", TestKey.keySet(keys)));
    }

    /** Again and again, for an hour in which the good keys grow old. */
    @ParameterizedTest
    @MethodSource("tooMuch")
    void a_set_that_is_too_large_leaves_the_one_before(String tooLarge) {
      server.keys(TestKey.P256);
      JwtProvider provider = open(builder().timeout(Duration.ofSeconds(20)));
      assertAccepted(verify(provider, TOKEN));

      server.on("/keys", status(200, tooLarge));
      for (int minute = 5; minute <= 60; minute += 5) {
        int asked = server.asked("/keys");
        clock.pass(Duration.ofMinutes(5));
        String fresh = TestKey.P256.token("ES256", claimsUntil(NOW + 9_000 + minute));
        assertAccepted(verify(provider, fresh));
        assertAccepted(verify(provider, TOKEN));
        assertThat(refusal(provider, token(TestKey.P384)))
            .as("a key of the set that is too large")
            .isEqualTo(UNKNOWN);
        assertThat(server.asked("/keys")).as("fetched again").isGreaterThan(asked);
      }

      server.keys(TestKey.P256, TestKey.P384);
      clock.pass(Duration.ofMinutes(4));
      assertAccepted(verify(provider, token(TestKey.P384)));
    }

    @Test
    void a_set_without_keys_is_a_set_and_trusts_nobody() {
      server.keys(TestKey.P256);
      JwtProvider provider = open();
      assertAccepted(verify(provider, TOKEN));

      server.on("/keys", status(200, "{\"keys\":[]}"));
      clock.pass(Duration.ofMinutes(10));
      assertThat(refusal(provider, TOKEN)).isEqualTo(UNKNOWN);
    }

    @Test
    void more_than_100_keys_are_too_many() {
      TestKey[] keys = new TestKey[100];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = new TestKey("key-" + i, TestKey.P256.pair());
      }
      server.keys(keys);
      assertAccepted(verify(open(), keys[99].token("ES256", claimsUntil(NOW + 60))));

      TestKey[] more = Arrays.copyOf(keys, 101);
      more[100] = TestKey.P384;
      server.keys(more);
      assertThat(trouble()).isEqualTo("it has more than 100 keys");
    }

    @Test
    void more_than_256_KiB_are_too_many() {
      String set = TestKey.keySet(TestKey.P256.namedJwk());
      server.on("/keys", status(200, set + " ".repeat(256 * 1024 - set.length())));
      assertAccepted(verify(open(), TOKEN));

      server.on("/keys", status(200, set + " ".repeat(256 * 1024 + 1 - set.length())));
      assertThat(trouble()).contains("262144");
    }

    /** No length is announced, and no end comes. */
    @Test
    void a_body_without_end_is_not_read_to_its_end() {
      server.on(
          "/keys",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
            while (!Thread.currentThread().isInterrupted()) {
              exchange.getResponseBody().write(spaces);
            }
          });
      assertThat(trouble()).contains("262144");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_not_followed(int status) {
      server.on("/elsewhere", status(200, TestKey.keySet(TestKey.P256.namedJwk())));
      server.on(
          "/keys",
          exchange -> {
            exchange.getResponseHeaders().set("Location", server.url("/elsewhere").toString());
            exchange.sendResponseHeaders(status, -1);
          });

      assertThat(trouble()).isEqualTo("it answers " + status);
      assertThat(server.asked("/elsewhere")).isZero();
    }

    /** Though good keys come with it. */
    @ParameterizedTest
    @ValueSource(
        ints = {
          201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 304, 400, 401, 402, 403, 404, 405, 406,
          407, 408, 409, 410, 421, 422, 423, 425, 429, 451, 500, 501, 502, 503, 504, 511, 599
        })
    void any_other_status_than_200_tells_no_keys(int status) {
      boolean empty = status == 204 || status == 205 || status == 304;
      server.on("/keys", status(status, empty ? "" : TestKey.keySet(TestKey.P256.namedJwk())));

      assertThat(trouble()).isEqualTo("it answers " + status);
    }

    @Test
    void an_answer_that_does_not_come_is_not_waited_for() {
      CountDownLatch end = new CountDownLatch(1);
      server.on("/keys", exchange -> end.await());

      assertThat(trouble(Duration.ofMillis(300))).isEqualTo("it does not answer within 300 ms");
      end.countDown();
    }

    @Test
    void a_body_that_stops_midway_is_not_waited_for() {
      CountDownLatch end = new CountDownLatch(1);
      server.on(
          "/keys",
          exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            end.await();
          });

      assertThat(trouble(Duration.ofMillis(300))).isEqualTo("it does not answer within 300 ms");
      end.countDown();
    }

    private String trouble() {
      return trouble(Duration.ofSeconds(20));
    }

    /** {@return why a provider that never had keys cannot tell} */
    private String trouble(Duration timeout) {
      Verification verification = verify(open(builder().timeout(timeout)), TOKEN);
      String start = "keys of " + server.url("/keys") + " cannot be loaded: ";
      assertThat(verification)
          .isInstanceOfSatisfying(
              Verification.Unavailable.class,
              unavailable -> assertThat(unavailable.reason()).startsWith(start));
      return ((Verification.Unavailable) verification).reason().substring(start.length());
    }
  }

  @Nested
  class When_many_ask_at_once {

    @Test
    void fifty_threads_wait_for_one_fetch() throws Exception {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch answer = new CountDownLatch(1);
      String set = TestKey.keySet(TestKey.P256.namedJwk());
      server.on(
          "/keys",
          exchange -> {
            asked.countDown();
            answer.await();
            status(200, set).to(exchange);
          });
      JwtProvider provider = open(builder().timeout(Duration.ofSeconds(20)));

      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Verification>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          answers.add(threads.submit(() -> verify(provider, TOKEN)));
        }
        asked.await();
        answer.countDown();
        for (Future<Verification> each : answers) {
          assertAccepted(each.get());
        }
      }
      assertThat(server.asked("/keys")).isEqualTo(1);
    }

    @Test
    void fifty_tokens_of_a_new_key_are_worth_one_fetch() throws Exception {
      server.keys(TestKey.P256);
      JwtProvider provider = open(builder().timeout(Duration.ofSeconds(20)));
      assertAccepted(verify(provider, TOKEN));
      server.keys(TestKey.P256, TestKey.P384);

      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Verification>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          String token = TestKey.P384.token("ES384", claimsUntil(NOW + 60 + i));
          answers.add(threads.submit(() -> verify(provider, token)));
        }
        for (Future<Verification> each : answers) {
          assertAccepted(each.get());
        }
      }
      assertThat(server.asked("/keys")).isEqualTo(2);
    }
  }
}
