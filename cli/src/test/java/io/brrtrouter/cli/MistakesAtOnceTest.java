package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start tells all that is wrong with a configuration, and nothing that only follows from it. */
class MistakesAtOnceTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets:
          get:
            operationId: list_pets
            security: [ { login: [] }, { staff: [] } ]
            responses: { 200: { description: pets } }
      components:
        securitySchemes:
          login: { type: http, scheme: bearer }
          staff: { type: http, scheme: basic }
      """;

  private static final String TLS =
      """
      tls:
        certificate_file: none.pem
        key_file: none.key
        client_auth: want
        client_ca_file: none-ca.pem
      """;
  private static final String LOGIN =
      """
        jwks:
          login: { jwks_file: none.json, iss: "https://id.example.com", aud: pets }
      """;
  private static final String STAFF =
      """
        basic:
          staff: { users_file: none.txt }
      """;

  @TempDir Path directory;
  private CommandBench bench;
  private String document = "";

  @BeforeEach
  void prepare() throws IOException {
    directory = directory.toRealPath();
    bench = new CommandBench(directory, Map.of());
    document = bench.write("pets.yaml", DOCUMENT);
  }

  private String said(String config) throws IOException {
    String file = bench.write("config.yaml", config);
    assertThat(bench.execute("serve", document, "--config", file, "--port", "0")).isEqualTo(1);
    return bench
        .err()
        .replace(file, "config.yaml")
        .replace(Path.of("").toAbsolutePath().toString(), "HERE");
  }

  @Test
  void files_of_TLS_and_of_those_who_verify() throws IOException {
    assertThat(said(TLS + "security:\n" + LOGIN + STAFF))
        .isEqualTo(
            """
            config.yaml:8:25: error[security-provider]: security.jwks.login.jwks_file = none.json is no key set: there is no such file, looked for at HERE/none.json
              fix: name a file with a JWK Set (RFC 7517)
            config.yaml:10:26: error[security-provider]: security.basic.staff.users_file cannot be used: there is no file none.txt, looked for at HERE/none.txt
              fix: name a file with a line name:hash for each user; brrt hash --password makes hashes
            config.yaml:2:21: error[config-tls]: tls.certificate_file: there is no file none.pem, looked for at HERE/none.pem
              fix: name a file that can be read
            config.yaml:3:13: error[config-tls]: tls.key_file: there is no file none.key, looked for at HERE/none.key
              fix: name a file that can be read
            config.yaml:5:19: error[config-tls]: tls.client_ca_file: there is no file none-ca.pem, looked for at HERE/none-ca.pem
              fix: name a file that can be read
            5 errors
            brrt: the configuration cannot be used; correct the errors above
            """);
  }

  @Test
  void a_wrong_name_beside_them() throws IOException {
    assertThat(said("prot: 80\n" + TLS + "security:\n" + LOGIN + STAFF))
        .isEqualTo(
            """
            config.yaml:1:1: error[config-unknown-key]: there is no setting prot
              fix: did you mean port?
            config.yaml:3:21: error[config-tls]: tls.certificate_file: there is no file none.pem, looked for at HERE/none.pem
              fix: name a file that can be read
            config.yaml:4:13: error[config-tls]: tls.key_file: there is no file none.key, looked for at HERE/none.key
              fix: name a file that can be read
            config.yaml:6:19: error[config-tls]: tls.client_ca_file: there is no file none-ca.pem, looked for at HERE/none-ca.pem
              fix: name a file that can be read
            config.yaml:9:25: error[security-provider]: security.jwks.login.jwks_file = none.json is no key set: there is no such file, looked for at HERE/none.json
              fix: name a file with a JWK Set (RFC 7517)
            config.yaml:11:26: error[security-provider]: security.basic.staff.users_file cannot be used: there is no file none.txt, looked for at HERE/none.txt
              fix: name a file with a line name:hash for each user; brrt hash --password makes hashes
            6 errors
            brrt: the configuration cannot be used; correct the errors above
            """);
  }

  @Test
  void but_not_what_follows_from_a_wrong_name() throws IOException {
    String misspelt =
        TLS.replace("key_file", "key_fiel")
            + "security:\n"
            + LOGIN.replace("jwks_file", "jwks_fiel")
            + STAFF;
    assertThat(said(misspelt))
        .isEqualTo(
            """
            config.yaml:3:3: error[config-unknown-key]: there is no setting tls.key_fiel
              fix: did you mean tls.key_file?
            config.yaml:8:14: error[config-unknown-key]: there is no setting security.jwks.login.jwks_fiel
              fix: did you mean security.jwks.login.jwks_file?
            config.yaml:10:26: error[security-provider]: security.basic.staff.users_file cannot be used: there is no file none.txt, looked for at HERE/none.txt
              fix: name a file with a line name:hash for each user; brrt hash --password makes hashes
            3 errors
            brrt: the configuration cannot be used; correct the errors above
            """);
  }

  @Test
  void nor_what_a_file_says_that_cannot_be_read() throws IOException {
    assertThat(said(TLS + "security:\n" + STAFF + "security: {}\n"))
        .isEqualTo(
            """
            config.yaml:9:1: error[duplicate-key]: "security" is already defined in line 6
              fix: keep one of the two
            1 error
            brrt: the configuration cannot be used; correct the errors above
            """);
  }
}
