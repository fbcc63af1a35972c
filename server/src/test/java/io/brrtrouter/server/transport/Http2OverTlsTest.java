package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Http2Test} with HTTP/2 chosen in the handshake, and a client of the JDK. */
class Http2OverTlsTest extends Http2Test {

  @Override
  void configure(Settings changed) {
    super.configure(changed);
    changed.protocols = new TlsFolder()::protocols;
  }

  private RawClient offering(List<String> protocols) throws IOException {
    return new RawClient(server.transport.port())
        .encrypted(TestCertificates.trusting().context(), protocols);
  }

  @Override
  H2Client http2() throws IOException {
    return new H2Client(offering(List.of("h2")));
  }

  @Override
  H2Client http2(int receiveBuffer) throws IOException {
    return new H2Client(
        new RawClient(server.transport.port(), receiveBuffer)
            .encrypted(TestCertificates.trusting().context(), List.of("h2")));
  }

  @Override
  String scheme() {
    return "https";
  }

  @ParameterizedTest(name = "of {0}: {1}")
  @CsvSource({"'h2,http/1.1', h2", "'http/1.1,h2', h2", "h2, h2", "http/1.1, http/1.1", "'', ''"})
  void the_server_chooses_a_protocol(String offered, String chosen) throws IOException {
    try (RawClient client = offering(offered.isEmpty() ? List.of() : List.of(offered.split(",")))) {
      assertThat(client.protocol()).isEqualTo(chosen);
    }
  }

  @Test
  void nobody_chooses_http_2_where_it_is_off() throws Exception {
    Protocols both = settings.protocols.get();
    settings.protocols = () -> new Protocols(both.tls(), false, both.proxies());
    restart();
    try (RawClient client = offering(List.of("h2", "http/1.1"))) {
      assertThat(client.protocol()).isEqualTo("http/1.1");
      assertThat(client.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
    }
    assertThatThrownBy(() -> offering(List.of("h2"))).isInstanceOf(SSLHandshakeException.class);
  }

  /** RFC 9113 section 3.2: over TLS nobody begins with HTTP/2 without having chosen it. */
  @Test
  void what_was_not_chosen_is_not_spoken() throws IOException {
    try (RawClient client = offering(List.of("http/1.1"))) {
      assertThat(client.send(H2Client.PREFACE).read().status()).isEqualTo(505);
    }
  }

  @Test
  void a_client_of_the_jdk_asks_much_at_once() throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificates.trusting().context()).build()) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      String body = "x".repeat(90_000);
      URI first = URI.create("https://localhost:" + server.transport.port() + "/first");
      client.send(java.net.http.HttpRequest.newBuilder(first).build(), BodyHandlers.discarding());
      for (int i = 0; i < 50; i++) {
        answers.add(
            client.sendAsync(
                java.net.http.HttpRequest.newBuilder(
                        URI.create("https://localhost:" + server.transport.port() + "/" + i))
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString()));
      }
      for (int i = 0; i < 50; i++) {
        HttpResponse<String> answer = answers.get(i).get();
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("POST /" + i + " " + body);
      }
      assertThat(server.transport.connections()).isEqualTo(1);
      eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
    }
  }
}
