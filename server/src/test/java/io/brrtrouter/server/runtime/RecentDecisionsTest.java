package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the endpoint of decisions tells of each way a request can be let in or kept out. */
class RecentDecisionsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Told, version: "1"}
      paths:
        /orders/{id}:
          get:
            operationId: order
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            security: [{key: [read]}, {session: []}]
            responses: {"204": {description: ok}}
          post:
            operationId: pay
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            security: [{key: [read]}, {session: []}]
            responses: {"204": {description: ok}}
        /optional:
          get:
            operationId: optional
            security: [{}, {key: []}]
            responses: {"204": {description: ok}}
        /open:
          get: {operationId: open, responses: {"204": {description: ok}}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          session: {type: apiKey, in: cookie, name: session}
      """;

  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch slow = new CountDownLatch(1);
  private BrrtServer server;

  private Verification verify(Credential credential) throws InterruptedException {
    String key = ((Credential.ApiKey) credential).value();
    switch (key) {
      case "throws":
        throw new IllegalStateException("the secret is " + key);
      case "slow":
        slow.countDown();
        never.await();
        return Verification.refused("nobody waits for it");
      case "stubborn":
        while (!Thread.currentThread().isInterrupted()) {
          Thread.onSpinWait();
        }
        return Verification.accepted("ann", List.of("read"));
      case "good":
        return Verification.accepted("ann", List.of("read"));
      case "poor":
        return Verification.accepted("ann");
      case "down":
        return new Verification.Unavailable("the key service does not answer");
      default:
        return Verification.refused("the key is not known");
    }
  }

  private void serve(String... settings) {
    List<String> all = new ArrayList<>(List.of("endpoints.security_decisions", "/why"));
    all.addAll(List.of(settings));
    SecurityProvider provider = (credential, _) -> verify(credential);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config(all.toArray(String[]::new)))
            .security("key", provider)
            .security("session", provider)
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String operation : List.of("order", "pay", "optional", "open")) {
      builder.handler(operation, _ -> HttpResponse.of(204));
    }
    server = builder.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private String ask(String... lines) throws IOException {
    return Wire.ask(server.port(), lines);
  }

  /** {@return what is told of the last request with an id, without its time} */
  private String told(String id) throws IOException {
    String answer = ask("GET /why?request=" + id + " HTTP/1.1", "Host: localhost");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Cache-Control: no-store\r\n");
    return Wire.content(answer)
        .replaceFirst("\"time\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\"", "\"time\":\"T\"");
  }

  private static final String HEAD = "[{\"time\":\"T\",\"requestId\":\"r\",\"method\":\"";
  private static final String ORDER = "\",\"path\":\"/orders/{id}\",\"operationId\":\"";

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          good   | 204 | "outcome":"allowed","reason":"Satisfied: key says it is ann.","principals":[{"scheme":"key","subject":"ann"}],"schemes":{"key":"accepted as ann, scopes [read]","session":"no credential"}}]
          guess  | 401 | "outcome":"unauthenticated","status":401,"reason":"The credential of security scheme key is refused: the key is not known; see the WWW-Authenticate fields.","schemes":{"key":"refused: the key is not known","session":"no credential"}}]
          poor   | 403 | "outcome":"insufficient-scope","status":403,"reason":"The credentials are good, but do not grant read.","schemes":{"key":"accepted as ann, scopes []","session":"no credential"}}]
          down   | 503 | "outcome":"credentials-unverifiable","status":503,"reason":"Whoever verifies key does not answer.","schemes":{"key":"cannot be verified: the key service does not answer","session":"no credential"}}]
          throws | 500 | "outcome":"internal-error","status":500,"reason":"The provider of security scheme key failed; the log has more, by the request id.","schemes":{"key":"its provider failed","session":"no credential"}}]
          """)
  void tells_what_a_credential_came_to(String key, int status, String told) throws IOException {
    serve();

    String answer =
        ask("GET /orders/7?page=2 HTTP/1.1", "Host: x", "X-Key: " + key, "X-Request-ID: r");
    assertThat(Wire.status(answer)).isEqualTo(status);
    assertThat(told("r")).isEqualTo(HEAD + "GET" + ORDER + "order\"," + told);
  }

  @Test
  void tells_of_a_refused_credential_beside_a_poor_one() throws IOException {
    serve();
    String why =
        "The credential of security scheme key is good, but does not grant read; the credential of"
            + " security scheme session is refused: the key is not known.";

    String answer =
        ask(
            "GET /orders/7 HTTP/1.1",
            "Host: x",
            "X-Key: poor",
            "Cookie: session=old",
            "X-Request-ID: r");
    assertThat(answer)
        .startsWith("HTTP/1.1 403 ")
        .contains("WWW-Authenticate: ApiKey realm=\"Told\", in=\"cookie\", name=\"session\"\r\n")
        .doesNotContain("X-Key")
        .contains("\"detail\":\"" + why + "\",\"requestId\":\"r\",\"missing\":[\"read\"]}");
    assertThat(told("r")).contains("\"reason\":\"" + why + "\"");
  }

  @Test
  void tells_of_nobody_where_anybody_may_call() throws IOException {
    serve();

    ask("GET /optional HTTP/1.1", "Host: x", "X-Request-ID: r");
    assertThat(told("r"))
        .isEqualTo(
            HEAD
                + "GET\",\"path\":\"/optional\",\"operationId\":\"optional\",\"outcome\":\"allowed\","
                + "\"reason\":\"Anybody may call it, and no credential was refused.\","
                + "\"principals\":[],\"schemes\":{\"key\":\"no credential\"}}]");
    ask("GET /open HTTP/1.1", "Host: x", "X-Request-ID: open");
    assertThat(told("open")).as("nothing was decided").isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          X-Key: guess | Anybody may call it, and security.invalid_credentials is ignore: what is not good does not count. | refused: the key is not known
          X-Key: down  | Anybody may call it, and security.invalid_credentials is ignore: what is not good does not count. | cannot be verified: the key service does not answer
          X-Key:       | Anybody may call it, and security.invalid_credentials is ignore: what is not good does not count. | no credential that can be read: the header field X-Key is empty
          X-Other: x   | Anybody may call it, and no credential was refused.                                             | no credential
          """)
  void tells_that_what_is_not_good_is_ignored(String field, String reason, String finding)
      throws IOException {
    serve("security.invalid_credentials", "ignore");

    ask("GET /optional HTTP/1.1", "Host: x", field, "X-Request-ID: r");
    assertThat(told("r"))
        .contains("\"outcome\":\"allowed\",\"reason\":\"" + reason + "\",\"principals\":[],")
        .endsWith("\"schemes\":{\"key\":\"" + finding + "\"}}]");
  }

  @Test
  void tells_of_a_request_that_another_site_forged() throws IOException {
    serve();

    ask(
        "POST /orders/7 HTTP/1.1",
        "Host: x",
        "Cookie: session=good",
        "Sec-Fetch-Site: cross-site",
        "Content-Length: 0",
        "X-Request-ID: r");
    assertThat(told("r"))
        .isEqualTo(
            HEAD
                + "POST"
                + ORDER
                + "pay\",\"outcome\":\"cross-site-request\",\"status\":403,\"reason\":\"A page of"
                + " another site sent the request, and the browser added the credential that lets it"
                + " in: a cookie, a password or a client certificate. Of such pages the server trusts"
                + " those in security.csrf.trusted_origins.\",\"schemes\":{}}]");
  }

  @Test
  void tells_of_a_page_that_is_not_listed() throws IOException {
    serve("cors.origins", "https://app.test");
    String refused =
        "\"outcome\":\"origin-not-allowed\",\"status\":403,\"reason\":\"Pages of the origin that the"
            + " request comes from may not use this API.\",\"schemes\":{}}]";

    ask("GET /orders/7 HTTP/1.1", "Host: x", "Origin: https://evil.test", "X-Request-ID: r");
    assertThat(told("r")).isEqualTo(HEAD + "GET" + ORDER + "order\"," + refused);
    ask("GET /nowhere HTTP/1.1", "Host: x", "Origin: https://evil.test", "X-Request-ID: r");
    assertThat(told("r")).startsWith(HEAD + "GET\"," + refused.substring(0, refused.length() - 1));
  }

  @Test
  void tells_of_a_preflight_by_the_operation_that_it_asks_about() throws IOException {
    serve("cors.origins", "https://app.test");

    ask(
        "OPTIONS /orders/7 HTTP/1.1",
        "Host: x",
        "Origin: https://app.test",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: x-key",
        "X-Request-ID: r");
    assertThat(told("r"))
        .isEqualTo(
            HEAD
                + "OPTIONS"
                + ORDER
                + "pay\",\"outcome\":\"preflight-denied\",\"status\":403,\"reason\":\"Name 1 of"
                + " Access-Control-Request-Headers is none of the fields that pages of other origins"
                + " may send here: Content-Type, Authorization.\",\"schemes\":{}}]");
  }

  @Test
  void tells_of_limits_before_and_after_authentication() throws IOException {
    serve(
        "rate_limit.enabled", "true",
        "rate_limit.requests", "1",
        "rate_limit.before_auth_requests", "3");
    String limited =
        "pay\",\"outcome\":\"rate-limited\",\"status\":429,\"reason\":\"One client may";
    for (int i = 1; i <= 4; i++) {
      ask(
          "POST /orders/7 HTTP/1.1",
          "Host: x",
          "X-Key: good",
          "Content-Length: 0",
          "X-Request-ID: r");
      String told = told("r");
      if (i == 2) {
        assertThat(told)
            .startsWith(HEAD + "POST" + ORDER + limited)
            .contains(
                "\"principals\":[{\"scheme\":\"key\",\"subject\":\"ann\"}],\"schemes\":{\"key\":\"accepted"
                    + " as ann, scopes [read]\",\"session\":\"no credential\"}},{");
      } else if (i == 4) {
        assertThat(told)
            .startsWith(
                HEAD
                    + "POST"
                    + ORDER
                    + limited.replace("One client", "One address")
                    + " send 3 requests in 60 s to this operation, which asks for credentials; try again in 20 s")
            .contains(".\",\"schemes\":{}},{");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          slow     | "key":"cannot be verified: the verification was interrupted","session":"no credential"}}]
          stubborn | "principals":[{"scheme":"key","subject":"ann"}],"schemes":{"key":"accepted as ann, scopes [read]","session":"no credential"}}]
          """)
  void tells_of_a_decision_that_comes_too_late(String key, String end) throws Exception {
    serve("http.decision_timeout_ms", "20");

    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.transport.Deferral")) {
      String answer = ask("GET /orders/7 HTTP/1.1", "Host: x", "X-Key: " + key, "X-Request-ID: r");
      assertThat(Wire.status(answer)).isEqualTo(503);
      assertThat(log.about("nobody decided"))
          .singleElement()
          .hasToString(
              "[WARN] nobody decided on a request within 20 ms, so it is answered with 503; others are,"
                  + " too, and it is told once a minute");
    }
    String told = told("r");
    while (told.equals("[]")) { // what was given up ends a moment after its answer
      Thread.onSpinWait();
      told = told("r");
    }
    assertThat(told)
        .startsWith(
            HEAD
                + "GET"
                + ORDER
                + "order\",\"outcome\":\"overloaded\",\"status\":503,\"reason\":\"Nobody decided within"
                + " http.decision_timeout_ms, so the client was answered before.\",")
        .endsWith(end);
  }

  @Test
  void tells_of_places_that_are_taken() throws Exception {
    serve("http.max_in_flight", "1", "http.decision_timeout_ms", "60 s");
    Thread first =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ask("GET /orders/7 HTTP/1.1", "Host: x", "X-Key: slow");
              } catch (IOException _) {
                // It ends with the server.
              }
            });
    slow.await();
    ask("GET /orders/7 HTTP/1.1", "Host: x", "X-Key: good", "X-Request-ID: r");
    assertThat(told("r"))
        .isEqualTo(
            HEAD
                + "GET"
                + ORDER
                + "order\",\"outcome\":\"overloaded\",\"status\":503,\"reason\":\"Too many requests are"
                + " in progress; try again later.\",\"schemes\":{\"key\":\"being"
                + " verified\",\"session\":\"no credential\"}}]");
    never.countDown();
    first.join();
  }

  @Test
  void keeps_the_last_ones_only_the_last_one_first() throws IOException {
    serve();
    for (int i = 0; i < RecentDecisions.MOST + 5; i++) {
      ask("GET /optional HTTP/1.1", "Host: x", "X-Request-ID: id-" + i);
    }

    String all = Wire.content(ask("GET /why HTTP/1.1", "Host: localhost"));
    assertThat(all.split("requestId", -1)).hasSize(RecentDecisions.MOST + 1);
    assertThat(all).doesNotContain("\"id-4\"");
    assertThat(all.indexOf("\"id-204\"")).isLessThan(all.indexOf("\"id-5\"")).isPositive();
  }
}
