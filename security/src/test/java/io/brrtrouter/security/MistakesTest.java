package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server says about providers that cannot be made of its configuration: for each section a
 * file with schemes that each have their mistakes, and all that is said about it.
 */
class MistakesTest {
  /** The first word of a scheme's name in those files says of what type the document has it. */
  private static final Map<String, String> TYPES =
      Map.of(
          "key", "{type: apiKey, in: header, name: X-Key}",
          "bearer", "{type: http, scheme: bearer}",
          "basic", "{type: http, scheme: basic}",
          "mutual", "{type: mutualTLS}",
          "oidc",
              "{type: openIdConnect, openIdConnectUrl: 'http://id.example/.well-known/openid-configuration'}");

  private static final Pattern SCHEME = Pattern.compile("(?m)^    ([a-z]+)_[a-z0-9_]+(?=:)");

  @TempDir Path directory;

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(MistakesTest.class.getResource(name)).toURI());
  }

  private static String document(String yaml) {
    Set<String> names = new TreeSet<>();
    SCHEME.matcher(yaml).results().forEach(found -> names.add(found.group().strip()));
    return """
    openapi: 3.1.1
    info: {title: Mistakes, version: "1"}
    paths: {}
    components:
      securitySchemes:
    """
        + names.stream()
            .filter(name -> TYPES.containsKey(name.substring(0, name.indexOf('_'))))
            .map(name -> "    " + name + ": " + TYPES.get(name.substring(0, name.indexOf('_'))))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private BrrtServer.Builder builder(String yaml, Map<String, String> environment)
      throws IOException {
    Path api = Files.writeString(directory.resolve("api.yaml"), document(yaml));
    Path config = Files.writeString(directory.resolve("config.yaml"), yaml);
    return BrrtServer.builder()
        .document(api)
        .config(ServerConfig.read(Optional.of(config), environment, Map.of()));
  }

  private String refusal(String yaml, Map<String, String> environment) throws IOException {
    BrrtServer.Builder builder = builder(yaml, environment);
    StartupException refused =
        catchThrowableOfType(StartupException.class, () -> builder.startInProcess().close());
    assertThat(refused).as("the server was to refuse").isNotNull();
    return refused.getMessage().replace(directory + "/", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api_keys",
        "jwks",
        "basic",
        "introspection",
        "remote_api_keys",
        "mutual_tls",
        "spiffe"
      })
  void each_is_told_with_its_place_and_what_would_be_right(String section)
      throws IOException, URISyntaxException {
    String files = resource("mistakes/files").toString();
    String yaml = Files.readString(resource("mistakes/" + section + ".yaml"));

    String refusal = refusal(yaml.replace("FILES", files), Map.of()).replace(files, "FILES");

    assertThat(refusal + "\n")
        .isEqualTo(Files.readString(resource("mistakes/" + section + ".txt")))
        .doesNotContain("top-secret", "dG9wLXNlY3JldA", "MDEyMzQ1Njc4OWFiY2RlZmdo");
  }

  @Test
  void an_environment_variable_is_a_place() throws IOException {
    assertThat(
            refusal(
                "security:\n  jwks:\n    bearer_key: {iss: i}\n",
                Map.of(
                    "BRRTR_SECURITY_JWKS_BEARER_KEY_JWKS_URL", "http://id.example/k",
                    "BRRTR_SECURITY_JWKS_BEARER_KEY_AUD", "pets")))
        .isEqualTo(
            """
            environment variable BRRTR_SECURITY_JWKS_BEARER_KEY_JWKS_URL: error[security-provider]: security.jwks.bearer_key.jwks_url is http://id.example/k, which is not encrypted
              fix: use https; plain http is for localhost, 127.0.0.0/8 and [::1]
            1 error\
            """);
  }

  /** The one that fits is none too many, whichever is looked at first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jwks: {key_two: {jwks_url: 'https://id.example/k'}}",
        "basic: {key_two: {users_file: nowhere}}"
      })
  void a_provider_of_other_credentials_is_told_that_and_nothing_else(String other)
      throws IOException {
    assertThat(
            refusal(
                """
                security:
                  api_keys:
                    key_two: {key: 0123456789abcdef}
                  %s
                """
                    .formatted(other),
                Map.of()))
        .contains("key_two is for a scheme of type apiKey, which takes no ")
        .contains("fix: configure it in security.api_keys or security.remote_api_keys\n")
        .endsWith("\n1 error");
  }

  @Test
  void a_scheme_has_one_provider() throws IOException {
    assertThat(
            refusal(
                """
                security:
                  api_keys:
                    key_two: {key: 0123456789abcdef}
                  remote_api_keys:
                    key_two: {verify_url: "https://keys.example/v"}
                """,
                Map.of()))
        .isEqualTo(
            """
            config.yaml:5:5: error[security-provider]: security.remote_api_keys.key_two is one provider too many: security.api_keys.key_two verifies this scheme already
              fix: keep one of them
            1 error\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jwks: {t: {audience: a}}                 | setting security.jwks.t.audience; did you mean security.jwks.t.aud?
          jwks: {t: {issuer: a}}                   | setting security.jwks.t.issuer; did you mean security.jwks.t.iss?
          jwks: {t: {jwks-url: a}}                 | setting security.jwks.t.jwks-url; did you mean security.jwks.t.jwks_url?
          jwks: {t: {jwksUri: a}}                  | setting security.jwks.t.jwksUri; did you mean security.jwks.t.jwks_url?
          jwks: {t: {algorthms: a}}                | setting security.jwks.t.algorthms; did you mean security.jwks.t.algorithms?
          jwks: {t: {leeway: 1}}                   | setting security.jwks.t.leeway; did you mean security.jwks.t.leeway_secs?
          api_keys: {t: {keys_directory: a}}       | setting security.api_keys.t.keys_directory; did you mean security.api_keys.t.keys_dir?
          api_keys: {t: {key_dir: a}}              | setting security.api_keys.t.key_dir; did you mean security.api_keys.t.keys_dir?
          api_keys: {t: {keys: {a: {env: b}}}}     | setting security.api_keys.t.keys.a.env; did you mean security.api_keys.t.keys.a.key_env?
          basic: {t: {users: {a: {password: b}}}}  | setting security.basic.t.users.a.password; did you mean security.basic.t.users.a.password_hash?
          spiffe: {t: {audiences: [a]}}            | setting security.spiffe.t.audiences; did you mean security.spiffe.t.aud?
          mutual_tls: {t: {subject: {a: {dn: b}}}} | section security.mutual_tls.t.subject; did you mean security.mutual_tls.t.subjects?
          spiffe: {t: {trust_domains: [a]}}        | setting security.spiffe.t.trust_domains; did you mean security.spiffe.t.trust_domain?
          jwsk: {t: {iss: a}}                      | section security.jwsk; did you mean security.jwks?
          tickets: {t: {last: 7}}                  | section security.tickets; security has csrf, development,
          api_key: {t: {key: a}}                   | section security.api_key; did you mean security.api_keys?
          introspecton: {t: {aud: a}}              | section security.introspecton; did you mean security.introspection?
          jwks: {t: {xyz: a}}                      | setting security.jwks.t.xyz; security.jwks.t has jwks_url, discovery_url, jwks_file
          """)
  void a_name_that_is_nearly_right_is_recognized(String section, String message)
      throws IOException {
    Path config =
        Files.writeString(directory.resolve("config.yaml"), "security: {" + section + "}");

    assertThatThrownBy(() -> ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
        .hasMessageContaining("error[config-unknown-key]: there is no " + message);
  }

  @Nested
  class A_secret {
    private static final String PLAIN =
        """
        security:
          api_keys:
            key_plain: {key: 0123456789abcdef-top-secret}
            key_hash: {key: "sha256:0000000000000000000000000000000000000000000000000000000000000000"}
            key_clients: {keys: {anna: {key: fedcba9876543210-top-secret}}}
          jwks:
            bearer_plain: {hmac_secret: MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY, iss: i, aud: a}
          introspection:
            bearer_client: {introspection_url: "https://id.example/i", client_id: a, client_secret: top-secret, aud: c}
        """;

    private String said(String yaml, Map<String, String> environment) throws IOException {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      builder(yaml, environment)
          .output(new PrintStream(said, true, StandardCharsets.UTF_8))
          .port(0)
          .start()
          .close();
      return said.toString(StandardCharsets.UTF_8).replace(directory + "/", "");
    }

    @Test
    void in_the_file_itself_is_warned_of() throws IOException {
      assertThat(said(PLAIN, Map.of()).lines().filter(line -> line.contains("plain-secret")))
          .containsExactlyInAnyOrder(
              "config.yaml:3:22: warning[security-plain-secret]: security.api_keys.key_plain.key"
                  + " stands in the configuration file itself: whoever reads that has it; write the"
                  + " hash there that brrt hash makes of it, or name a file that has it with"
                  + " key_file, or set the environment variable"
                  + " BRRTR_SECURITY_API_KEYS_KEY_PLAIN_KEY",
              "config.yaml:5:38: warning[security-plain-secret]:"
                  + " security.api_keys.key_clients.keys.anna.key stands in the configuration file"
                  + " itself: whoever reads that has it; write the hash there that brrt hash makes"
                  + " of it, or name a file that has it with key_file, or set the environment"
                  + " variable BRRTR_SECURITY_API_KEYS_KEY_CLIENTS_KEYS_ANNA_KEY",
              "config.yaml:7:33: warning[security-plain-secret]:"
                  + " security.jwks.bearer_plain.hmac_secret stands in the configuration file"
                  + " itself: whoever reads that has it; name a file that has it with"
                  + " hmac_secret_file, or set the environment variable"
                  + " BRRTR_SECURITY_JWKS_BEARER_PLAIN_HMAC_SECRET",
              "config.yaml:9:93: warning[security-plain-secret]:"
                  + " security.introspection.bearer_client.client_secret stands in the configuration"
                  + " file itself: whoever reads that has it; name a file that has it with"
                  + " client_secret_file, or set the environment variable"
                  + " BRRTR_SECURITY_INTROSPECTION_BEARER_CLIENT_CLIENT_SECRET");
    }

    @Test
    void in_a_variable_is_not() throws IOException {
      String yaml = "security:\n  api_keys:\n    key_plain: {key: 0123456789abcdef-in-the-file}\n";

      assertThat(
              said(
                  yaml,
                  Map.of("BRRTR_SECURITY_API_KEYS_KEY_PLAIN_KEY", "0123456789abcdef-elsewhere")))
          .doesNotContain("plain-secret");
    }

    @Test
    void is_not_spoken_of_during_development() throws IOException {
      assertThat(said(PLAIN, Map.of("BRRTR_SECURITY_DEVELOPMENT", "true")))
          .doesNotContain("plain-secret");
    }
  }
}
