package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise 10: security fails closed. What a server needs of its surroundings before it serves a
 * document with security; without it, it refuses to start and says why.
 */
class SecurityStartTest {
  private static final String KEY = "0123456789abcdef";

  private static final String SECURED =
      """
      openapi: 3.1.1
      info: {title: Secured, version: "1"}
      security: [{key: [admin]}]
      paths:
        /secret:
          get:
            operationId: secret
            responses: {"200": {description: ok, content: {text/plain: {example: s}}}}
        /open:
          get:
            operationId: open
            security: []
            responses: {"200": {description: ok, content: {text/plain: {example: o}}}}
        /optional:
          get:
            operationId: optional
            security: [{}, {key: []}]
            responses: {"200": {description: ok, content: {text/plain: {example: m}}}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          unused: {type: http, scheme: basic}
      """;

  private static final Handler WHO =
      request -> HttpResponse.text(200, request.principals().toString());

  private static String refusal(Consumer<BrrtServer.Builder> configure) {
    return refusal(TestServer.file(SECURED), configure);
  }

  private static String refusal(Path file, Consumer<BrrtServer.Builder> configure) {
    BrrtServer.Builder builder = BrrtServer.builder().document(file).mock(true);
    configure.accept(builder);
    StartupException refused =
        catchThrowableOfType(StartupException.class, builder::startInProcess);
    assertThat(refused).as("the server was to refuse").isNotNull();
    return refused.getMessage().replace(file.getParent() + "/", "");
  }

  private static ServerConfig yaml(String text, Map<String, String> environment) {
    return ServerConfig.read(Optional.of(TestServer.file(text)), environment, Map.of());
  }

  private static Consumer<BrrtServer.Builder> configured(String yaml) {
    return builder -> builder.mock(true).config(yaml(yaml, Map.of()));
  }

  @Nested
  class A_scheme {

