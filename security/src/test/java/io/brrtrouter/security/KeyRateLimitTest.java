package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.json;
import static io.brrtrouter.security.KeyServer.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that a service accepts without a word about whose they are, counted by a server behind a
 * load balancer, over sockets.
 */
class KeyRateLimitTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Keys, version: "1"}
      paths:
        /pets:
          get:
            operationId: pets
            security: [{door: []}]
            responses: {"200": {description: ok}}
        /either:
          get:
            operationId: either
            security: [{door: []}, {gate: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          door: {type: apiKey, in: header, name: X-Key}
          gate: {type: apiKey, in: header, name: X-Gate}
      """;

  private static final String CONFIG =
      """
      port: 0
      host: 127.0.0.1
      http: {%s}
      rate_limit: {enabled: true, requests: 1, window_secs: 3600, key: %s, before_auth_requests: 0}
      security:
        remote_api_keys:
          door: {verify_url: "%s", timeout_ms: 30 s}
          gate: {verify_url: "%s", timeout_ms: 30 s}
      """;

  private static final String FORWARDED = "trusted_proxies: [127.0.0.1]";
  private static final String PROXY = "proxy_protocol: required, proxy_protocol_from: [127.0.0.1]";

  @TempDir private Path directory;
  private final KeyServer service = new KeyServer().on("/verify", status(204, ""));

  @AfterEach
  void stop() {
    service.close();
  }

  private BrrtServer server(String http, String key) throws IOException {
    Path api = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            CONFIG.formatted(http, key, service.url("/verify"), service.url("/verify")));
    return BrrtServer.builder()
        .document(api)
        .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
        .handler("pets", _ -> HttpResponse.of(200))
        .handler("either", _ -> HttpResponse.of(200))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  /** {@return the status of a request, whose address one of two load balancers tells} */
  private static int ask(BrrtServer server, String http, String address, String head)
      throws IOException {
    boolean forwarded = http.equals(FORWARDED);
    String first = forwarded ? "" : "PROXY TCP4 " + address + " 198.51.100.1 4711 80\r\n";
    String field = forwarded ? "X-Forwarded-For: " + address + "\r\n" : "";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              (first + "GET " + head + "\r\n" + field + "Connection: close\r\n\r\n")
                  .getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
  }

  private static String pets(String key) {
    return "/pets HTTP/1.1\r\nHost: x\r\nX-Key: " + key;
  }

  @ParameterizedTest
  @ValueSource(strings = {FORWARDED, PROXY})
  void one_key_from_two_addresses_is_one_client_and_two_at_one_address_are_two(String http)
      throws IOException {
    try (BrrtServer server = server(http, "subject_then_ip")) {
      assertThat(ask(server, http, "192.0.2.1", pets("one"))).isEqualTo(200);
      assertThat(ask(server, http, "192.0.2.1", pets("other"))).isEqualTo(200);
      assertThat(ask(server, http, "192.0.2.2", pets("one"))).isEqualTo(429);
      assertThat(ask(server, http, "192.0.2.2", pets("other"))).isEqualTo(429);
      assertThat(ask(server, http, "192.0.2.1", pets("third"))).isEqualTo(200);
    }
  }

  @Test
  void a_key_is_another_client_to_another_scheme() throws IOException {
    String either = "/either HTTP/1.1\r\nHost: x\r\n";
    try (BrrtServer server = server(FORWARDED, "subject_then_ip")) {
      assertThat(ask(server, FORWARDED, "192.0.2.1", either + "X-Key: one")).isEqualTo(200);
      assertThat(ask(server, FORWARDED, "192.0.2.1", either + "X-Gate: one")).isEqualTo(200);
      assertThat(ask(server, FORWARDED, "192.0.2.2", either + "X-Gate: one")).isEqualTo(429);
    }
  }

  @Test
  void whoever_says_whose_keys_they_are_makes_them_one_client() throws IOException {
    service.on("/verify", json("{\"subject\":\"anna\"}"));
    try (BrrtServer server = server(FORWARDED, "subject_then_ip")) {
      assertThat(ask(server, FORWARDED, "192.0.2.1", pets("one"))).isEqualTo(200);
      assertThat(ask(server, FORWARDED, "192.0.2.2", pets("other"))).isEqualTo(429);
    }
  }

  @Test
  void nobody_is_the_client_of_a_key_by_being_called_like_its_digest() throws IOException {
    String digest = Digest.of("one").hexadecimal();
    service.on(
        "/verify",
        exchange -> {
          boolean one = exchange.getRequestHeaders().getFirst("X-API-Key").equals("one");
          json(one ? "{\"valid\":true}" : "{\"subject\":\"" + digest + "\"}").to(exchange);
        });
    try (BrrtServer server = server(FORWARDED, "subject_then_ip")) {
      assertThat(ask(server, FORWARDED, "192.0.2.1", pets("other"))).isEqualTo(200);
      assertThat(ask(server, FORWARDED, "192.0.2.1", pets("one"))).isEqualTo(200);
      assertThat(ask(server, FORWARDED, "192.0.2.2", pets("one"))).isEqualTo(429);
    }
  }

  @Test
  void with_subject_keys_are_limited_too() throws IOException {
    try (BrrtServer server = server(FORWARDED, "subject")) {
      assertThat(ask(server, FORWARDED, "192.0.2.1", pets("one"))).isEqualTo(200);
      assertThat(ask(server, FORWARDED, "192.0.2.2", pets("one"))).isEqualTo(429);
      assertThat(ask(server, FORWARDED, "192.0.2.1", pets("other"))).isEqualTo(200);
    }
  }

  @Test
  void with_ip_the_key_does_not_matter() throws IOException {
    try (BrrtServer server = server(FORWARDED, "ip")) {
      assertThat(ask(server, FORWARDED, "192.0.2.1", pets("one"))).isEqualTo(200);
      assertThat(ask(server, FORWARDED, "192.0.2.1", pets("other"))).isEqualTo(429);
      assertThat(ask(server, FORWARDED, "192.0.2.2", pets("one"))).isEqualTo(200);
    }
  }
}
