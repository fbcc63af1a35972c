package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.transport.RawClient.Answer;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are encrypted, beside what {@link ResponseOverTlsTest} and others show. */
class TlsTest extends ServerTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  /** What every ClientHello begins with: a record of 512 octets of a handshake. */
  private static final byte[] HELLO = HexFormat.of().parseHex("1603010200010001fc0303");

  /** The type of a record that changes the cipher, and such a record. */
  private static final int CHANGE = 20;

  private static final byte[] CHANGE_OF_CIPHER = HexFormat.of().parseHex("140303000101");

  private final TlsFolder folder = new TlsFolder();

  @Override
  void configure(Settings changed) {
    changed.protocols = folder::protocols;
  }

  private RawClient client(String... versions) throws IOException {
    return TestCertificates.trusting().client(server.transport.port(), 0, versions);
  }

  private static String subject(RawClient client) throws IOException {
    return ((X509Certificate) client.session().getPeerCertificates()[0])
        .getSubjectX500Principal()
        .toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void requests_come_over_each_version(String version) throws Exception {
    try (RawClient client = client(version)) {
      assertThat(client.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
      assertThat(client.session().getProtocol()).isEqualTo(version);
      assertThat(client.session().getCipherSuite()).containsAnyOf("GCM", "CHACHA20");
      HttpRequest request = server.nextRequest();
      assertThat(request.peer().secure()).isTrue();
      assertThat(request.peer().certificates()).isEmpty();
      assertThat(request.version()).isEqualTo("HTTP/1.1");
    }
  }

  /** TLS 1.2 lets a client begin as many handshakes as it likes; each costs a signature. */
  @Test
  void a_second_handshake_ends_the_connection() throws Exception {
    try (RawClient client = client("TLSv1.2")) {
      assertThat(client.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
      assertThatThrownBy(
              () -> {
                client.handshakeAgain();
                client.send("GET /b" + END).read();
              })
          .isInstanceOf(IOException.class);
    }
    eventually("it is closed", () -> server.transport.connections() == 0);
    assertThat(server.decided).hasValue(1);
  }

  @Test
  void a_request_comes_octet_by_octet() throws IOException {
    try (RawClient client = client()) {
      for (char c : ("POST /a" + AND + "Content-Length: 2\r\n\r\nok").toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.read().body()).isEqualTo("POST /a ok");
    }
  }

  /** RFC 9110 section 7.4: what was asked for is had by such a connection. */
  @ParameterizedTest
  @ValueSource(strings = {"https://x/a", "http://x/a"})
  void an_absolute_target_is_answered(String target) throws IOException {
    try (RawClient client = client()) {
      assertThat(client.send("GET " + target + END).read().body()).isEqualTo("GET /a ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void a_client_reads_the_answer_to_a_request_it_was_not_to_send_whole(String version)
      throws IOException {
    try (RawClient client = client(version)) {
      client.send("POST /a" + AND + "Content-Length: 999999\r\n\r\n" + "x".repeat(200_000));
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(413);
      client.send("x".repeat(10_000));
      assertThat(client.isEnded()).isTrue(); // by a close_notify, else this would throw
    }
  }

  /** RFC 8446 section 6.1: without it a client cannot tell the end from octets cut off. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "TLSv1.3, GET /a HTTP/1.1|Host: x|Connection: close||",
    "TLSv1.2, GET /a HTTP/1.1|Host: x|Connection: close||",
    "TLSv1.3, GET /a HTTP/1.0|Host: x||",
    "TLSv1.2, GET /a HTTP/1.0|Host: x||",
    "TLSv1.2, GET /large HTTP/1.0|Host: x||",
    "TLSv1.2, GET /close HTTP/1.1|Host: x||",
    "TLSv1.2, nonsense||",
  })
  void a_connection_that_ends_with_its_response_says_so(String version, String request)
      throws IOException {
    try (RecordedSocket carrier = new RecordedSocket()) {
      SSLSocket socket = carrier.encrypted(server.transport.port(), version);
      socket.getOutputStream().write(request.replace("|", "\r\n").getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 ");
      ByteBuffer last = carrier.lastRecord();
      // An alert; in TLS 1.3 it looks like content, but for its length, padded by the JDK.
      assertThat(last.get()).isEqualTo((byte) (version.equals("TLSv1.3") ? 23 : 21));
      assertThat(last.limit()).isEqualTo(5 + (version.equals("TLSv1.3") ? 35 : 26));
    }
  }

  /**
   * RFC 8446 section 4.1.4: a client whose key shares are of no use greets once more, and that is
   * not a second handshake, though it may come behind the client's change of cipher (appendix D.4).
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_client_that_is_asked_for_another_key_share_is_served(boolean behind) throws Exception {
    settings.protocols = () -> folder.protocols(TlsTest::takeOneGroup);
    restart();
    try (RecordedSocket carrier = new RecordedSocket()) {
      carrier.changesEarly = behind;
      SSLSocket socket = carrier.encrypted(server.transport.port(), "TLSv1.3");
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setNamedGroups(new String[] {"x25519", "secp256r1", "secp384r1"});
      socket.setSSLParameters(parameters);
      String request = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("GET /a ");
      assertThat(carrier.sentTypes())
          .startsWith(22, behind ? CHANGE : 22, behind ? 22 : CHANGE, 23);
    }
    eventually("it is closed", () -> server.transport.connections() == 0);
  }

  /** Of that one the JDK sends no share: one of each kind is enough for it, and it comes third. */
  private static SSLEngine takeOneGroup(SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setNamedGroups(new String[] {"secp384r1"});
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Keeps what comes and what is sent, encrypted as it is. */
  private static final class RecordedSocket extends Socket {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** Whether the change of cipher is sent before the second record, where others send it. */
    private boolean changesEarly;

    private boolean changed;

    SSLSocket encrypted(int port, String version) throws IOException {
      connect(new InetSocketAddress("127.0.0.1", port));
      setSoTimeout(20_000);
      SSLSocket socket =
          (SSLSocket)
              TestCertificates.trusting()
                  .context()
                  .getSocketFactory()
                  .createSocket(this, "localhost", 0, true);
      socket.setEnabledProtocols(new String[] {version});
      return socket;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] source, int from, int length) throws IOException {
          int last = from + length;
          for (int at = from; at < last; ) {
            int record = 5 + ByteBuffer.wrap(source).getShort(at + 3);
            if (changesEarly && !changed && sent.size() > 0) {
              changed = true;
              record(CHANGE_OF_CIPHER, 0, CHANGE_OF_CIPHER.length);
            }
            if (!changed || source[at] != CHANGE) {
              record(source, at, record);
            }
            at += record;
          }
        }

        private void record(byte[] source, int from, int length) throws IOException {
          sent.write(source, from, length);
          out.write(source, from, length);
        }
      };
    }

    /** {@return the types of the records that were sent} */
    List<Integer> sentTypes() {
      List<Integer> types = new ArrayList<>();
      ByteBuffer all = ByteBuffer.wrap(sent.toByteArray());
      for (int at = 0; at < all.limit(); at += 5 + all.getShort(at + 3)) {
        types.add((int) all.get(at));
      }
      return types;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] target, int from, int length) throws IOException {
          int read = super.read(target, from, length);
          octets.write(target, from, Math.max(0, read));
          return read;
        }
      };
    }

    /** {@return the record that came last (RFC 8446 section 5.1)} */
    ByteBuffer lastRecord() {
      ByteBuffer all = ByteBuffer.wrap(octets.toByteArray());
      int at = 0;
      int next = 0;
      while (next < all.limit()) {
        at = next;
        next = at + 5 + all.getShort(at + 3);
      }
      return all.slice(at, next - at);
    }
  }

  /** RFC 8446 section 6.1: each side says by itself that it sends no more. */
  @Test
  void a_client_that_sends_no_more_reads_its_answer() throws Exception {
    try (RawClient client = client("TLSv1.3")) {
      client.send("GET /wait" + END);
      server.nextRequest();
      client.endOutput();
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void an_idle_client_that_says_goodbye_is_told_goodbye() throws IOException {
    try (RawClient client = client("TLSv1.3")) {
      assertThat(client.send("GET /a" + END).read().status()).isEqualTo(200);
      assertThat(client.endOutput().isEnded()).isTrue();
    }
  }

  @Test
  void a_client_that_goes_away_is_noticed() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /wait" + END);
      server.nextRequest();
      client.reset();
      assertThat(server.nextCompleted()).isEqualTo(new Completed("/wait", 0, 0, true));
    }
  }

  @Test
  void a_client_that_does_not_read_is_closed() throws Exception {
    settings.writeStall = SHORT;
    restart();
    try (CapturedLog log = new CapturedLog("io.netty");
        RawClient client = server.client(4096)) {
      client.send("GET /large" + END);
      Completed completed = server.nextCompleted();
      assertThat(completed.aborted()).isTrue();
      assertThat(completed.bytes()).isLessThan(TestServer.LARGE);
      eventually("closed", () -> server.transport.connections() == 0);
      assertThat(log.about("")).isEmpty();
    }
  }

  @Test
  void a_client_that_reads_slowly_is_not_closed() throws Exception {
    assume(eventLoops == EventLoops.EPOLL, "the kernel takes all of the response without epoll");
    settings.writeStall = Duration.ofMillis(400);
    restart();
    try (RawClient client = server.client(4096)) {
      client.send("GET /large" + END);
      for (int i = 0; i < 10; i++) {
        client.skip(TestServer.LARGE / 20);
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      client.skip(TestServer.LARGE / 2);
      assertThat(server.nextCompleted())
          .isEqualTo(new Completed("/large", 200, TestServer.LARGE, false));
    }
  }

  /** Promise 3: what a client leaves unread counts, though TLS makes other octets of it. */
  @Test
  void beyond_the_bytes_of_unread_responses_who_reads_least_makes_room() throws Exception {
    settings.bufferedBytes = TestServer.LARGE / 3 * 7;
    restart();
    try (RawClient first = server.client(2048);
        RawClient second = client()) {
      first.send("GET /large?1" + END);
      eventually("it waits", () -> server.transport.shared.unread().bytes() > TestServer.LARGE);
      Answer answer = second.send("GET /large?2" + END).read();
      long began = System.nanoTime();
      while (answer.status() == 503 && isRecent(began)) {
        server.nextCompleted();
        answer = second.send("GET /large?2" + END).read();
      }
      assertThat(answer.body()).hasSize(TestServer.LARGE);
      Completed cut = server.nextCompleted();
      assertThat(cut.target()).isEqualTo("/large?1");
      assertThat(cut.aborted()).isTrue();
      eventually("none waits", () -> server.transport.shared.unread().bytes() == 0);
    }
  }

  @Test
  void who_does_not_speak_tls_is_told() throws IOException {
    try (RawClient client = new RawClient(server.transport.port())) {
      Answer answer = client.send("POST /a" + AND + "Content-Length: 9\r\n\r\n").read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.headers())
          .containsOnlyKeys(
              "x-content-type-options", "content-type", "content-length", "connection");
      assertThat(answer.body()).isEqualTo("This port speaks TLS: ask for https, not http.\n");
      client.send("and more");
      assertThat(client.isEnded()).isTrue();
      assertThat(server.decided).hasValue(0);
    }
  }

  @Test
  void who_does_not_speak_tls_and_asks_with_head_is_told_without_content() throws IOException {
    try (RawClient client = new RawClient(server.transport.port())) {
      Answer answer = client.send("HEAD /a" + END).readHead();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Content-Length")).isEqualTo("47");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\u0080abc", "\u0015\u0003\u0003\0\u0002\u0001\0"})
  void what_is_neither_tls_nor_http_is_closed_without_a_word(String octets) throws IOException {
    try (RawClient client = new RawClient(server.transport.port())) {
      assertThat(client.send(octets).isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11})
  void a_handshake_that_does_not_come_in_time_is_closed(int octets) throws IOException {
    settings.head = SHORT;
    restart();
    try (CapturedLog log = new CapturedLog("io.netty.handler.ssl");
        RawClient client = new RawClient(server.transport.port())) {
      assertThat(client.send(java.util.Arrays.copyOf(HELLO, octets)).isEnded()).isTrue();
      eventually("closed", () -> server.transport.connections() == 0);
      assertThat(log.about("")).isEmpty();
    }
  }

  @Test
  void a_handshake_that_fails_is_no_line_in_the_log() throws Exception {
    settings.linger = SHORT;
    restart();
    try (CapturedLog log = new CapturedLog("io.netty")) {
      assertThatThrownBy(() -> client("TLSv1.1").close())
          .isInstanceOf(javax.net.ssl.SSLException.class);
      try (RawClient client = new RawClient(server.transport.port())) {
        client.send(HELLO).send("nonsense".repeat(100)).readToEnd();
      }
      try (RawClient client = new RawClient(server.transport.port())) {
        client.send(HELLO).reset();
      }
      try (RawClient client = new RawClient(server.transport.port())) {
        assertThat(client.send(HELLO).endOutput().isEnded()).isTrue();
      }
      eventually("all are gone", () -> server.transport.connections() == 0);
      assertThat(log.about("").stream().filter(e -> e.getLevel().isGreaterOrEqual(Level.INFO)))
          .isEmpty();
    }
  }

  @AfterEach
  void watchNoMore() {
    folder.close();
  }

  private boolean served(String subject) {
    try (RawClient client = client()) {
      return subject(client).equals(subject);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_new_certificate_is_for_new_connections_while_an_old_one_lives_on() throws Exception {
    try (RawClient old = client()) {
      assertThat(subject(old)).isEqualTo("CN=first server");
      folder.watch();
      folder.put(TestCertificates.issued("CN=second server"));
      eventually("the second is served", () -> served("CN=second server"));
      try (RawClient fresh = client()) {
        assertThat(subject(fresh)).isEqualTo("CN=second server");
        assertThat(fresh.send("GET /b" + END).read().body()).isEqualTo("GET /b ");
      }
      assertThat(old.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
    }
  }

  @Test
  void a_broken_certificate_is_told_once_and_the_old_one_stays() throws Exception {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.tls")) {
      folder.watch();
      folder.put("server.pem", "none");
      assertThat(log.next("changed files").getFormattedMessage())
          .isEqualTo(
              "changed files of TLS are not used, those before are: %s has no certificate; it is a PEM file with \"-----BEGIN CERTIFICATE-----\" in it"
                  .formatted(folder.path("server.pem")));
      try (RawClient client = client()) {
        assertThat(subject(client)).isEqualTo("CN=first server");
      }
      folder.put("server.key", TestCertificates.issued("CN=another").getPrivateKeyPEM());
      folder.put(TestCertificates.issued("CN=third server"));
      eventually("the third is served", () -> served("CN=third server"));
      // With the first key, the second, and the third if it is put while the files are being read.
      assertThat(log.about("has no certificate;")).hasSizeBetween(1, 3);
    }
  }

  @Test
  void a_file_of_authorities_that_is_cut_off_is_told_and_those_before_stay() throws Exception {
    String one = TestCertificates.AUTHORITY.getCertificatePEM();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.tls")) {
      folder.watch();
      folder.put("clients.pem", one + one.substring(0, 300));
      assertThat(log.next("changed files").getFormattedMessage())
          .isEqualTo(
              "changed files of TLS are not used, those before are: %s is cut off or damaged: a \"-----BEGIN\" has no \"-----END\" of the same name, or the other way round; write it anew"
                  .formatted(folder.path("clients.pem")));
      folder.put("clients.pem", one + one);
      assertThat(log.next("new connections get").getFormattedMessage())
          .startsWith("new connections get what is in the files of TLS now: [")
          .contains(folder.path("server.pem").toString(), folder.path("clients.pem").toString());
    }
  }

  @Test
  void a_handshake_that_has_begun_may_end_while_the_server_drains() throws Exception {
    Thread draining;
    try (RawClient client = client()) {
      client.send("GET /wait" + END);
      server.nextRequest();
      draining = Thread.ofPlatform().start(() -> server.transport.drain(Duration.ofSeconds(20)));
      eventually("it drains", () -> server.transport.shared.isDraining());
      server.release();
      Answer answer = client.read();
      assertThat(answer.body()).isEqualTo("waited");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
    draining.join();
  }

  @Test
  void a_silent_connection_has_a_moment_left_when_the_server_drains() throws Exception {
    try (RawClient client = new RawClient(server.transport.port())) {
      eventually("accepted", () -> server.transport.connections() == 1);
      assertThat(server.transport.drain(Duration.ofSeconds(20))).isTrue();
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_client_that_trusts_somebody_else_ends_the_handshake() {
    assertThatThrownBy(() ->
            new RawClient(server.transport.port()).encrypted(javax.net.ssl.SSLContext.getDefault()))
        .isInstanceOf(SSLHandshakeException.class);
    eventually("closed", () -> server.transport.connections() == 0);
  }
}