    @Test
    void without_provider_is_refused() {
      assertThat(refusal(b -> b.handler("secret", WHO)))
          .isEqualTo(
              """
              api.yaml:21:10: error[security-without-provider]: nothing verifies the credentials of security scheme "key", which 2 operations take, "secret" the first
                 21 |     key: {type: apiKey, in: header, name: X-Key}
                    |          ^
                fix: configure security.api_keys.key.key or security.remote_api_keys.key.verify_url, give a provider in code with security("key", ...), or try it out on this machine with --dev-security
              1 error\
              """);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            oauth2, flows: {}                                                       | security.jwks.unused.jwks_url or security.introspection.unused.introspection_url
            oauth2, oauth2MetadataUrl: "https://id.example.com/metadata", flows: {} | security.jwks.unused.aud or security.introspection.unused.introspection_url
            openIdConnect, openIdConnectUrl: "https://id.example.com/metadata"      | security.jwks.unused.aud
            """)
    void that_says_where_its_keys_are_takes_an_audience_only(String type, String settings) {
      assertThat(
              refusal(
                  TestServer.file(
                      SECURED
                          .replace("openapi: 3.1.1", "openapi: 3.2.0")
                          .replace("[{key: [admin]}]", "[{unused: []}]")
                          .replace("http, scheme: basic", type)),
                  _ -> {}))
          .contains(
              "\n  fix: configure "
                  + settings
                  + ", give a provider in code with security(\"unused\", ...), or try it out on this"
                  + " machine with --dev-security\n");
    }

    @Test
    void is_verified_by_code() {
      TestServer server =
          TestServer.of(
              SECURED,
              b ->
                  b.mock(true)
                      .handler("secret", WHO)
                      .security(
                          "key",
                          (credential, _) ->
                              credential instanceof Credential.ApiKey(String value)
                                      && value.equals("k")
                                  ? Verification.accepted("me", List.of("admin"))
                                  : Verification.refused("no such key")));

      assertThat(TestServer.text(server.get("/secret", "X-Key", "k")))
          .isEqualTo("[Principal[scheme=key, subject=me, scopes=[admin], claims={}]]");
      assertThat(server.get("/secret", "X-Key", "j").status()).isEqualTo(401);
      assertThat(server.get("/secret").status()).isEqualTo(401);
      assertThat(server.get("/open").status()).isEqualTo(200);
      assertThat(server.get("/optional").status()).isEqualTo(200);
      assertThat(server.get("/optional", "X-Key", "j").status()).isEqualTo(401);
    }

    @Test
    void that_nobody_declares_needs_no_provider() {
      assertThat(refusal(b -> b.security("kye", (_, _) -> Verification.refused("no"))))
          .contains(
              "api.yaml:1:1: error[security-provider]: a provider is given for security scheme"
                  + " \"kye\", which is not declared",
              "fix: did you mean key?");
    }
  }

  @Nested
  class Credentials_for_development {
    private static String basic(String pair) {
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
      "key, X-Key, development-only, 200",
      "key, X-Key, development-only.no-scopes, 403",
      "key, X-Key, development-onl, 401",
      "key, X-Key, '', 401",
      "token, Authorization, Bearer development-only, 200",
      "token, Authorization, Bearer development-only.no-scopes, 403",
      "token, Authorization, Bearer x, 401",
    })
    void are_accepted_when_asked_for(String path, String name, String value, int status) {
      TestServer server =
          TestServer.of(
              SECURED
                  .replace("/secret:", "/key:")
                  .replace("/optional:", "/token:")
                  .replace("[{}, {key: []}]", "[{token: [read]}]")
                  .replace(
                      "unused: {type: http, scheme: basic}", "token: {type: http, scheme: bearer}"),
              b -> b.mock(true).developmentSecurity(true));

      assertThat(server.get("/" + path, name, value).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"developer:development-only, 200", "developer:x, 401", "me:development-only, 401"})
    void are_a_user_with_a_password(String pair, int status) {
      TestServer server =
          TestServer.of(
              SECURED.replace("[{}, {key: []}]", "[{unused: []}]"),
              b -> b.mock(true).developmentSecurity(true));

      assertThat(server.get("/optional", "Authorization", basic(pair)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no such host"})
    void are_refused_where_others_can_reach_the_server(String host) {
      assertThat(refusal(b -> b.developmentSecurity(true).config(TestServer.config("host", host))))
          .startsWith(
              "code: error[security-provider]: security.development is on, but the server"
                  + " does not listen on a loopback address only: everybody knows the credentials"
                  + " for development");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void are_accepted_on_loopback(String host) {
      TestServer server =
          TestServer.of(
              SECURED,
              b -> b.mock(true).developmentSecurity(true).config(TestServer.config("host", host)));

      assertThat(server.get("/secret", "X-Key", "development-only").status()).isEqualTo(200);
      assertThat(server.get("/secret", "X-Key", "k").status()).isEqualTo(401);
    }

    @Test
    void let_nobody_in_with_a_certificate_but_serve_the_rest() {
      TestServer server =
          TestServer.of(
              SECURED
                  .replace("[{}, {key: []}]", "[{unused: []}]")
                  .replace("{type: http, scheme: basic}", "{type: mutualTLS}"),
              b -> b.mock(true).developmentSecurity(true));

      assertThat(server.get("/optional").status()).isEqualTo(401);
      assertThat(server.get("/secret", "X-Key", "development-only").status()).isEqualTo(200);
    }

    /** Nobody has to make a certificate to find out that it would not help. */
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            [{unused: []}]            | x                | The request carries no credential that satisfies the operation's security requirements: nobody gets in with a certificate in development mode, and without one nobody may; configure who verifies it to try this out
            [{unused: []}, {key: []}] | x                | The request carries no credential that satisfies the operation's security requirements: nobody gets in with a certificate in development mode; present the credential for development of security scheme key
            [{unused: [], key: []}]   | development-only | The credential of security scheme unused is missing: unused and key are needed together; nobody gets in with a certificate in development mode, and without one nobody may; configure who verifies it to try this out
            """)
    void say_what_does_instead_of_a_certificate(String security, String key, String detail) {
      TestServer server =
          TestServer.of(
              SECURED
                  .replace("[{}, {key: []}]", security)
                  .replace("{type: http, scheme: basic}", "{type: mutualTLS}"),
              b -> b.mock(true).developmentSecurity(true));

      HttpResponse refusal = server.get("/optional", key.equals("x") ? "X" : "X-Key", key);
      assertThat(refusal.status()).isEqualTo(401);
      assertThat(TestServer.text(refusal))
          .contains("\"" + detail + "; see the WWW-Authenticate fields.\"");
    }

