package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start says where an operation needs the scope {@code read} of who is configured here. */
class GrantedScopesTest {
  private static final String BASIC = "{type: http, scheme: basic}";
  private static final String BEARER = "{type: http, scheme: bearer}";

  @TempDir private Path directory;

  private BrrtServer.Builder builder(String scheme, String security) throws Exception {
    Files.writeString(directory.resolve("users"), "ben:" + BasicProviderTest.BCRYPT + "\n");
    String type = scheme.replace("BASIC", BASIC).replace("BEARER", BEARER);
    String yaml =
        "security: {"
            + security
                .replace("HASH", "'" + BasicProviderTest.BCRYPT + "'")
                .replace("FILE", directory.resolve("users").toString())
            + "}\n";
    return Served.builder(directory, type, yaml);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BASIC             | basic: {door: {users: {anna: {password_hash: HASH}}}}                               | basic
          BASIC             | basic: {door: {users: {anna: {password_hash: HASH, scopes: [write]}}}}              | basic
          {type: mutualTLS} | mutual_tls: {door: {subjects: {anna: {dn: CN=anna}}}}                               | mutual_tls
          {type: mutualTLS} | mutual_tls: {door: {any_trusted: true}}                                             | mutual_tls
          """)
  void refuses_what_nobody_configured_has(String scheme, String security, String section)
      throws Exception {
    StartupException refused =
        catchThrowableOfType(
            StartupException.class, () -> builder(scheme, security).startInProcess());

    assertThat(refused)
        .hasMessageContaining(
            "error[security-scope-source]: security."
                + section
                + ".door grants nobody \"read\", without which nobody may call operation \"pets\"");
  }

  /** A file may have another scope tomorrow; tokens and keys of others, with each request. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BASIC                                | basic: {door: {users: {anna: {password_hash: HASH, scopes: [read]}}}}
          BASIC                                | basic: {door: {users_file: FILE}}
          BASIC                                | basic: {door: {users: {anna: {password_hash: HASH}}, users_file: FILE}}
          BEARER                               | jwks: {door: {jwks_url: 'http://127.0.0.1:1/keys', iss: id, aud: me}}
          {type: apiKey, in: header, name: X}  | remote_api_keys: {door: {verify_url: 'http://127.0.0.1:1/verify'}}
          """)
  void lets_others_say_so(String scheme, String security) throws Exception {
    try (AutoCloseable server = builder(scheme, security).port(0).start()) {
      assertThat(server).isNotNull();
    }
  }
}
