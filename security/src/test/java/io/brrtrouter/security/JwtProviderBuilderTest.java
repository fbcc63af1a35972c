package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JwtProviderBuilderTest {
  private static final byte[] SECRET =
      "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.UTF_8);

  static Stream<Arguments> wrong() {
    URI keys = URI.create("https://id.example.com/keys");
    URI metadata = URI.create("https://id.example.com/.well-known/openid-configuration");
    return Stream.of(
        row(
            builder -> {},
            "issuer is missing: set it, or accept tokens of anybody with anyIssuer; audience is missing: set it, or accept tokens for anybody with anyAudience; has no keys to verify tokens with: set one of jwksUrl, discovery, jwksFile and hmacSecret"),
        row(
            builder -> builder.issuer("i").audience("a").jwksUrl(keys).hmacSecret(SECRET),
            "has 2 of jwksUrl, discovery, jwksFile and hmacSecret, and one only can count: take the others out"),
        row(
            builder -> builder.issuer("i").audience("a").jwksUrl(keys).jwksFile(Path.of("k")),
            "has 2 of jwksUrl, discovery, jwksFile and hmacSecret, and one only can count: take the others out"),
        row(
            builder -> builder.issuer("i").anyIssuer().audience("a").jwksUrl(keys),
            "issuer and anyIssuer contradict each other: take one of them out"),
        row(
            builder -> builder.anyIssuer().audience("a").discovery(metadata),
            "anyIssuer does nothing with discovery, which knows the issuer: take it out"),
        row(
            builder -> builder.issuer("i").audience("a").anyAudience().jwksUrl(keys),
            "audience and anyAudience contradict each other: take one of them out"),
        row(
            builder -> builder.issuer("i").audience("a").jwksUrl(keys).algorithms("RS256", "HS256"),
            "algorithms has HS256, which needs hmacSecret: take it out, or set hmacSecret in place of public keys"),
        row(
            builder ->
                builder.issuer("i").audience("a").hmacSecret(SECRET).algorithms("HS256", "RS256"),
            "algorithms has RS256, which needs public keys: take it out, or set jwksUrl in place of hmacSecret"),
        row(builder -> builder.issuer(" "), "issuer is empty: give it a value"),
        row(builder -> builder.audience(""), "audience is empty: give it a value"),
        row(
            builder -> builder.algorithms(),
            "algorithms is empty: name one, or leave it out for all that fit"),
        row(
            builder -> builder.types(),
            "types is empty: name one, or leave it out for the usual ones"),
        row(
            builder -> builder.cookieName("a b"),
            "cookieName = \"a b\" is no name of a cookie: use letters, digits, - and _"),
        row(
            builder -> builder.leeway(Duration.ofMinutes(11)),
            "leeway: PT11M is not between PT0S and PT10M"),
        row(
            builder -> builder.leeway(Duration.ofSeconds(-1)),
            "leeway: PT-1S is not between PT0S and PT10M"),
        row(
            builder -> builder.maxTokenAge(Duration.ZERO),
            "maxTokenAge: PT0S is not between PT1S and PT876600H"),
        row(
            builder -> builder.cacheTtl(Duration.ofMillis(999)),
            "cacheTtl: PT0.999S is not between PT1S and PT24H"),
        row(
            builder -> builder.staleFor(Duration.ofDays(2)),
            "staleFor: PT48H is not between PT0S and PT24H"),
        row(
            builder -> builder.refetchInterval(Duration.ZERO),
            "refetchInterval: PT0S is not between PT1S and PT24H"),
        row(
            builder -> builder.timeout(Duration.ofMinutes(1)),
            "timeout: PT1M is not between PT0.1S and PT30S"),
        row(
            builder -> builder.claimsCacheSize(-1),
            "claimsCacheSize: -1 is not between 0 and 1000000"),
        row(
            builder -> builder.maxTokenBytes(255),
            "maxTokenBytes: 255 is not between 256 and 65536"),
        row(builder -> builder.maxKidBytes(8_193), "maxKidBytes: 8193 is not between 1 and 8192"),
        row(
            builder -> builder.maxKeySetBytes(1_023),
            "maxKeySetBytes: 1023 is not between 1024 and 4194304"),
        row(builder -> builder.maxKeys(0), "maxKeys: 0 is not between 1 and 10000"),
        row(
            builder -> builder.jwksUrl(URI.create("http://id.example.com/keys")),
            "jwksUrl is http://id.example.com/keys, which is not encrypted: use https; plain http is for localhost, 127.0.0.0/8 and [::1]"),
        row(
            builder -> builder.discovery(URI.create("http://id.example.com/m")),
            "discovery is http://id.example.com/m, which is not encrypted: use https; plain http is for localhost, 127.0.0.0/8 and [::1]"));
  }

  private static Arguments row(Consumer<JwtProviderBuilder> settings, String message) {
    return Arguments.of(settings, message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrong")
  void what_is_wrong_is_refused(Consumer<JwtProviderBuilder> settings, String message) {
    assertThatThrownBy(
            () -> {
              JwtProviderBuilder builder = JwtProvider.builder();
              settings.accept(builder);
              builder.build().close();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void a_report_says_where_keys_are_and_no_secret() {
    JwtProviderBuilder builder = JwtProvider.builder().issuer("i").audience("a").hmacSecret(SECRET);
    try (JwtProvider provider = builder.build()) {
      assertThat(provider.description()).isEqualTo("JWT, a shared secret");
      assertThat(provider.toString()).doesNotContain("0123");
    }
    try (JwtProvider provider =
        JwtProvider.builder()
            .issuer("i")
            .audience("a")
            .jwksUrl(URI.create("http://127.0.0.1:1/keys?key=secret"))
            .build()) {
      assertThat(provider.description()).isEqualTo("JWT, keys from http://127.0.0.1:1/keys");
    }
  }

  @Test
  void a_cookie_is_looked_at_where_one_is_named() {
    JwtProviderBuilder builder = JwtProvider.builder().issuer("i").audience("a").hmacSecret(SECRET);

    assertThat(builder.build().cookieName()).isEmpty();
    assertThat(builder.cookieName("session").build().cookieName()).contains("session");
  }

  @Test
  void a_secret_that_is_changed_afterwards_is_not() {
    byte[] secret = SECRET.clone();
    try (JwtProvider provider = Tokens.builder(new TestClock()).hmacSecret(secret).build()) {
      secret[0]++;
      String token = TestKey.hmac("HS256", SECRET, "{\"alg\":\"HS256\"}", Tokens.claims());
      assertThat(Tokens.refusal(provider, token)).startsWith("Accepted");
    }
  }
}