    @Test
    void do_not_verify_what_something_else_does() {
      TestServer server =
          TestServer.of(
              SECURED,
              configured(
                  "security: {development: true, api_keys: {key: {key: "
                      + KEY
                      + ", scopes: [admin]}}}"));

      assertThat(server.get("/optional", "X-Key", "development-only").status()).isEqualTo(401);
      assertThat(server.get("/optional", "X-Key", KEY).status()).isEqualTo(200);
    }
  }

  @Nested
  class A_start {
    private String said(Consumer<BrrtServer.Builder> configure) {
      return said(TestServer.file(SECURED), configure);
    }

    private String said(Path file, Consumer<BrrtServer.Builder> configure) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      BrrtServer.Builder builder =
          BrrtServer.builder()
              .document(file)
              .mock(true)
              .output(new PrintStream(said, true, StandardCharsets.UTF_8));
      configure.accept(builder);
      builder.port(0).start().close();
      return said.toString(StandardCharsets.UTF_8).replace(file.getParent() + "/", "");
    }

    @Test
    void says_who_verifies_and_what_anybody_may_call() {
      assertThat(
              said(configured("security: {api_keys: {key: {key: " + KEY + ", scopes: [admin]}}}")))
          .contains(
              """
              secured by key: 1 key, 2 operations
              secured by unused: nothing verifies it, no operation takes it
              anybody may call: open, optional (credentials are optional)
              """)
          .doesNotContain(KEY);
    }

    private String anybody(int operations, String name) {
      StringBuilder paths = new StringBuilder();
      for (int i = 1; i <= operations; i++) {
        paths.append(
            "  /p%d: {get: {operationId: '%s%d', security: [], responses: {'200': {description: ok}}}}\n"
                .formatted(i, name, i));
      }
      String said =
          said(
              TestServer.file(SECURED.replaceFirst("(?m)^paths:\n", "paths:\n" + paths)),
              configured("security: {api_keys: {key: {key: " + KEY + ", scopes: [admin]}}}"));
      String[] lines = said.substring(said.indexOf("anybody may call:")).split("\n");
      return Stream.concat(
              Stream.of(lines[0]),
              Stream.of(lines).skip(1).takeWhile(line -> line.startsWith("  ")))
          .collect(Collectors.joining("\n"));
    }

    @Test
    void says_what_anybody_may_call_in_lines_that_can_be_read() {
      assertThat(anybody(1, "p"))
          .isEqualTo("anybody may call: p1, open, optional (credentials are optional)");
      assertThat(anybody(20, "list_items_"))
          .isEqualTo(
              """
              anybody may call:
                list_items_1, list_items_2, list_items_3, list_items_4, list_items_5, list_items_6, list_items_7,
                list_items_8, list_items_9, list_items_10, list_items_11, list_items_12, list_items_13,
                list_items_14, list_items_15, list_items_16, list_items_17, list_items_18, list_items_19,
                list_items_20, open, optional (credentials are optional)\
              """);
    }

    @Test
    void says_all_that_anybody_may_call_however_many_those_are() {
      String[] lines = anybody(60, "p").split("\n");

      assertThat(lines[0]).isEqualTo("anybody may call:");
      assertThat(lines[1]).startsWith("  p1, p2, p3, ");
      assertThat(lines[lines.length - 1]).endsWith(" open, optional (credentials are optional)");
      assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
      String all = String.join(" ", lines);
      for (int i = 1; i <= 60; i++) {
        assertThat(all).contains(" p" + i + ",");
      }
    }

    @Test
    void says_which_schemes_no_operation_takes() {
      String document =
          """
          openapi: 3.1.1
          info: {title: t, version: "1"}
          paths:
            /a: {get: {operationId: a, responses: {"200": {description: ok}}}}
          components:
            securitySchemes:
              key: {type: apiKey, in: header, name: X-Key}
          """;
      assertThat(
              said(
                  TestServer.file(document),
                  configured("security: {api_keys: {key: {key: " + KEY + ", scopes: [admin]}}}")))
          .contains("secured by key: ", ", no operation takes it\n", "anybody may call: a\n");
    }

