package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.IpRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client sends that nobody understands is in no log, whatever is logged: it may be a secret
 * sent to the wrong port, or something that a terminal obeys.
 */
@Isolated("everything is logged meanwhile")
class WordsOfPeersTest extends ServerTest {
  private static final String SECRET = "hunter2swordfish";
  private static final String OBEYED = "\u001b[31m";
  private static final String WORDS = OBEYED + SECRET + OBEYED;

  private final List<CapturedLog> logs = new ArrayList<>();
  private final Map<Logger, @Nullable Level> levels = new HashMap<>();
  private final TlsFolder folder = new TlsFolder();

  @BeforeEach
  void logEverything() {
    for (String name : List.of("io.brrtrouter", "io.netty")) {
      Logger logger = CapturedLog.logger(name);
      levels.put(logger, logger.getLevel());
      logger.setLevel(Level.TRACE);
      logs.add(new CapturedLog(name));
    }
  }

  @AfterEach
  void logAsBefore() {
    levels.forEach(Logger::setLevel);
    logs.forEach(CapturedLog::close);
    folder.close();
  }

  /** Sends octets, and waits until the server has done with them. */
  private void send(byte[] octets) throws IOException {
    try (RawClient client = new RawClient(server.transport.port())) {
      client.send(octets).endOutput();
      client.readToEnd();
    } catch (IOException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    eventually("it is closed", () -> server.transport.connections() == 0);
  }

  private void assertThatIsLoggedWithoutTheWords(String message) {
    List<String> lines =
        logs.stream().flatMap(log -> log.about("").stream()).map(WordsOfPeersTest::line).toList();
    assertThat(lines).anyMatch(line -> line.contains(message));
    assertThat(lines)
        .noneMatch(line -> line.contains(SECRET))
        .noneMatch(line -> line.contains(HexFormat.of().formatHex(SECRET.getBytes(US_ASCII))))
        .noneMatch(
            line -> line.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r'));
  }

  private static String line(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 " + WORDS + " 198.51.100.1 4711 443\r\n",
        "PROXY TCP4 192.0.2.7 " + WORDS + " 4711 443\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 " + WORDS + " 443\r\n",
        "PROXY " + WORDS + " 192.0.2.7 198.51.100.1 4711 443\r\n",
        "PROXY TCP6 fe80::1%" + WORDS + " 2001:db8::1 4711 443\r\n",
        "PROXY " + WORDS + WORDS + WORDS + WORDS + WORDS + "\r\n",
        "GET /" + WORDS + " HTTP/1.1\r\n\r\n",
      })
  void of_the_proxy_protocol(String octets) throws IOException {
    settings.protocols =
        () -> new Protocols(Optional.empty(), true, Optional.of(new ProxySources(IpRange.PRIVATE)));
    restart();
    send(octets.getBytes(ISO_8859_1));
    assertThatIsLoggedWithoutTheWords("a connection is closed before its first request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A whole record of a handshake that is none, and what is no record behind one.
        "\u0016\u0003\u0001\0\u001a" + WORDS,
        "\u0016\u0003\u0001\0\u0004\u0001\0\0\0" + "\u0017" + WORDS,
        "\u0016" + WORDS,
      })
  void of_tls(String octets) throws IOException {
    settings.protocols = folder::protocols;
    restart();
    send(octets.getBytes(ISO_8859_1));
    assertThatIsLoggedWithoutTheWords("a TLS handshake failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET + ".\u001b", SECRET + ".\u00ff"})
  void of_a_name_in_a_tls_handshake(String name) throws Exception {
    settings.protocols = folder::protocols;
    restart();
    SSLEngine client = TestCertificates.trusting().context().createSSLEngine();
    client.setUseClientMode(true);
    SSLParameters parameters = client.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName("x".repeat(name.length()))));
    client.setSSLParameters(parameters);
    ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    client.wrap(ByteBuffer.allocate(0), hello);
    String octets = new String(hello.array(), 0, hello.position(), ISO_8859_1);
    assertThat(octets).contains("x".repeat(name.length()));

    send(octets.replace("x".repeat(name.length()), name).getBytes(ISO_8859_1));

    assertThatIsLoggedWithoutTheWords("a TLS handshake failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {WORDS, ":" + SECRET, "X-" + SECRET, SECRET + " "})
  void of_the_head_of_a_request(String name) throws IOException {
    send(
        ("GET /a HTTP/1.1\r\nHost: x\r\n" + name + ": " + WORDS + "\r\n\r\n").getBytes(ISO_8859_1));
    try (H2Client client = new H2Client(client())) {
      client.headers(
          3,
          true,
          ":method",
          "GET",
          ":path",
          "/a",
          ":scheme",
          "http",
          ":authority",
          "x",
          name,
          WORDS);
      client.headers(5, true, ":" + SECRET, WORDS);
      client.send(H2Client.GOAWAY, 0, 0, ("\0\0\0\0\0\0\0\0" + WORDS).getBytes(ISO_8859_1));
      // A frame of settings has no stream.
      client.send(H2Client.SETTINGS, 0, 3, WORDS.getBytes(ISO_8859_1));
      client.outcome(99);
    }
    eventually("it is closed", () -> server.transport.connections() == 0);
    assertThatIsLoggedWithoutTheWords("an HTTP/2 connection is closed");
  }
}
