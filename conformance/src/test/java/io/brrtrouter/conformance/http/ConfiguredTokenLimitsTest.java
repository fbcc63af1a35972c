package io.brrtrouter.conformance.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Limits of tokens and key sets are where their settings put them, lower and higher than where they
 * are in a server that nobody has configured. {@link LimitsTableTest} has the limits themselves.
 */
class ConfiguredTokenLimitsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Tokens, version: "1"}
      paths:
        /secret:
          get:
            operationId: secret
            security: [{scheme: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          scheme: {type: http, scheme: bearer}
      """;

  private static final TokenSigner SIGNER = new TokenSigner();

  @TempDir Path directory;

  private Path document;
  private Path keys;

  @BeforeEach
  void write() throws IOException {
    document = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
    keys = Files.writeString(directory.resolve("keys.json"), SIGNER.keySet("k", "k".repeat(300)));
  }

  /** What a section needs, and one setting. */
  private Map<String, String> settings(String section, String... more) {
    String prefix = "security." + section + ".scheme.";
    Map<String, String> settings = new LinkedHashMap<>(Map.of("port", "0"));
    switch (section) {
      case "jwks" -> {
        if (!List.of(more).contains("jwks_url")) {
          settings.put(prefix + "jwks_file", keys.toString());
        }
        settings.put(prefix + "iss", "id");
        settings.put(prefix + "aud", "limits");
      }
      case "spiffe" -> {
        settings.put(prefix + "bundle_file", keys.toString());
        settings.put(prefix + "trust_domain", "example.org");
        settings.put(prefix + "aud", "limits");
      }
      case "introspection" -> {
        settings.put(prefix + "introspection_url", "http://127.0.0.1:1/");
        settings.put(prefix + "client_id", "limits");
        settings.put(prefix + "client_secret", "secret");
        settings.put(prefix + "aud", "limits");
      }
      case "remote_api_keys" -> settings.put(prefix + "verify_url", "http://127.0.0.1:1/");
      default -> throw new AssertionError(section);
    }
    for (int i = 0; i < more.length; i += 2) {
      settings.put(prefix + more[i], more[i + 1]);
    }
    return settings;
  }

  private BrrtServer server(Map<String, String> settings) {
    return BrrtServer.builder()
        .document(document)
        .config(ServerConfig.defaults().with(settings))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .handler("secret", _ -> HttpResponse.text(200, "served"))
        .start();
  }

  private static int status(BrrtServer server, String field) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(60_000);
      String request =
          "GET /secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + field + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
  }

  /** {@return a good token, about so many characters longer than it has to be} */
  private static String token(int kid, int more) {
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + "k".repeat(kid) + "\"}";
    String claims =
        "{\"iss\":\"id\",\"aud\":\"limits\",\"sub\":\"spiffe://example.org/a\",\"exp\":%d,\"more\":\"%s\"}"
            .formatted(Instant.now().getEpochSecond() + 3_600, "x".repeat(more * 3 / 4));
    return "Authorization: Bearer "
        + SIGNER.token(TokenSigner.base64(header) + "." + TokenSigner.base64(claims));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwks", "spiffe"})
  void of_tokens(String section) throws IOException {
    try (BrrtServer low = server(settings(section, "max_token_bytes", "600"));
        BrrtServer usual = server(settings(section));
        BrrtServer high = server(settings(section, "max_token_bytes", "12 KiB"))) {
      assertThat(status(low, token(1, 0))).isEqualTo(200);
      assertThat(status(low, token(1, 600))).isEqualTo(401);
      assertThat(status(usual, token(1, 600))).isEqualTo(200);
      assertThat(status(usual, token(1, 9_000))).isEqualTo(401);
      assertThat(status(high, token(1, 9_000))).isEqualTo(200);
      // Where it is verified already, too.
      assertThat(status(high, token(1, 9_000))).isEqualTo(200);
      assertThat(status(high, token(1, 13_000))).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwks", "spiffe"})
  void of_names_of_keys(String section) throws IOException {
    try (BrrtServer low = server(settings(section, "max_kid_bytes", "299"));
        BrrtServer usual = server(settings(section));
        BrrtServer high = server(settings(section, "max_kid_bytes", "300"))) {
      assertThat(status(low, token(1, 0))).isEqualTo(200);
      assertThat(status(low, token(300, 0))).isEqualTo(401);
      assertThat(status(usual, token(300, 0))).isEqualTo(401);
      assertThat(status(high, token(300, 0))).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jwks, max_key_set_bytes, 1 KiB, it is larger than 1024 octets",
    "spiffe, max_key_set_bytes, 1 KiB, it is larger than 1024 octets",
    "jwks, max_keys, 9, it has more than 9 keys",
    "spiffe, max_keys, 9, it has more than 9 keys"
  })
  void of_key_sets(String section, String setting, String low, String why) throws IOException {
    String[] names = new String[10];
    for (int i = 0; i < names.length; i++) {
      names[i] = "k".repeat(i + 1);
    }
    Files.writeString(keys, SIGNER.keySet(names));
    assertThat(Files.size(keys)).isGreaterThan(1_024);

    server(settings(section)).close();
    assertThatThrownBy(() -> server(settings(section, setting, low)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(why);
  }

  @Test
  void of_key_sets_that_are_larger_than_usual() throws IOException {
    String[] names = new String[3_000];
    for (int i = 0; i < names.length; i++) {
      names[i] = "k".repeat(i == 0 ? 1 : 2) + i;
    }
    names[0] = "k";
    Files.writeString(keys, SIGNER.keySet(names));

    assertThatThrownBy(() -> server(settings("jwks", "max_keys", "3000")))
        .hasMessageContaining("larger than 262144 octets");
    assertThatThrownBy(() -> server(settings("jwks", "max_key_set_bytes", "1 MiB")))
        .hasMessageContaining("more than 100 keys");
    try (BrrtServer high =
        server(settings("jwks", "max_keys", "3000", "max_key_set_bytes", "1 MiB"))) {
      assertThat(status(high, token(1, 0))).isEqualTo(200);
    }
  }

  @Test
  void of_key_sets_that_are_fetched() throws IOException {
    byte[] set =
        SIGNER.keySet("k").replace("{\"keys\"", " ".repeat(300_000) + "{\"keys\"").getBytes(UTF_8);
    HttpServer issuer = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    issuer.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, set.length);
          exchange.getResponseBody().write(set);
          exchange.close();
        });
    issuer.start();
    String[] url = {"jwks_url", "http://127.0.0.1:" + issuer.getAddress().getPort() + "/"};
    try (BrrtServer usual = server(settings("jwks", url));
        BrrtServer high = server(settings("jwks", url[0], url[1], "max_key_set_bytes", "1 MiB"))) {
      assertThat(status(high, token(1, 0))).isEqualTo(200);
      assertThat(status(usual, token(1, 0))).isEqualTo(503);
    } finally {
      issuer.stop(0);
    }
  }

  /** Nobody is there to be asked, which is a 503; a credential that is too long asks nobody. */
  @ParameterizedTest
  @CsvSource({
    "introspection, max_token_bytes, Authorization: Bearer",
    "remote_api_keys, max_key_bytes, X-Key:"
  })
  void of_what_somebody_is_asked_about(String section, String setting, String field)
      throws IOException {
    if (section.equals("remote_api_keys")) {
      Files.writeString(
          document,
          DOCUMENT.replace(
              "{type: http, scheme: bearer}", "{type: apiKey, in: header, name: X-Key}"));
    }
    try (BrrtServer low = server(settings(section, setting, "256"));
        BrrtServer usual = server(settings(section));
        BrrtServer high = server(settings(section, setting, "9 KiB"))) {
      assertThat(status(low, field + " " + "x".repeat(256))).isEqualTo(503);
      assertThat(status(low, field + " " + "x".repeat(257))).isEqualTo(401);
      assertThat(status(usual, field + " " + "x".repeat(8_192))).isEqualTo(503);
      assertThat(status(usual, field + " " + "x".repeat(8_193))).isEqualTo(401);
      assertThat(status(high, field + " " + "x".repeat(8_193))).isEqualTo(503);
      assertThat(status(high, field + " " + "x".repeat(9_217))).isEqualTo(401);
    }
  }

  /** A setting that comes to be needs a test. */
  @Test
  void each_setting_of_a_limit_is_tested() {
    List<String> limits =
        ServerConfig.reference().stream()
            .map(ConfigKey::name)
            .filter(name -> name.matches("security\\..*\\.max_(?!age).*"))
            .toList();
    assertThat(limits)
        .containsExactlyInAnyOrder(
            "security.jwks.<scheme>.max_token_bytes",
            "security.jwks.<scheme>.max_kid_bytes",
            "security.jwks.<scheme>.max_key_set_bytes",
            "security.jwks.<scheme>.max_keys",
            "security.spiffe.<scheme>.max_token_bytes",
            "security.spiffe.<scheme>.max_kid_bytes",
            "security.spiffe.<scheme>.max_key_set_bytes",
            "security.spiffe.<scheme>.max_keys",
            "security.introspection.<scheme>.max_token_bytes",
            "security.remote_api_keys.<scheme>.max_key_bytes");
  }
}