    @Test
    void says_that_nobody_gets_in_with_a_certificate_for_development() {
      Path file =
          TestServer.file(
              SECURED
                  .replace("[{}, {key: []}]", "[{unused: []}]")
                  .replace("{type: http, scheme: basic}", "{type: mutualTLS}"));

      assertThat(said(file, b -> b.developmentSecurity(true)))
          .contains(
              "\nsecured by unused: nobody gets in with a certificate in development mode, 1"
                  + " operation\n");
    }

    /** Of a directory of keys the last one may be taken out before a start, as well as after it. */
    @Test
    void warns_of_a_directory_without_keys(@TempDir Path keys) {
      assertThat(
              said(b ->
                  b.config(
                      yaml(
                          "security: {api_keys: {key: {scopes: [admin], keys_dir: " + keys + "}}}",
                          Map.of()))))
          .contains("secured by key: 0 keys, read from files")
          .contains(
              ":1:56: warning[security-provider]: security.api_keys.key.keys_dir = "
                  + keys
                  + " has no key in it, and nobody gets in");
    }

    @Test
    void warns_of_credentials_for_development() {
      assertThat(said(b -> b.developmentSecurity(true)))
          .contains(
              """
              secured by key: development credentials, which everybody knows, 2 operations
              """,
              "\napi.yaml:1:1: warning[security-development]: security schemes key, unused accept"
                  + " the credentials for development, which everybody knows:"
                  + " \"development-only\" as key, token, or password of user developer\n");
    }

