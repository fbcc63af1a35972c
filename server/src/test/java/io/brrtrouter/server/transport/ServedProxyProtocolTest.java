package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers behind a load balancer that speaks the PROXY protocol, as {@code config.yaml} says: whom
 * its header names is the client, to everything that asks who that is.
 */
class ServedProxyProtocolTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Behind a load balancer, version: "1"}
      paths:
        /who:
          get:
            operationId: who
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /few:
          get:
            operationId: few
            x-brrtrouter-rate-limit: {requests: 1, window: 3600, key: ip}
            responses: {"200": {description: ok}}
        /inside:
          get:
            operationId: inside
            security: [{door: []}]
            responses: {"200": {description: ok}}
        /vault:
          get:
            operationId: vault
            security: [{password: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          door: {type: apiKey, in: header, name: X-Key}
          password: {type: http, scheme: basic}
      """;

  private static final String ON = "proxy_protocol: required, proxy_protocol_from: [127.0.0.1]";

  /** Lets in who is in the network of the house, by the address of the connection. */
  private static final SecurityProvider INSIDE =
      (_, request) ->
          ((InetSocketAddress) request.peer().address()).getHostString().startsWith("10.")
              ? Verification.accepted("anna")
              : Verification.refused("come inside");

  @TempDir private Path directory;
  private final TlsFolder folder = new TlsFolder();

  private BrrtServer server(String http, String... more) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            "port: 0\nhost: 127.0.0.1\nhttp: {" + http + "}\n" + String.join("\n", more));
    return BrrtServer.builder()
        .document(TestServer.file(DOCUMENT))
        .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
        .security("door", INSIDE)
        .security("password", (_, _) -> Verification.refused("nobody knows you"))
        .handler(
            "who",
            request -> {
              Peer peer = request.peer();
              InetSocketAddress address = (InetSocketAddress) peer.address();
              return HttpResponse.text(
                  200,
                  "%s %d%s, client %s"
                      .formatted(
                          address.getHostString(),
                          address.getPort(),
                          peer.secure() ? " by TLS" : "",
                          request.clientAddress().orElseThrow().getHostAddress()));
            })
        .handler("few", _ -> HttpResponse.of(200))
        .handler("inside", _ -> HttpResponse.of(200))
        .handler("vault", _ -> HttpResponse.of(200))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private String tls() {
    return "tls: {certificate_file: \"%s\", key_file: \"%s\"}"
        .formatted(folder.path("server.pem"), folder.path("server.key"));
  }

  private static String header(String address) {
    return "PROXY TCP4 " + address + " 198.51.100.1 4711 443\r\n";
  }

  /** {@return the answer to a request on a connection of its own, whose client has an address} */
  private static RawClient.Answer ask(
      BrrtServer server, String address, String path, String... fields) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      return ask(client.send(header(address)), path, fields);
    }
  }

  private static RawClient.Answer ask(RawClient client, String path, String... fields)
      throws IOException {
    StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: x\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return client.send(head + "\r\n").read();
  }

  @Test
  void the_peer_is_whom_the_header_names_for_each_request_of_the_connection() throws IOException {
    try (BrrtServer server = server(ON);
        RawClient client = new RawClient(server.port())) {
      client.send(header("192.0.2.7"));

      for (int i = 0; i < 2; i++) {
        assertThat(ask(client, "/who").body()).isEqualTo("192.0.2.7 4711, client 192.0.2.7");
      }
    }
  }

  @Test
  void rate_limits_count_whom_it_names() throws IOException {
    try (BrrtServer server = server(ON)) {
      assertThat(ask(server, "192.0.2.7", "/few").status()).isEqualTo(200);
      assertThat(ask(server, "192.0.2.7", "/few").status()).isEqualTo(429);
      assertThat(ask(server, "192.0.2.8", "/few").status()).isEqualTo(200);
    }
  }

  @Test
  void credentials_are_judged_and_guesses_counted_by_whom_it_names() throws IOException {
    String guess = "Authorization: Basic YW5uOmd1ZXNz";
    try (BrrtServer server = server(ON, "rate_limit: {auth_failures: 2}")) {
      assertThat(ask(server, "10.1.2.3", "/inside", "X-Key: k").status()).isEqualTo(200);
      assertThat(ask(server, "192.0.2.7", "/inside", "X-Key: k").status()).isEqualTo(401);

      assertThat(ask(server, "192.0.2.9", "/vault", guess).status()).isEqualTo(401);
      assertThat(ask(server, "192.0.2.9", "/vault", guess).status()).isEqualTo(401);
      assertThat(ask(server, "192.0.2.9", "/vault", guess).status()).isEqualTo(429);
      assertThat(ask(server, "192.0.2.10", "/vault", guess).status()).isEqualTo(401);
    }
  }

  /**
   * The load balancer hands on connections, the proxies behind it requests: the field is believed
   * where the header names one of those, and of nobody else.
   */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.5, 203.0.113.1, 203.0.113.1",
    "10.0.0.5, '6.6.6.6, 203.0.113.1, 10.0.0.6', 203.0.113.1",
    "192.0.2.7, 203.0.113.1, 192.0.2.7",
    "127.0.0.1, 203.0.113.1, 127.0.0.1",
  })
  void what_is_forwarded_is_believed_of_whom_it_names(
      String connected, String forwarded, String client) throws IOException {
    try (BrrtServer server = server(ON + ", trusted_proxies: [10.0.0.0/8]")) {
      assertThat(ask(server, connected, "/who", "X-Forwarded-For: " + forwarded).body())
          .isEqualTo(connected + " 4711, client " + client);
      assertThat(ask(server, connected, "/few", "X-Forwarded-For: " + forwarded).status())
          .isEqualTo(200);
      assertThat(ask(server, client, "/few").status()).as("the same").isEqualTo(429);
    }
  }

  @Test
  void who_trusts_the_load_balancer_itself_does_not_trust_its_clients() throws IOException {
    try (BrrtServer server = server(ON + ", trusted_proxies: [127.0.0.1]")) {
      assertThat(ask(server, "192.0.2.7", "/who", "X-Forwarded-For: 203.0.113.1").body())
          .isEqualTo("192.0.2.7 4711, client 192.0.2.7");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      })
  void a_connection_without_header_is_closed_without_a_word(String octets) throws IOException {
    try (BrrtServer server = server(ON)) {
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.send(octets).readToEnd()).isEmpty();
      } catch (SocketException reset) {
        assertThat(reset).hasMessageContaining("reset"); // it is closed with octets unread
      }
      assertThat(ask(server, "192.0.2.7", "/who").status()).as("another").isEqualTo(200);
    }
  }

  @Test
  void who_is_no_load_balancer_may_not_connect() throws IOException {
    try (BrrtServer server =
            server("proxy_protocol: required, proxy_protocol_from: [192.0.2.0/24]");
        RawClient client = new RawClient(server.port())) {
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void without_the_setting_a_header_is_no_request() throws IOException {
    try (BrrtServer server = server("proxy_protocol: off")) {
      assertThat(sent(server, header("192.0.2.7") + "GET /who HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .doesNotContain("192.0.2.7 4711");
    }
  }

  private static String sent(BrrtServer server, String octets) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      return client.send(octets).readToEnd();
    }
  }

  @Test
  void http_2_comes_behind_it() throws IOException {
    try (BrrtServer server = server(ON);
        H2Client client = new H2Client(new RawClient(server.port()).send(header("192.0.2.7")))) {
      assertThat(client.get(1, "/who").outcome(1))
          .isEqualTo("200 192.0.2.7 4711, client 192.0.2.7");
      assertThat(client.get(3, "/few").outcome(3)).startsWith("200 ");
      assertThat(ask(server, "192.0.2.7", "/few").status()).isEqualTo(429);
    }
  }

  @Test
  void tls_comes_behind_it_with_either_protocol() throws IOException {
    try (BrrtServer server = server(ON, tls())) {
      try (RawClient client = encrypted(server, header("192.0.2.7"), "http/1.1")) {
        assertThat(ask(client, "/who").body()).isEqualTo("192.0.2.7 4711 by TLS, client 192.0.2.7");
      }
      RawClient encrypted = encrypted(server, header("192.0.2.8"), "h2", "http/1.1");
      assertThat(encrypted.protocol()).isEqualTo("h2");
      try (H2Client client = new H2Client(encrypted)) {
        assertThat(client.get(1, "/who").outcome(1))
            .isEqualTo("200 192.0.2.8 4711 by TLS, client 192.0.2.8");
      }
    }
  }

  private static RawClient encrypted(BrrtServer server, String first, String... protocols)
      throws IOException {
    return new RawClient(server.port())
        .send(first)
        .encrypted(TestCertificates.trusting().context(), List.of(protocols));
  }

  /** What {@code http.http2} turns off, with a client that wants it above all. */
  @ParameterizedTest
  @CsvSource({"true, h2", "false, http/1.1"})
  void http_2_is_spoken_where_the_configuration_has_it(boolean on, String chosen)
      throws IOException {
    try (BrrtServer server = server("http2: " + on, tls());
        RawClient client = encrypted(server, "", "h2", "http/1.1")) {
      assertThat(client.protocol()).isEqualTo(chosen);
      if (!on) {
        assertThat(ask(client, "/who").status()).isEqualTo(200);
      }
    }
    try (BrrtServer server = server("http2: " + on)) {
      try (H2Client client = new H2Client(new RawClient(server.port()))) {
        String outcome = client.get(1, "/few").outcome(1);
        assertThat(outcome.startsWith("200 ")).as(outcome).isEqualTo(on);
      }
      try (RawClient client = new RawClient(server.port())) {
        assertThat(ask(client, "/few").status())
            .as("served before or not")
            .isEqualTo(on ? 429 : 200);
      }
    }
  }
}
