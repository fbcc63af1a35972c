package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which operation a request target asks for, over a socket: one only, by whose requirements the
 * request is judged and whose handler serves it, however the target is written. No dot segment is
 * taken away (RFC 3986 section 6.2.2.3 lets clients do that), and what is encoded separates nothing
 * (section 2.2), so what a proxy in front reads differently is not found here.
 */
class SecuredPathsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Paths, version: "1"}
      security: [{key: []}]
      paths:
        /secret:
          get: {operationId: secret, responses: {"200": {$ref: "#/components/responses/text"}}}
        /secret/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          get: {operationId: secretOf, responses: {"200": {$ref: "#/components/responses/text"}}}
        /open:
          get: {operationId: open, security: [], responses: {"200": {$ref: "#/components/responses/text"}}}
        /open/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          get: {operationId: openOf, security: [], responses: {"200": {$ref: "#/components/responses/text"}}}
        /other:
          get: {operationId: other, security: [{token: []}], responses: {"200": {$ref: "#/components/responses/text"}}}
        /either:
          get: {operationId: either, security: [{}, {token: []}], responses: {"200": {$ref: "#/components/responses/text"}}}
      components:
        responses:
          text: {description: ok, content: {text/plain: {}}}
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          token: {type: http, scheme: bearer}
      """;

  private static final String KEY = "X-Key: good\r\n";
  private static final String TOKEN = "Authorization: Bearer good\r\n";

  private static BrrtServer server;

  @BeforeAll
  static void start() {
    SecurityProvider provider =
        (credential, _) ->
            credential.equals(new Credential.ApiKey("good"))
                    || credential.equals(new Credential.Bearer("good"))
                ? Verification.accepted("me")
                : Verification.refused("not good");
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config())
            .security("key", provider)
            .security("token", provider)
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String name : new String[] {"secret", "open", "other", "either"}) {
      builder.handler(name, _ -> HttpResponse.text(200, name));
    }
    for (String name : new String[] {"secretOf", "openOf"}) {
      Handler handler =
          request ->
              HttpResponse.text(
                  200, name + " " + request.pathParameters().text("id").orElseThrow());
      builder.handler(name, handler);
    }
    server = builder.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer get(String target, String fields) throws IOException {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
      return connection.read();
    }
  }

  /** Paths of one target; {@code \} stands for itself, and the last column for who may. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          /secret                    | 200 secret                | key
          /secret?/../open           | 200 secret                | key
          http://a/secret            | 200 secret                | key
          /%73ecret                  | 200 secret                | key
          /%73%65%63%72%65%74        | 200 secret                | key
          /open                      | 200 open                  | anybody
          /open?x=/../secret         | 200 open                  | anybody
          /%6Fpen                    | 200 open                  | anybody
          /%6fpen                    | 200 open                  | anybody

          /open/../secret            | 404                       | anybody
          /open/%2e%2e/secret        | 404                       | anybody
          /open/%2E%2E/secret        | 404                       | anybody
          /open/.%2e/secret          | 404                       | anybody
          /open/%2E./secret          | 404                       | anybody
          http://a/open/../secret    | 404                       | anybody
          /./secret                  | 404                       | anybody
          /%2e/secret                | 404                       | anybody
          /../secret                 | 404                       | anybody
          //secret                   | 404                       | anybody
          ///secret                  | 404                       | anybody
          /open//secret              | 404                       | anybody
          /open/../open              | 404                       | anybody
          /secret/../open            | 404                       | anybody
          /secret/%2e%2E/open        | 404                       | anybody
          /SECRET                    | 404                       | anybody
          /secret;a=b                | 404                       | anybody
          /secret%2F                 | 404                       | anybody
          /secret%00                 | 404                       | anybody
          /open%00                   | 404                       | anybody
          /open%2f..%2fsecret        | 404                       | anybody
          /open%2F%2E%2E%2Fsecret    | 404                       | anybody
          /open%5C..%5Csecret        | 404                       | anybody
          /open\\..\\secret          | 404                       | anybody
          /%252e%252e/secret         | 404                       | anybody

          /secret/.                  | 200 secretOf .            | key
          /secret/..                 | 200 secretOf ..           | key
          /secret/%2e%2e             | 200 secretOf ..           | key
          /secret/..%2Fopen          | 200 secretOf ../open      | key
          /secret/..%5copen          | 200 secretOf ..\\open     | key
          /open/..                   | 200 openOf ..             | anybody
          /open/%2e%2E               | 200 openOf ..             | anybody
          /open/..%2Fsecret          | 200 openOf ../secret      | anybody
          /open/..%2fsecret          | 200 openOf ../secret      | anybody
          /open/..%5csecret          | 200 openOf ..\\secret     | anybody
          /open/%252e%252e           | 200 openOf %2e%2e         | anybody
          """)
  void asks_for_one_operation_and_is_judged_by_that(String target, String answer, String who)
      throws IOException {
    assertThat(told(get(target, KEY))).isEqualTo(answer);
    assertThat(told(get(target, ""))).isEqualTo(who.equals("key") ? "401" : answer);
  }

  /** What no request has: nobody is judged, and nothing is served. */
  @ParameterizedTest
  @ValueSource(
      strings = {"secret", "*", "../secret", "/secret#open", "/open\0", "/secret%0", "/%zzsecret"})
  void is_refused_whoever_asks(String target) throws IOException {
    assertThat(told(get(target, KEY))).isEqualTo("400");
    assertThat(told(get(target, ""))).isEqualTo("400");
  }

  /**
   * OpenAPI 3.1.1 section 4.8.10: what an operation says of security replaces what the document
   * does.
   */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "/secret, none, 401",
    "/secret, key, 200 secret",
    "/secret, token, 401",
    "/open, none, 200 open",
    "/open, key, 200 open",
    "/open, token, 200 open",
    "/other, none, 401",
    "/other, key, 401",
    "/other, token, 200 other",
    "/either, none, 200 either",
    "/either, key, 200 either",
    "/either, token, 200 either",
  })
  void security_of_an_operation_replaces_that_of_the_document(
      String path, String credential, String answer) throws IOException {
    String field =
        switch (credential) {
          case "key" -> KEY;
          case "token" -> TOKEN;
          default -> "";
        };
    assertThat(told(get(path, field))).isEqualTo(answer);
  }

  private static String told(Answer answer) {
    return answer.status() == 200 ? "200 " + answer.content() : "" + answer.status();
  }
}
