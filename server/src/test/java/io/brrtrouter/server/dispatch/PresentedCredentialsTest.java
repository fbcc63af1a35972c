package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import io.brrtrouter.server.runtime.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What counts as a credential, as none, and as one that is wrong: octets over a socket to
 * operations that let anybody in who presents nothing. What is wrong is refused there too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresentedCredentialsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Shapes, version: "1"}
      paths:
        /bearer:
          get: {operationId: bearer, security: [{token: []}, {}], responses: {"200": {description: ok}}}
        /basic:
          get: {operationId: basic, security: [{office: []}, {}], responses: {"200": {description: ok}}}
        /both:
          get: {operationId: both, security: [{office: []}, {token: []}, {}], responses: {"200": {description: ok}}}
        /key:
          get: {operationId: key, security: [{key: []}, {}], responses: {"200": {description: ok}}}
        /cookie:
          get: {operationId: cookie, security: [{session: []}, {}], responses: {"200": {description: ok}}}
        /query:
          get: {operationId: query, security: [{ask: []}, {}], responses: {"200": {description: ok}}}
        /must:
          get: {operationId: must, security: [{token: []}], responses: {"200": {description: ok}}}
      components:
        securitySchemes:
          token: {type: http, scheme: bearer}
          office: {type: http, scheme: basic}
          key: {type: apiKey, in: header, name: X-Key}
          session: {type: apiKey, in: cookie, name: session}
          ask: {type: apiKey, in: query, name: key}
      """;

  private static final Pattern CHALLENGE = Pattern.compile("error=\"(\\w+)\", error_descr");
  private static final Pattern DETAIL =
      Pattern.compile("\"detail\":\"(.*); see the WWW-Authenticate fields\\.\"");

  private BrrtServer server;

  /** Accepts whatever has the shape of a credential. */
  private static Verification accept(Credential credential) {
    return Verification.accepted(
        switch (credential) {
          case Credential.Bearer(String token) -> "token " + token;
          case Credential.Basic(String user, String password) -> user + "/" + password;
          case Credential.ApiKey(String key) -> "key " + key;
          default -> "another";
        });
  }

  @BeforeAll
  void start() {
    SecurityProvider provider = (credential, _) -> accept(credential);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config())
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String scheme : List.of("token", "office", "key", "session", "ask")) {
      builder.security(scheme, provider);
    }
    for (String name : List.of("bearer", "basic", "both", "key", "cookie", "query", "must")) {
      builder.handler(
          name,
          request ->
              HttpResponse.text(
                  200, request.principal().map(each -> each.subject()).orElse("anybody")));
    }
    server = builder.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** {@return who it is, or the sentence of the problem with the error of the challenge} */
  private String told(String target, String fields) throws IOException {
    List<String> lines = new ArrayList<>(List.of("GET " + target + " HTTP/1.1", "Host: x"));
    if (!fields.equals("-")) {
      lines.addAll(List.of(fields.replace("TAB", "\t").split(" & ")));
    }
    String answer = Wire.ask(server.port(), lines.toArray(String[]::new));
    if (Wire.status(answer) == 200) {
      return Wire.content(answer);
    }
    String error =
        CHALLENGE
            .matcher(answer)
            .results()
            .map(found -> " " + found.group(1))
            .findFirst()
            .orElse("");
    return Wire.status(answer)
        + error
        + ": "
        + DETAIL.matcher(answer).results().map(found -> found.group(1)).findFirst().orElse(answer);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /bearer | -                                 | anybody
          /bearer | Authorization: Bearer x           | token x
          /bearer | Authorization: bearer x           | token x
          /bearer | Authorization: BEARER   x==       | token x==
          /bearer | Authorization: BearerTABx         | 401 invalid_request: The Authorization field has a tab where a space belongs; send: Authorization: Bearer TOKEN
          /bearer | Authorization: Bearer             | 401 invalid_request: The Authorization field has nothing after its scheme; send: Authorization: Bearer TOKEN
          /bearer | Authorization:                    | 401 invalid_request: The Authorization field is empty; send: Authorization: Bearer TOKEN
          /bearer | Authorization: abc.def.ghi        | 401 invalid_request: The Authorization field has no scheme; send: Authorization: Bearer TOKEN
          /bearer | Authorization: abc==              | 401 invalid_request: The Authorization field has no scheme; send: Authorization: Bearer TOKEN
          /bearer | Authorization: Bearerx            | 401 invalid_request: The Authorization field has no scheme; send: Authorization: Bearer TOKEN
          /bearer | Authorization: Bearer: x          | 401 invalid_request: The Authorization field has no scheme; send: Authorization: Bearer TOKEN
          /bearer | Authorization: Bearer x y         | 401 invalid_token: What follows Bearer in the Authorization field is no token, which has letters, digits and -._~+/ only, and = at its end
          /bearer | Authorization: Bearer Bearer x    | 401 invalid_token: What follows Bearer in the Authorization field is no token, which has letters, digits and -._~+/ only, and = at its end
          /bearer | Authorization: Bearer "x"         | 401 invalid_token: What follows Bearer in the Authorization field is no token, which has letters, digits and -._~+/ only, and = at its end
          # What is for another scheme is not for this one.
          /bearer | Authorization: Basic YTpi         | anybody
          /bearer | Authorization: Basic              | anybody
          /must   | Authorization: Basic YTpi         | 401: The request carries no credential that satisfies the operation's security requirements: the Authorization field names another scheme; send: Authorization: Bearer TOKEN
          /must   | -                                 | 401: The request carries no credential that satisfies the operation's security requirements
          /basic  | Authorization: Basic YTpi         | a/b
          /basic  | Authorization: basic  YTpiOmM=    | a/b:c
          /basic  | Authorization: Basic              | 401: The Authorization field has nothing after its scheme; send: Authorization: Basic BASE64, the Base64 of user:password
          /basic  | Authorization: Basic a:b          | 401: What follows Basic in the Authorization field does not decode to user:password; send: Authorization: Basic BASE64, the Base64 of user:password
          /basic  | Authorization: Basic YWI=         | 401: What follows Basic in the Authorization field does not decode to user:password; send: Authorization: Basic BASE64, the Base64 of user:password
          /basic  | Authorization: Basic /zo=         | 401: What follows Basic in the Authorization field does not decode to user:password; send: Authorization: Basic BASE64, the Base64 of user:password
          /basic  | Authorization: YTpi               | 401: The Authorization field has no scheme; send: Authorization: Basic BASE64, the Base64 of user:password
          /basic  | Authorization: Bearer x           | anybody
          /both   | Authorization: Bearer x           | token x
          /both   | Authorization: Basic YTpi         | a/b
          /both   | Authorization: Basic !            | 401: What follows Basic in the Authorization field does not decode to user:password; send: Authorization: Basic BASE64, the Base64 of user:password
          /both   | Authorization: Bearer             | 401 invalid_request: The Authorization field has nothing after its scheme; send: Authorization: Bearer TOKEN
          /key    | -                                 | anybody
          /key    | X-Key: k                          | key k
          /key    | X-Key:                            | 401: The header field X-Key is empty
          /key    | X-Key: k & X-Key: k               | 401: The header field X-Key occurs 2 times
          /cookie | -                                 | anybody
          /cookie | Cookie: session=s                 | key s
          /cookie | Cookie: other=s                   | anybody
          /cookie | Cookie: session                   | anybody
          /cookie | Cookie: session=                  | 401: The cookie session is empty
          /cookie | Cookie: session=a; session=b      | 401: The cookie session occurs 2 times
          /cookie | Cookie: session=a; session=a      | 401: The cookie session occurs 2 times
          /cookie | Cookie: session=a; Session=b      | key a
          /cookie | Cookie: session=kÃ¼               | key kü
          /key    | X-Key: kÃ¼                        | key kü
          /key    | X-Key: kü                         | key kü
          /query  | -                                 | anybody
          /query?key=k | -                            | key k
          /query?key=  | -                            | 401: The query parameter key is empty
          /query?key   | -                            | 401: The query parameter key is empty
          /query?key=%ff%zz | -                       | 401: The query parameter key is not properly percent-encoded
          /query?key=k&key=k | -                      | 401: The query parameter key occurs more than once
          """)
  void are_what_they_are_told_to_be(String target, String fields, String told) throws IOException {
    assertThat(told(target, fields)).isEqualTo(told);
  }

  @Test
  void several_Authorization_fields_are_no_request() throws IOException {
    assertThat(
            Wire.ask(
                server.port(),
                "GET /bearer HTTP/1.1",
                "Host: x",
                "Authorization: Bearer x",
                "Authorization: Bearer x"))
        .startsWith("HTTP/1.1 400 ")
        .contains("urn:brrtrouter:problem:malformed-request", "Authorization");
  }
}