    /** A start that says nothing looks like one without it. */
    @Test
    void warns_of_development_though_no_scheme_needs_it() {
      String unneeded =
          "warning[security-development]: security.development is on, but no security scheme needs"
              + " the credentials for development: nobody gets in with them";
      Path secured =
          TestServer.file(SECURED.replace("    unused: {type: http, scheme: basic}\n", ""));
      assertThat(
              said(
                  secured,
                  b ->
                      b.config(
                          yaml(
                              "security: {development: true, api_keys: {key: {key: "
                                  + KEY
                                  + ", scopes: [admin]}}}",
                              Map.of()))))
          .contains("\nsecured by key: 1 key", ":1:25: " + unneeded + "; leave it out\n");

      Path open =
          TestServer.file(
              """
              openapi: 3.1.1
              info: {title: Open, version: "1"}
              paths: {/open: {get: {responses: {"200": {description: ok}}}}}
              """);
      assertThat(said(open, b -> b.developmentSecurity(true)))
          .contains("\ncode: " + unneeded + "; leave it out\n");

      Path certificates =
          TestServer.file(
              SECURED
                  .replace("    unused: {type: http, scheme: basic}\n", "")
                  .replace("{type: apiKey, in: header, name: X-Key}", "{type: mutualTLS}"));
      assertThat(said(certificates, b -> b.developmentSecurity(true)))
          .contains(
              "\nsecured by key: nobody gets in with a certificate", "\ncode: " + unneeded + "\n")
          .doesNotContain("leave it out");
    }
  }

  @Nested
  class Scopes_that_nobody_has {
    private static final String ANN = "ann: {key: ann-key-0123456789, scopes: ";

    private String told(String yaml) {
      return refusal(configured(yaml)).replaceAll("(?m)^/.*/(?=api.yaml:[0-9])", "");
    }

    @Test
    void are_refused_where_they_would_have_to_be_granted() {
      assertThat(
              told(
                  """
                  security:
                    api_keys:
                      key: {key: 0123456789abcdef}
                  """))
          .isEqualTo(
              """
              api.yaml:3:5: error[security-scope-source]: security.api_keys.key grants nobody "admin", without which nobody may call operation "secret"
                fix: add to the scopes of whoever may call it, or require others
              1 error\
              """);
    }

    @Test
    void are_refused_with_what_was_meant() {
      assertThat(told("security: {api_keys: {key: {keys: {" + ANN + "[admim]}}}}}"))
          .contains(
              "error[security-scope-source]: security.api_keys.key grants nobody \"admin\"",
              "fix: it grants \"admim\": is one of both misspelt?");
    }

    /** Nobody has two keys of one scheme in one request. */
    @Test
    void are_refused_where_no_client_has_them_all() {
      assertThat(
              refusal(
                  TestServer.file(SECURED.replace("[{key: [admin]}]", "[{key: [admin, boss]}]")),
                  configured(
                      "security: {api_keys: {key: {key: "
                          + KEY
                          + ", scopes: [boss], keys: {"
                          + ANN
                          + "[admin]}}}}}")))
          .contains("security.api_keys.key grants nobody \"admin\" and \"boss\", without which");
    }

    /** What each operation may be called with: one way is enough. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "[{key: [boss]}, {key: [admin]}]",
          "[{key: [boss]}, {}]",
          "[{key: [boss]}, {unused: [boss]}]",
          "[{key: []}]",
          "[]"
        })
    void do_not_matter_where_there_is_another_way_in(String security) {
      TestServer server =
          TestServer.of(
              SECURED.replace("[{key: [admin]}]", security),
              b ->
                  configured("security: {api_keys: {key: {key: " + KEY + ", scopes: [admin]}}}")
                      .andThen(
                          each -> each.security("unused", (_, _) -> Verification.refused("no")))
                      .accept(b));

      assertThat(server.get("/open").status()).isEqualTo(200);
    }

    @Test
    void are_the_affair_of_a_provider_in_code() {
      TestServer server =
          TestServer.of(
              SECURED, b -> b.mock(true).security("key", (_, _) -> Verification.accepted("me")));

      assertThat(server.get("/secret", "X-Key", "k").status()).isEqualTo(403);
    }
  }

  @Nested
  class The_endpoint_of_decisions {
    @Test
    void is_for_development() {
      assertThat(
              refusal(b ->
                  b.config(
                      TestServer.config(
                          "endpoints.security_decisions", "/why", "host", "0.0.0.0"))))
          .contains(
              "code: error[security-provider]: endpoints.security_decisions = /why tells why"
                  + " requests are refused, but the server does not listen on a loopback address"
                  + " only");
      assertThat(
              TestServer.mocking(
                      SECURED.replace("[{key: [admin]}]", "[]").replace("[{}, {key: []}]", "[]"))
                  .get("/why")
                  .status())
          .isEqualTo(404);
    }
  }

  @Nested
  class Configured_keys {
    @TempDir Path directory;

    @Test
    void are_named_hashed_and_in_files_and_variables() throws IOException {
      Files.writeString(directory.resolve("file"), "file-key-0123456789\n");
      Path mounted = Files.createDirectory(directory.resolve("mounted"));
      Files.writeString(mounted.resolve("shop"), "shop-key-0123456789");
      Files.writeString(mounted.resolve(".hidden"), "hidden-key-0123456789");
      String yaml =
          """
          security:
            api_keys:
              key:
                key: 0123456789abcdef
                scopes: [admin]
                keys_dir: %s
                keys:
                  ann:
                    key: %s
                    scopes: [admin]
                  bob:
                    key_file: %s
          """
              .formatted(
                  mounted, ApiKeyProvider.hash("ann-key-0123456789"), directory.resolve("file"));
      TestServer server =
          TestServer.of(
              SECURED,
              b ->
                  b.mock(true)
                      .handler("optional", WHO)
                      .config(
                          yaml(
                              yaml,
                              Map.of(
                                  "BRRTR_SECURITY_API_KEYS_KEY_KEYS_CARL_KEY",
                                  "carl-key-0123456789"))));

      assertThat(subject(server, KEY)).isEqualTo("key [admin]");
      assertThat(subject(server, "ann-key-0123456789")).isEqualTo("ann [admin]");
      assertThat(subject(server, "file-key-0123456789")).isEqualTo("bob []");
      assertThat(subject(server, "carl-key-0123456789")).isEqualTo("carl []");
      assertThat(subject(server, "shop-key-0123456789")).isEqualTo("shop [admin]");
      assertThat(server.get("/optional", "X-Key", "hidden-key-0123456789").status()).isEqualTo(401);
      assertThat(
              server.get("/optional", "X-Key", ApiKeyProvider.hash("ann-key-0123456789")).status())
          .isEqualTo(401);
    }

    private static String subject(TestServer server, String key) {
      return TestServer.text(server.get("/optional", "X-Key", key))
          .replaceAll(".*subject=(\\w+), scopes=(\\[\\w*]).*", "$1 $2");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {key: {key: short}}                  | .key has 5 characters; fewer than 16 can be guessed
            {key: {key: x}}                      | .key has 1 character; fewer than 16 can be guessed
            {key: {key: development-only}}       | .key is the one for development, which everybody knows
            {key: {key: development-only.no-scopes}} | .key is the one for development, which everybody knows
            {key: {key: 'sha256:63a27210ee4a5cd1e16d2d15e77987af258c3650c485e9e425aad2a69c6f1eba'}} | .key is the one for development, which everybody knows
            {key: {key: 'sha256:3D1F1ECB3BAA2DCE06F2A1999769E1B02F5466646156E99EFFD5866CCCDC9044'}} | .key is the one for development, which everybody knows
            {key: {key: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}} | .key repeats a few characters, which can be guessed
            {key: {key: changeme-changeme}}      | .key repeats a few characters, which can be guessed
            {key: {keys: {a: {key: your-secret-api-key}}}} | .keys.a.key is made of words that stand for a key, which can be guessed
            {key: {key: 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}} | .key is the hash of nothing: no key was hashed
            {key: {key: 'sha256:01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b'}} | .key is the hash of nothing: no key was hashed
            {key: {key: 'sha256:abc'}}           | .key begins with sha256: but 64 hexadecimal digits do not follow
            {key: {key: 'md5:0123456789abcdef0123456789abcdef'}} | .key looks like a hash, and keys have but one kind: sha256:, as brrt hash makes it
            {key: {key_file: /nowhere}}          | .key_file cannot be used: there is no file /nowhere
            {key: {key_file: /}}                 | .key_file = / is a directory
            {key: {keys_dir: /nowhere}}          | .keys_dir cannot be used: there is no directory /nowhere
            {key: {scopes: [admin]}}             | ' has no key'
            {key: {keys: {a: {scopes: [b]}}}}    | .keys.a.key is missing
            {key: {keys: {a: {key_env: NONE_X}}}} | .keys.a.key_env = NONE_X names an environment variable that is not set
            {key: {key: 0123456789abcdef, keys: {a: {key: 0123456789abcdef}}}} | ' cannot be used: key and a have the same key'
            """)
    void that_cannot_be_used_are_refused(String keys, String message) {
      assertThat(refusal(configured("security: {api_keys: " + keys + "}")))
          .contains(": error[security-provider]: security.api_keys.key" + message + "\n  fix: ")
          .doesNotContain("0123456789abcdef");
    }

    /** Whoever starts a server elsewhere than at a desk does not know where "here" is. */
    @ParameterizedTest
    @CsvSource({"key_file, file", "keys_dir, directory"})
    void that_are_nowhere_are_told_with_where_they_were_looked_for(String setting, String what) {
      assertThat(
              refusal(configured("security: {api_keys: {key: {" + setting + ": ./secrets/none}}}")))
          .contains(
              "there is no "
                  + what
                  + " ./secrets/none, looked for at "
                  + Path.of("secrets/none").toAbsolutePath());
    }

    @Test
    void are_refused_at_their_places() {
      assertThat(
              refusal(
                      configured(
                          """
                          security:
                            api_keys:
                              kye: {key: 0123456789abcdef}
                              key:
                                key_file: /
                                keys: {ann: {key: short}}
                          """))
                  .replaceAll("(?m)^/.*/(?=api.yaml:[0-9])", ""))
          .isEqualTo(
              """
              api.yaml:3:5: error[security-provider]: security.api_keys.kye is for a security scheme that the document does not declare
                fix: did you mean key?
              api.yaml:5:17: error[security-provider]: security.api_keys.key.key_file = / is a directory
                fix: name the file in it, or a directory of many clients' keys with keys_dir
              api.yaml:6:25: error[security-provider]: security.api_keys.key.keys.ann.key has 5 characters; fewer than 16 can be guessed
                fix: use a random one of at least 16 characters; brrt hash --generate makes one with its hash
              3 errors\
              """);
    }

    @Test
    void of_a_scheme_that_code_verifies_are_too_many() {
      assertThat(
              refusal(b ->
                  b.config(yaml("security: {api_keys: {key: {key: " + KEY + "}}}", Map.of()))
                      .security("key", (_, _) -> Verification.refused("no"))))
          .contains(
              "security.api_keys.key is one provider too many: code verifies this scheme already");
    }
  }
}
