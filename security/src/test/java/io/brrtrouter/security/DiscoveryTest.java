package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.status;
import static io.brrtrouter.security.Tokens.AUDIENCE;
import static io.brrtrouter.security.Tokens.NOW;
import static io.brrtrouter.security.Tokens.refusal;
import static io.brrtrouter.security.Tokens.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Verification;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Discovery 1.0 section 4 and RFC 8414 section 3, over a real socket. */
class DiscoveryTest {
  private static final String OPENID = "/realms/pets/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server/realms/pets";

  private final KeyServer server = new KeyServer().keys(TestKey.P256);
  private final String issuer = server.url("/realms/pets").toString();

  @AfterEach
  void close() {
    server.close();
  }

  private JwtProviderBuilder builder(String path) {
    return JwtProvider.builder()
        .discovery(server.url(path))
        .audience(AUDIENCE)
        .clock(new TestClock());
  }

  private void state(String path, String issuer, String jwks) {
    server.on(path, status(200, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer, jwks)));
  }

  private static String tokenOf(String issuer) {
    return TestKey.P256.token(
        "ES256",
        "{\"iss\":\"%s\",\"aud\":\"%s\",\"exp\":%d}".formatted(issuer, AUDIENCE, NOW + 60));
  }

  private static void assertAccepted(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource({OPENID, OAUTH})
  void metadata_tells_the_keys_and_the_issuer(String path) {
    state(path, issuer, server.url("/keys").toString());
    try (JwtProvider provider = builder(path).build()) {
      assertAccepted(verify(provider, tokenOf(issuer)));
      assertThat(refusal(provider, tokenOf(issuer + "/")))
          .isEqualTo("the token is not of this issuer");
      assertThat(refusal(provider, tokenOf("https://evil.example.com")))
          .isEqualTo("the token is not of this issuer");
      assertThat(provider.description()).isEqualTo("JWT, keys found by " + server.url(path));
    }
  }

  @Test
  void an_issuer_may_have_a_slash_that_its_URL_has_not() {
    state(OPENID, issuer + "/", server.url("/keys").toString());
    try (JwtProvider provider = builder(OPENID).build()) {
      assertAccepted(verify(provider, tokenOf(issuer + "/")));
      assertThat(refusal(provider, tokenOf(issuer))).isEqualTo("the token is not of this issuer");
    }
  }

  @Test
  void metadata_anywhere_is_that_of_the_issuer_that_is_set() {
    state("/metadata", "https://id.example.com", server.url("/keys").toString());
    try (JwtProvider provider = builder("/metadata").issuer("https://id.example.com").build()) {
      assertAccepted(verify(provider, tokenOf("https://id.example.com")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | it is not a JSON object with unique names",
        "{} | its \"issuer\" is not ISSUER",
        "{\"issuer\":\"https://evil.example.com\",\"jwks_uri\":\"KEYS\"} | its \"issuer\" is not ISSUER",
        "{\"issuer\":\"ISSUER//\",\"jwks_uri\":\"KEYS\"} | its \"issuer\" is not ISSUER",
        "{\"issuer\":\"ISSUER\"} | it has no \"jwks_uri\"",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":7} | it has no \"jwks_uri\"",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"not a URL\"} | its \"jwks_uri\" is not a URL",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"/keys\"} | its \"jwks_uri\" is a URL which nobody can be asked at",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"file:///etc/passwd\"} | its \"jwks_uri\" is a URL which nobody can be asked at",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"ftp://127.0.0.1/keys\"} | its \"jwks_uri\" is a URL which nobody can be asked at",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"https://u:p@127.0.0.1/keys\"} | its \"jwks_uri\" is a URL with a user or password before it",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"http://id.example.com/keys\"} | its \"jwks_uri\" is a URL which is not encrypted",
        "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"MISSING\"} | it answers 404"
      })
  void metadata_that_says_something_else_is_not_followed(String metadata, String reason) {
    server.on(
        OPENID,
        status(
            200,
            metadata
                .replace("ISSUER", issuer)
                .replace("KEYS", server.url("/keys").toString())
                .replace("MISSING", server.url("/missing").toString())));
    try (JwtProvider provider = builder(OPENID).build()) {
      assertThat(verify(provider, tokenOf(issuer)))
          .isEqualTo(
              new Verification.Unavailable(
                  "keys of "
                      + server.url(OPENID)
                      + " cannot be loaded: "
                      + reason.replace("ISSUER", issuer)));
    }
    assertThat(server.asked("/keys")).isZero();
  }

  /** Of the metadata and of the keys that it names, though what comes with it is good. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 304, 400, 401, 402, 403, 404, 405, 406,
        407, 408, 409, 410, 421, 422, 423, 425, 429, 451, 500, 501, 502, 503, 504, 511, 599, 301,
        302, 303, 307, 308
      })
  void any_other_status_than_200_tells_nothing(int status) {
    String body = "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer, server.url("/keys"));
    answers(OPENID, status, body);
    assertThat(trouble()).isEqualTo("it answers " + status);
    assertThat(server.asked("/keys")).isZero();

    answers(OPENID, 200, body);
    answers("/keys", status, TestKey.keySet(TestKey.P256.namedJwk()));
    assertThat(trouble()).isEqualTo("it answers " + status);
    assertThat(server.asked("/keys")).isEqualTo(1);
  }

  private void answers(String path, int status, String body) {
    boolean empty = status == 204 || status == 205 || status == 304;
    server.on(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.url("/elsewhere").toString());
          status(status, empty ? "" : body).to(exchange);
        });
  }

  /** {@return why the keys cannot be loaded} */
  private String trouble() {
    try (JwtProvider provider = builder(OPENID).build()) {
      assertThat(verify(provider, tokenOf(issuer)))
          .isInstanceOfSatisfying(
              Verification.Unavailable.class,
              unavailable ->
                  assertThat(unavailable.reason())
                      .startsWith("keys of " + server.url(OPENID) + " cannot be loaded: "));
      return ((Verification.Unavailable) verify(provider, tokenOf(issuer)))
          .reason()
          .replaceFirst(".* cannot be loaded: ", "");
    }
  }

  @Test
  void a_URL_that_is_not_made_of_an_issuer_needs_one() {
    assertThatThrownBy(() ->
            JwtProvider.builder()
                .discovery(URI.create("https://id.example.com/metadata"))
                .audience(AUDIENCE)
                .build())
        .hasMessage(
            "issuer is missing, and the URL of discovery is not made of one: set it to what the"
                + " tokens have as iss");
  }
}
