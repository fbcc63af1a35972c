package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.dispatch.CapturedLog;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS records of which a part has come, and handshakes that are not over. */
class PartialRecordsTest extends ServerTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private static final String FULL = "holds too much of what clients send";

  /** As much as a record may have, and no end of a head. */
  private static final String LARGE = "GET /a" + AND + "X: " + "a".repeat(16_000);

  private final TlsFolder folder = new TlsFolder();

  /** Released when the server may go on with handshakes that it verifies. */
  private final CountDownLatch verified = new CountDownLatch(1);

  @Override
  void configure(Settings changed) {
    changed.protocols = folder::protocols;
  }

  @AfterEach
  void forgetFiles() {
    verified.countDown();
    folder.close();
  }

  /** A connection that keeps the last octets of each record back. */
  private static final class WithholdingSocket extends Socket {
    private int kept;
    private byte[] rest = {};

    WithholdingSocket(int port) throws IOException {
      connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      setTcpNoDelay(true);
      setSoTimeout(20_000);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] source, int from, int length) throws IOException {
          byte[] all = Arrays.copyOf(rest, rest.length + length);
          System.arraycopy(source, from, all, rest.length, length);
          int now = Math.max(0, all.length - kept);
          out.write(all, 0, now);
          rest = Arrays.copyOfRange(all, now, all.length);
        }
      };
    }

    void sendRest() throws IOException {
      super.getOutputStream().write(rest);
      rest = new byte[0];
    }
  }

  /** A client over TLS whose records come in parts. */
  private final class Client implements AutoCloseable {
    private final WithholdingSocket carrier = new WithholdingSocket(server.transport.port());
    private final RawClient encrypted;

    Client(String... protocols) throws IOException {
      encrypted =
          new RawClient(carrier)
              .encrypted(TestCertificates.trusting().context(), List.of(protocols));
    }

    /** Sends one record but for its last octets. */
    Client sendPart(String text, int without) throws IOException {
      carrier.kept = without;
      try {
        encrypted.send(text);
      } finally {
        carrier.kept = 0;
      }
      return this;
    }

    @Override
    public void close() throws IOException {
      encrypted.reset();
    }
  }

  private List<String> told(CapturedLog log) {
    return log.about(FULL).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void all_connections_together_hold_no_more_of_records_than_they_may() throws Exception {
    settings.bufferedBytes = 200_000;
    restart();
    List<Client> clients = new ArrayList<>();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.transport")) {
      for (int i = 0; i < 30; i++) {
        Client client = new Client("http/1.1");
        clients.add(client);
        try {
          client.sendPart(LARGE, 1);
        } catch (IOException refused) {
          assertThat(refused).hasMessageMatching("(?i).*(broken pipe|connection reset|abort).*");
        }
      }
      eventually("some are closed", () -> server.transport.connections() <= 16);
      assertThat(server.transport.bufferedBytes()).isBetween(100_000L, 200_000L);
      assertThat(told(log)).hasSizeGreaterThanOrEqualTo(14);
    }
    try (RawClient other = client()) {
      assertThat(other.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
    }
    for (Client client : clients) {
      client.close();
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_record_that_has_come_whole_is_held_no_longer() throws Exception {
    try (Client client = new Client("http/1.1")) {
      client.sendPart("POST /a" + AND + "Content-Length: 15000\r\n\r\n" + "b".repeat(15_000), 1);
      eventually("a part is held", () -> server.transport.bufferedBytes() > 15_000);
      client.carrier.sendRest();
      assertThat(client.encrypted.read().body()).hasSize(15_008);
      eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
    }
  }

  /** Of so little, all has been read when it becomes too much, so that no reset comes first. */
  @ParameterizedTest
  @CsvSource({"http/1.1, end", "h2, GOAWAY ENHANCE_YOUR_CALM"})
  void whose_record_has_no_room_is_told_goodbye(String protocol, String outcome) throws Exception {
    settings.bufferedBytes = 7_000;
    restart();
    try (Client client = new Client(protocol)) {
      if (protocol.equals("h2")) {
        H2Client h2 = new H2Client(client.encrypted);
        h2.get(1, "/a");
        assertThat(h2.whole(1)).isEqualTo("200 GET /a ");
        client.sendPart("\0\30\0\0\0\0\0\0\3" + "x".repeat(6_144), 1_900);
        assertThat(h2.outcome(3)).isEqualTo(outcome);
      } else {
        client.sendPart("GET /a" + AND + "X: " + "a".repeat(6_000), 1_800);
        assertThat(client.encrypted.isEnded()).isTrue();
      }
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_record_that_does_not_come_in_time_ends_its_connection() throws Exception {
    settings.body = SHORT;
    settings.bodyPerKib = Duration.ZERO;
    restart();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.transport");
        Client slow = new Client("http/1.1");
        Client slowWithHttp2 = new Client("h2");
        Client idle = new Client("http/1.1")) {
      H2Client h2 = new H2Client(slowWithHttp2.encrypted);
      h2.get(1, "/wait");
      server.nextRequest();
      slowWithHttp2.sendPart("\0\0\10\6\0\0\0\0\0" + "x".repeat(8), 1);
      slow.encrypted.send("GET /a" + END).read();
      slow.sendPart("GET /a" + END, 1);
      assertThat(slow.encrypted.isEnded()).isTrue();
      assertThat(h2.outcome(1)).isEqualTo("end");
      assertThat(log.about("a TLS record did not come in time")).hasSize(2);
      assertThat(idle.encrypted.send("GET /b" + END).read().body()).isEqualTo("GET /b ");
    }
  }

  /** While the server reads nothing, it is not the client that is late. */
  @Test
  void a_record_is_not_late_that_is_not_read() throws Exception {
    settings.body = SHORT;
    settings.bodyPerKib = Duration.ZERO;
    restart();
    try (Client waiting = new Client("http/1.1");
        Client slow = new Client("http/1.1")) {
      waiting.encrypted.send("GET /wait" + END);
      server.nextRequest();
      String next = "GET /b" + AND + "X: " + "a".repeat(12_000) + "\r\n\r\n";
      waiting.sendPart(next, Integer.MAX_VALUE);
      waiting.sendPart("GET /c" + END, 1); // Behind the other, with one write.
      eventually("it waits", () -> server.heldOctets() > Connection.MOST_WAITING);
      waiting.carrier.sendRest();
      slow.sendPart("GET /a" + END, 1);
      assertThat(slow.encrypted.isEnded()).isTrue();
      server.release();
      assertThat(waiting.encrypted.read().body()).isEqualTo("waited");
      assertThat(waiting.encrypted.read().body()).isEqualTo("GET /b ");
      assertThat(waiting.encrypted.read().body()).isEqualTo("GET /c ");
    }
  }

  @Test
  void a_record_longer_than_any_is_not_waited_for() throws Exception {
    settings.head = Duration.ofMinutes(5);
    restart();
    try (RawClient client = new RawClient(server.transport.port())) {
      client.send(HexFormat.of().parseHex("1603014801"));
      assertThat(client.isEnded()).isTrue();
    }
  }

  /** The JDK collects what comes of a message before it looks at it, in the heap. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void messages_of_handshakes_that_do_not_end_are_counted(int records) throws Exception {
    settings.bufferedBytes = 300_000;
    restart();
    byte[] beginning = HexFormat.of().parseHex("160303400001007ff80303");
    byte[] first = Arrays.copyOf(beginning, 5 + 16_384);
    byte[] second = Arrays.copyOf(HexFormat.of().parseHex("1603034000"), 16_000);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      RawClient client = new RawClient(server.transport.port());
      clients.add(client);
      try {
        client.send(first);
        if (records > 1) {
          client.send(second);
        }
      } catch (IOException refused) {
        assertThat(refused).hasMessageMatching("(?i).*(broken pipe|connection reset|abort).*");
      }
    }
    // Accepted behind all of them.
    try (RawClient other = client()) {
      assertThat(other.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
    }
    eventually("some are closed", () -> server.transport.connections() <= 18);
    eventually("much is held", () -> server.transport.bufferedBytes() > 150_000);
    assertThat(server.transport.bufferedBytes()).isLessThanOrEqualTo(300_000);
    for (RawClient client : clients) {
      client.reset();
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  /** A client sends requests behind its last message, before the server has verified it. */
  @Test
  void little_is_read_while_a_thread_works_on_a_handshake() throws Exception {
    SSLContext verifying = verifying();
    settings.protocols =
        () ->
            new Protocols(
                Optional.of(new Tls(() -> engine(verifying), (_, _) -> {})),
                true,
                Optional.empty());
    restart();
    String request = "POST /a" + AND + "Content-Length: 90000\r\n\r\n" + "b".repeat(90_000);
    try (RawClient client =
        TestCertificates.showing(TestCertificates.issued("CN=client"))
            .client(server.transport.port(), 0, "TLSv1.3")) {
      FutureTask<RawClient> sent = new FutureTask<>(() -> client.send(request.repeat(10)));
      Thread.startVirtualThread(sent);
      eventually("it does not read", () -> paused() == 1);
      assertThat(server.transport.bufferedBytes()).isBetween(20_000L, 140_000L);
      verified.countDown();
      for (int i = 0; i < 10; i++) {
        assertThat(client.read().body()).hasSize(90_008);
      }
      sent.get();
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  private static SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  /** {@return TLS that takes its time to verify clients} */
  private SSLContext verifying() throws Exception {
    KeyManager[] keys = TestCertificates.SERVER.toKeyManagerFactory().getKeyManagers();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {new Verifier()}, null);
    return context;
  }

  /** {@return how many connections do not read} */
  private long paused() {
    long paused = 0;
    for (ConnectionLoop loop : server.transport.loops.values()) {
      paused += loop.eventLoop().submit(() -> paused(loop)).syncUninterruptibly().getNow();
    }
    return paused;
  }

  private static long paused(ConnectionLoop loop) {
    long[] paused = {0};
    loop.forEach(entry -> {
      RecordGuard records = entry.records;
      paused[0] += records != null && records.isPaused() ? 1 : 0;
    });
    return paused[0];
  }

  /** Trusts everybody, later. */
  private final class Verifier extends X509ExtendedTrustManager {
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {TestCertificates.AUTHORITY.getCertificate()};
    }

    private void verify() {
      try {
        verified.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      verify();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      verify();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      verify();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}
  }
}
