package io.brrtrouter.server.cors;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TrustedProxies;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import io.brrtrouter.server.transport.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests that another site makes a browser send, with the credential that lets them in: which are
 * refused. What is not refused gets past security, 200, or meets it, 401.
 */
class CsrfTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Bank, version: "1"}
      components:
        securitySchemes:
          session: {type: apiKey, in: cookie, name: session}
          key: {type: apiKey, in: header, name: X-Key}
          office: {type: http, scheme: Basic}
          token: {type: http, scheme: bearer}
      paths:
        /office:
          post: {operationId: office, security: [office: [], token: []], responses: {"200": {description: ok}}}
          get: {operationId: office_get, security: [office: []], responses: {"200": {description: ok}}}
        /pay:
          post: {operationId: pay, security: [session: []], responses: {"200": {description: ok}}}
          get: {operationId: seen, security: [session: []], responses: {"200": {description: ok}}}
          query: {operationId: find, security: [session: []], responses: {"200": {description: ok}}}
          delete: {operationId: undo, security: [session: []], responses: {"200": {description: ok}}}
        /either:
          post: {operationId: either, security: [key: [], session: []], responses: {"200": {description: ok}}}
        /key:
          post: {operationId: keyed, security: [key: []], responses: {"200": {description: ok}}}
        /open:
          post: {operationId: open, responses: {"200": {description: ok}}}
        /apart:
          post: {operationId: apart, x-cors: false, security: [session: []], responses: {"200": {description: ok}}}
      """;

  /** Settings by the name of the server. */
  private static final Map<String, List<String>> SETTINGS =
      Map.of(
          "usual", List.of(),
          "off", List.of("security.csrf.enabled", "false"),
          "same-site", List.of("security.csrf.allow_same_site", "true"),
          "trusting", List.of("security.csrf.trusted_origins", "HTTPS://app.test:443"),
          "cookies", List.of("cors.origins", "https://app.test", "cors.allow_credentials", "true"),
          "listed", List.of("cors.origins", "https://app.test"),
          "any", List.of("cors.origins", "*"),
          "keys", List.of("cors.origins", "https://app.test", "cors.allowed_headers", "X-Key"),
          "lenient", List.of("cors.origins", "https://app.test", "cors.refuse_unlisted", "false"),
          "proxied", List.of("http.trusted_proxies", "127.0.0.0/8"));

  private static final Map<String, BrrtServer> SERVERS = new ConcurrentHashMap<>();

  private static BrrtServer start(String name) {
    return BrrtServer.builder()
        .document(TestServer.file(DOCUMENT))
        .config(TestServer.config(SETTINGS.get(name).toArray(new String[0])))
        .mock(true)
        .security("session", (_, _) -> Verification.accepted("anybody"))
        .security("key", (_, _) -> Verification.accepted("anybody"))
        .security("office", (_, _) -> Verification.accepted("anybody"))
        .security("token", (_, _) -> Verification.accepted("anybody"))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(BrrtServer::close);
  }

  @ParameterizedTest(name = "{0}: {1} [{2}] -> {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Fetch Metadata, which every current browser sends.
          usual     | POST /pay    | session; Sec-Fetch-Site: same-origin | 200
          usual     | POST /pay    | session; Sec-Fetch-Site: none | 200
          usual     | POST /pay    | session; Sec-Fetch-Site: cross-site | 403
          usual     | POST /pay    | session; Sec-Fetch-Site: same-site | 403
          usual     | POST /pay    | session; Sec-Fetch-Site: something new | 403
          usual     | DELETE /pay  | session; Sec-Fetch-Site: cross-site | 403
          usual     | POST /apart  | session; Sec-Fetch-Site: cross-site | 403
          usual     | POST /pay    | session; Sec-Fetch-Site: cross-site; Origin: http://api.test | 403
          same-site | POST /pay    | session; Sec-Fetch-Site: same-site | 200
          same-site | POST /pay    | session; Sec-Fetch-Site: cross-site | 403
          # What changes nothing may be asked by everybody: the answer is kept from them.
          usual     | GET /pay     | session; Sec-Fetch-Site: cross-site | 200
          usual     | HEAD /pay    | session; Sec-Fetch-Site: cross-site | 200
          usual     | QUERY /pay   | session; Sec-Fetch-Site: cross-site | 200
          # Without the cookie there is nothing to abuse.
          usual     | POST /pay    | Sec-Fetch-Site: cross-site | 401
          usual     | POST /pay    | Cookie: other=1; Sec-Fetch-Site: cross-site | 401
          usual     | POST /pay    | Cookie: a=b;session=1; Sec-Fetch-Site: cross-site | 403
          usual     | POST /either | X-Key: k; Sec-Fetch-Site: cross-site | 200
          usual     | POST /either | X-Key: k; session; Sec-Fetch-Site: cross-site | 403
          usual     | POST /key    | X-Key: k; session; Sec-Fetch-Site: cross-site | 200
          usual     | POST /open   | session; Sec-Fetch-Site: cross-site | 200
          # Older browsers: Origin, then Referer.
          usual     | POST /pay    | session; Origin: https://api.test | 200
          usual     | POST /pay    | session; Origin: https://evil.test | 403
          usual     | POST /pay    | session; Origin: null | 403
          usual     | POST /pay    | session; Origin: https://evil.test; Referer: https://api.test/ | 403
          usual     | POST /pay    | session; Referer: https://api.test/pay?x=1 | 200
          usual     | POST /pay    | session; Referer: https://evil.test/https://api.test/ | 403
          usual     | POST /pay    | session; Referer: https://api.test@evil.test/ | 403
          usual     | POST /pay    | session; Referer: no URL | 403
          # A proxy that writes another Host says which one it was asked for; browsers without Fetch Metadata.
          usual     | POST /pay    | session; Origin: https://shop.test; X-Forwarded-Host: shop.test | 403
          proxied   | POST /pay    | session; Origin: https://shop.test | 403
          proxied   | POST /pay    | session; Origin: https://api.test | 200
          proxied   | POST /pay    | session; Origin: https://shop.test; X-Forwarded-Host: shop.test | 200
          proxied   | POST /pay    | session; Origin: https://shop.test; X-Forwarded-Host: Shop.test:443; X-Forwarded-Proto: https | 200
          proxied   | POST /pay    | session; Origin: http://shop.test; X-Forwarded-Host: shop.test; X-Forwarded-Proto: https | 403
          proxied   | POST /pay    | session; Origin: https://evil.test; X-Forwarded-Host: shop.test | 403
          proxied   | POST /pay    | session; Origin: https://shop.test:8443; X-Forwarded-Host: shop.test:8443 | 200
          proxied   | POST /pay    | session; Origin: https://shop.test; X-Forwarded-Host: shop.test:8443 | 403
          proxied   | POST /pay    | session; Referer: https://shop.test/cart; X-Forwarded-Host: shop.test | 200
          proxied   | POST /pay    | session; Sec-Fetch-Site: cross-site; Origin: https://shop.test; X-Forwarded-Host: shop.test | 403
          proxied   | POST /pay    | session; Origin: https://shop.test; Forwarded: for=203.0.113.7;host=shop.test | 403
          # No browser.
          usual     | POST /pay    | session | 200
          off       | POST /pay    | session; Sec-Fetch-Site: cross-site | 200
          # Whom somebody trusts.
          trusting  | POST /pay    | session; Sec-Fetch-Site: cross-site; Origin: https://app.test | 200
          trusting  | POST /pay    | session; Origin: https://app.test | 200
          trusting  | POST /pay    | session; Referer: https://app.test/page | 200
          trusting  | POST /pay    | session; Sec-Fetch-Site: cross-site; Origin: https://evil.test | 403
          trusting  | POST /pay    | session; Sec-Fetch-Site: cross-site | 403
          cookies   | POST /pay    | session; Sec-Fetch-Site: cross-site; Origin: https://app.test | 200
          cookies   | POST /apart  | session; Sec-Fetch-Site: cross-site; Origin: https://app.test | 403
          listed    | POST /pay    | session; Sec-Fetch-Site: cross-site; Origin: https://app.test | 403
          lenient   | POST /pay    | session; Sec-Fetch-Site: cross-site; Origin: https://evil.test | 403
          # HTTP Basic, which a browser repeats once its user has typed it; it never adds a token.
          usual     | POST /office | basic; Sec-Fetch-Site: same-origin | 200
          usual     | POST /office | basic; Sec-Fetch-Site: cross-site | 403
          usual     | POST /office | basic; Sec-Fetch-Site: same-site | 403
          usual     | POST /office | basic; Origin: https://evil.test | 403
          usual     | POST /office | Authorization: BASIC; Sec-Fetch-Site: cross-site | 403
          usual     | POST /office | basic | 200
          usual     | POST /office | Authorization: Bearer t; Sec-Fetch-Site: cross-site | 200
          usual     | GET /office  | basic; Sec-Fetch-Site: cross-site | 200
          usual     | POST /pay    | basic; Sec-Fetch-Site: cross-site | 401
          same-site | POST /office | basic; Sec-Fetch-Site: same-site | 200
          off       | POST /office | basic; Sec-Fetch-Site: cross-site | 200
          trusting  | POST /office | basic; Sec-Fetch-Site: cross-site; Origin: https://app.test | 200
          # A listed page may write Authorization itself, and only such a one may.
          listed    | POST /office | basic; Sec-Fetch-Site: cross-site; Origin: https://app.test | 200
          keys      | POST /office | basic; Sec-Fetch-Site: cross-site; Origin: https://app.test | 403
          lenient   | POST /office | basic; Sec-Fetch-Site: cross-site; Origin: https://evil.test | 403
          any       | POST /office | basic; Sec-Fetch-Site: cross-site; Origin: https://evil.test | 403
          """)
  void answers(String server, String request, String fields, int status) throws IOException {
    List<String> lines =
        Stream.of(fields.split("; "))
            .map(field ->
                switch (field) {
                  case "session" -> "Cookie: session=1";
                  case "basic" -> "Authorization: Basic YTpi";
                  default -> field;
                })
            .toList();

    BrrtServer asked = SERVERS.computeIfAbsent(server, CsrfTest::start);
    assertThat(CorsServers.ask(asked, request, lines, "").status()).isEqualTo(status);
  }

  @Test
  void tells_the_client_why() throws IOException {
    BrrtServer server = SERVERS.computeIfAbsent("usual", CsrfTest::start);
    assertThat(
            CorsServers.ask(
                    server,
                    "POST /pay",
                    List.of("Cookie: session=1", "Sec-Fetch-Site: cross-site", "X-Request-ID: a"),
                    "")
                .content())
        .isEqualTo(
            "{\"type\":\"urn:brrtrouter:problem:cross-site-request\",\"title\":\"Cross-site request"
                + " refused\",\"status\":403,\"detail\":\"A page of another site sent the request,"
                + " and the browser added the credential that lets it in: a cookie, a password or a client"
                + " certificate. Of such pages the server trusts those in"
                + " security.csrf.trusted_origins.\",\"requestId\":\"a\"}");
    assertThat(
            CorsServers.ask(
                    server,
                    "POST /pay",
                    List.of("Cookie: session=1", "Sec-Fetch-Site: same-site", "X-Request-ID: a"),
                    "")
                .content())
        .contains(
            "\"detail\":\"A page of another host of the same site sent the request, and the browser"
                + " added the credential that lets it in: a cookie, a password or a client certificate."
                + " Of such pages the server trusts those in security.csrf.trusted_origins, or all with"
                + " security.csrf.allow_same_site.\"");
  }

  private static boolean refuses(AmbientCredentials ambient, Peer peer, String... fields) {
    HttpRequest request = new HttpRequest(Method.POST, "/", "HTTP/1.1", Headers.of(fields), peer);
    return CsrfGuard.of(
            CsrfPolicy.DEFAULT, CorsPolicy.OFF, Method.POST, false, ambient, TrustedProxies.NONE)
        .refuses(request);
  }

  /** Cookies of providers are not in the document. */
  @Test
  void guards_cookies_that_no_scheme_names() {
    AmbientCredentials token = new AmbientCredentials(Set.of("token"), Set.of(), false);
    Peer peer = Peer.of(InetSocketAddress.createUnresolved("client", 1));

    assertThat(refuses(token, peer, "Cookie", "token=t", "Sec-Fetch-Site", "cross-site")).isTrue();
  }

  /** What comes encrypted is of no page that did not, whatever host that has. */
  @Test
  void guards_what_is_encrypted_from_pages_in_the_clear() {
    AmbientCredentials token = new AmbientCredentials(Set.of("token"), Set.of(), false);
    SocketAddress address = InetSocketAddress.createUnresolved("client", 1);
    for (boolean secure : new boolean[] {true, false}) {
      Peer peer = new Peer(address, secure, List.of());
      assertThat(
              refuses(
                  token, peer, "Host", "a.test", "Cookie", "token=t", "Origin", "http://a.test"))
          .isEqualTo(secure);
      assertThat(
              refuses(
                  token, peer, "Host", "a.test", "Cookie", "token=t", "Origin", "https://a.test"))
          .isFalse();
      assertThat(
              refuses(
                  token, peer, "Host", "a.test", "Cookie", "token=t", "Referer", "http://a.test/x"))
          .isEqualTo(secure);
    }
  }

  @Test
  void guards_the_certificate_of_a_connection() throws Exception {
    AmbientCredentials certificate = new AmbientCredentials(Set.of(), Set.of(), true);
    SocketAddress address = InetSocketAddress.createUnresolved("client", 1);
    Peer known = new Peer(address, true, List.of(TestCertificates.SERVER.getCertificate()));

    assertThat(refuses(certificate, known, "Sec-Fetch-Site", "cross-site")).isTrue();
    assertThat(refuses(certificate, known, "Sec-Fetch-Site", "same-origin")).isFalse();
    assertThat(refuses(certificate, known, "Origin", "https://evil.test")).isTrue();
    assertThat(refuses(certificate, known)).isFalse();
    assertThat(
            refuses(
                certificate, new Peer(address, true, List.of()), "Sec-Fetch-Site", "cross-site"))
        .isFalse();
  }
}
