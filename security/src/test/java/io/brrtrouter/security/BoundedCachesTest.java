package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.json;
import static io.brrtrouter.security.KeyServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was found out about credentials is kept for so many and no more, however many come by. One
 * thread asks, so whatever is one too many has gone before the next is asked about.
 */
class BoundedCachesTest {
  private static final int SIZE = 10;

  private final TestClock clock = new TestClock();
  private final KeyServer server = new KeyServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteApiKeyProvider remoteKeys() {
    server.on(
        "/verify",
        exchange ->
            status(
                    exchange.getRequestHeaders().getFirst("X-API-Key").startsWith("good")
                        ? 204
                        : 403,
                    "")
                .to(exchange));
    return RemoteApiKeyProvider.builder()
        .verifyUrl(server.url("/verify"))
        .timeout(Duration.ofSeconds(30))
        .cacheSize(SIZE)
        .clock(clock)
        .build();
  }

  private IntrospectionProvider introspection() {
    server.on(
        "/introspect",
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          json("{\"active\":" + form.contains("token=good") + "}").to(exchange);
        });
    return IntrospectionProvider.builder()
        .introspectionUrl(server.url("/introspect"))
        .clientId("pets")
        .clientSecret("client-secret")
        .anyAudience()
        .timeout(Duration.ofSeconds(30))
        .cacheSize(SIZE)
        .clock(clock)
        .build();
  }

  /** Half of them good. */
  private static List<String> thousand() {
    return IntStream.range(0, 1_000).mapToObj(i -> (i % 2 == 0 ? "good" : "bad") + i).toList();
  }

  private static Stream<String> thousand(String which) {
    return thousand().stream().filter(each -> each.startsWith(which));
  }

  private static void ask(SecurityProvider provider, Credential credential, boolean good)
      throws Exception {
    assertThat(provider.verify(credential, Tokens.REQUEST))
        .isInstanceOf(good ? Verification.Accepted.class : Verification.Refused.class);
  }

  /** {@return how many are answered without asking} Whoever looks keeps nothing. */
  private static long known(SecurityProvider provider, Stream<Credential> credentials) {
    return credentials
        .filter(each ->
            !(provider.verifyOnLoop(each, Tokens.REQUEST) instanceof Verification.NeedsThread))
        .count();
  }

  @Test
  void of_keys_that_somebody_else_knows() throws Exception {
    try (RemoteApiKeyProvider provider = remoteKeys()) {
      for (String key : thousand()) {
        ask(provider, new Credential.ApiKey(key), key.startsWith("good"));
      }

      assertThat(server.asked("/verify")).isEqualTo(1_000);
      assertThat(known(provider, thousand("good").map(Credential.ApiKey::new)))
          .isBetween(1L, (long) SIZE);
      assertThat(known(provider, thousand("bad").map(Credential.ApiKey::new)))
          .isBetween(1L, (long) SIZE);
    }
  }

  @Test
  void of_tokens_that_somebody_else_knows() throws Exception {
    try (IntrospectionProvider provider = introspection()) {
      for (String token : thousand()) {
        ask(provider, new Credential.Bearer(token), token.startsWith("good"));
      }

      assertThat(server.asked("/introspect")).isEqualTo(1_000);
      assertThat(known(provider, thousand("good").map(Credential.Bearer::new)))
          .isBetween(1L, (long) SIZE);
      assertThat(known(provider, thousand("bad").map(Credential.Bearer::new)))
          .isBetween(1L, (long) SIZE);
    }
  }

  /** Whoever makes keys up, each once or again and again, drives out nobody who has one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void a_good_key_is_not_asked_about_again_whatever_bad_ones_come(int times) throws Exception {
    try (RemoteApiKeyProvider provider = remoteKeys()) {
      Credential good = new Credential.ApiKey("good");
      ask(provider, good, true);
      for (int i = 0; i < 1_000; i++) {
        for (int time = 0; time < times; time++) {
          ask(provider, new Credential.ApiKey("bad" + i), false);
        }
      }
      assertThat(provider.verifyOnLoop(good, Tokens.REQUEST))
          .isInstanceOf(Verification.Accepted.class);
    }
  }

  @Test
  void of_signed_tokens() throws Exception {
    try (JwtProvider provider =
        Tokens.withKeys(Tokens.builder(clock).claimsCacheSize(SIZE), TestKey.P256.namedJwk())) {
      List<Credential> tokens = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        boolean good = i % 2 == 0;
        String claims = Tokens.claims("\"jti\":\"" + i + "\"");
        String header = "{\"alg\":\"ES256\",\"kid\":\"" + TestKey.P256.kid() + "\"}";
        String token =
            good
                ? TestKey.P256.token("ES256", claims)
                : TestKey.generate("p256", "EC", 256).sign("ES256", header, claims);
        tokens.add(new Credential.Bearer(token));
        ask(provider, tokens.getLast(), good);
      }

      assertThat(known(provider, tokens.stream())).isBetween(1L, (long) SIZE);
    }
  }

  @Test
  void of_passwords() throws Exception {
    int users = 3 * SIZE;
    BasicProviderBuilder builder = BasicProvider.builder().mostRemembered(SIZE).clock(clock);
    builder.patience(Duration.ofMinutes(1));
    for (int i = 0; i < users; i++) {
      builder.user("user" + i, BasicProviderTest.BCRYPT, List.of());
    }
    try (BasicProvider provider = builder.build()) {
      List<Credential> passwords = new ArrayList<>();
      for (int i = 0; i < users; i++) {
        passwords.add(new Credential.Basic("user" + i, "secret-password"));
        ask(provider, passwords.getLast(), true);
      }

      assertThat(known(provider, passwords.stream())).isBetween(1L, (long) SIZE);
    }
  }

  @Test
  void of_certificates() {
    AtomicInteger judged = new AtomicInteger();
    ClientCertificates certificates =
        new ClientCertificates(
            chain -> {
              judged.incrementAndGet();
              return Verification.accepted("somebody");
            },
            clock,
            SIZE);
    List<X509Certificate> own =
        IntStream.range(0, 100).mapToObj(i -> TestCertificate.of("CN=" + i).make()).toList();
    own.forEach(each -> certificates.verify(TestCertificate.credential(each)));
    assertThat(judged).hasValue(100);

    own.forEach(each -> certificates.verify(TestCertificate.credential(each)));
    assertThat(judged.get()).isBetween(200 - SIZE, 199);
  }
}
