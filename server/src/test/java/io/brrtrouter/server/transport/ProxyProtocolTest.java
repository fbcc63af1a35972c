package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.IpRange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Load balancers that say where a connection comes from. */
class ProxyProtocolTest extends ServerTest {
  private static final String V1 = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n";
  private static final String V2 = "0D0A0D0A000D0A515549540A";

  private final TlsFolder folder = new TlsFolder();

  @Override
  void configure(Settings changed) {
    changed.protocols = () -> from(Optional.empty(), IpRange.PRIVATE);
  }

  private static Protocols from(Optional<Tls> tls, List<IpRange> networks) {
    return new Protocols(tls, true, Optional.of(new ProxySources(networks)));
  }

  private String address() throws InterruptedException {
    InetSocketAddress address = (InetSocketAddress) server.nextRequest().peer().address();
    return address.getAddress().isLoopbackAddress()
        ? "proxy"
        : address.getAddress().getHostAddress() + " " + address.getPort();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443|, 192.0.2.7 4711",
    "PROXY TCP6 2001:db8::7 2001:db8::1 4711 443|, 2001:db8:0:0:0:0:0:7 4711",
    "PROXY TCP4 10.0.2.0 198.51.100.1 4711 443|, 10.0.2.0 4711",
    "PROXY TCP6 ::ffff:10.2.0.4 2001:db8::1 4711 443|, 10.2.0.4 4711",
    "PROXY TCP4 192.0.2.7 198.51.100.1 65535 1|, 192.0.2.7 65535",
    "PROXY UNKNOWN|, proxy",
    "PROXY UNKNOWN ffff::1 ffff::2 1 2|, proxy",
  })
  void version_1(String header, String address) throws Exception {
    try (RawClient client = client()) {
      client.send(header.replace("|", "\r\n") + "GET /a" + END);
      assertThat(client.read().body()).isEqualTo("GET /a ");
      assertThat(address()).isEqualTo(address);
      client.send("GET /b" + END).read();
      assertThat(address()).isEqualTo(address);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    // IPv4 over TCP, with an extension behind the addresses.
    "2111 000C C0000207 C6336401 1267 01BB, 192.0.2.7 4711",
    "2111 0010 C0000207 C6336401 1267 01BB 04 0001 00, 192.0.2.7 4711",
    "2121 0024 20010DB8000000000000000000000007 20010DB8000000000000000000000001 1267 01BB,"
        + " 2001:db8:0:0:0:0:0:7 4711",
    // LOCAL: the load balancer looks whether the server is well. UNSPEC: it does not know.
    "2000 0000, proxy",
    "2100 0000, proxy",
  })
  void version_2(String header, String address) throws Exception {
    try (RawClient client = client()) {
      client.send(HexFormat.of().parseHex(V2 + header.replace(" ", "")));
      assertThat(client.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
      assertThat(address()).isEqualTo(address);
    }
  }

  @Test
  void a_header_comes_octet_by_octet() throws Exception {
    try (RawClient client = client()) {
      for (char c : (V1 + "GET /a" + END).toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.read().body()).isEqualTo("GET /a ");
      assertThat(address()).isEqualTo("192.0.2.7 4711");
    }
  }

  @Test
  void headers_that_do_not_end_are_counted() throws Exception {
    settings.bufferedBytes = 40_000;
    restart();
    // Extensions of 4,000 octets, but for the last.
    byte[] part = HexFormat.of().parseHex(V2 + "2111 0FAC".replace(" ", "") + "00".repeat(4_011));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      clients.add(client().send(part));
    }
    try (RawClient other = client()) { // accepted behind all of them
      other.send(V1 + "GET /a" + END);
      assertThat(other.read().body()).isEqualTo("GET /a ");
    }
    eventually("some are closed", () -> server.transport.connections() <= 10);
    assertThat(server.transport.bufferedBytes()).isBetween(20_000L, 40_000L);
    for (RawClient client : clients) {
      client.reset();
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
    try (RawClient last = client()) {
      last.send(part);
      eventually("it is held", () -> server.transport.bufferedBytes() > 0);
      last.send(new byte[1]).send("GET /b" + END);
      assertThat(last.read().body()).isEqualTo("GET /b ");
      eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
    }
  }

  @Test
  void tls_comes_behind_a_header() throws Exception {
    settings.protocols = () -> from(folder.protocols().tls(), IpRange.PRIVATE);
    restart();
    try (RawClient client = new RawClient(server.transport.port())) {
      RawClient encrypted =
          client.send(V1).encrypted(TestCertificates.trusting().context(), List.of("http/1.1"));
      assertThat(encrypted.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
      assertThat(server.requests.peek().peer().secure()).isTrue();
      assertThat(address()).isEqualTo("192.0.2.7 4711");
    }
  }

  @Test
  void http_2_comes_behind_a_header() throws Exception {
    try (H2Client client = new H2Client(client().send(V1))) {
      client.get(1, "/a");
      assertThat(client.outcome(1)).isEqualTo("200 GET /a ");
      assertThat(address()).isEqualTo("192.0.2.7 4711");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 nowhere 198.51.100.1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 99999 443\r\n",
        "PROXY TCP4 010.2.3.4 198.51.100.1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 10.2.3.04 198.51.100.1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP6 [2001:db8::7] 2001:db8::1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP6 fe80::1%eth0 2001:db8::1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP6 ::ffff:10.02.3.4 2001:db8::1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 010.2.3.4 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP6 2001:db8::7 fe80::1%eth0 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 080 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711 0443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 00 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 +80 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711 +443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 -1 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 65536 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711 65536\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443 \r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443 1\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4  192.0.2.7 198.51.100.1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 2001:db8::7 2001:db8::1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP6 192.0.2.7 198.51.100.1 4711 443\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "PROXY TCP4 \r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443 and much more than a line of this protocol has",
        "\r\n\r\n\0\r\nQUIT\n\u0051\u0011\0\u000c\u00c0\0\u0002\u0007\u00c6\u0033\u0064\u0001\u0012\u0067\1\u00bb"
      })
  void what_is_no_header_is_closed_without_a_word(String octets) throws IOException {
    try (RawClient client = client()) {
      boolean endless = octets.startsWith("PROXY") && !octets.contains("\r\n");
      assertThat(client.send(endless ? octets.repeat(3) : octets).readToEnd()).isEmpty();
      assertThat(server.decided).hasValue(0);
    } catch (SocketException reset) {
      assertThat(server.decided).hasValue(0);
    }
  }

  /** None of them can be judged before more of it comes. */
  @ParameterizedTest
  @ValueSource(
      strings = {"PROXY TCP4", "PROXY TCP4\r\n", "\r\n\r\n\0\r\nQUIT\n\u0051\u0011\0\u000c"})
  void a_header_that_does_not_come_in_time_is_closed(String octets) throws IOException {
    settings.head = Duration.ofMillis(200);
    restart();
    try (RawClient client = client()) {
      assertThat(client.send(octets).isEnded()).isTrue();
    }
  }

  @Test
  void who_is_no_load_balancer_may_not_connect() throws IOException {
    settings.protocols =
        () -> from(Optional.empty(), List.of(IpRange.parse("192.0.2.0/24").orElseThrow()));
    restart();
    try (RawClient client = client()) {
      assertThat(client.isEnded()).isTrue();
    }
    assertNothingIsServed(V1 + "GET /a" + END);
    assertNothingIsServed(
        new String(HexFormat.of().parseHex(V2 + "2111000CC0000207C6336401126701BB"), ISO_8859_1)
            + "GET /a"
            + END);
  }

  @Test
  void who_is_closed_without_a_word_stands_in_the_log() throws Exception {
    try (CapturedLog log = new CapturedLog(RefusedConnections.class.getName())) {
      assertNothingIsServed("GET /a" + END);
      assertThat(log.next("does not begin with a header of the PROXY protocol"))
          .hasToString(
              "[WARN] a connection from 127.0.0.1 is closed: http.proxy_protocol is required, and it"
                  + " does not begin with a header of the PROXY protocol; let the load balancer send"
                  + " one, or turn http.proxy_protocol off; 1 so far since this was told last");

      settings.protocols =
          () -> from(Optional.empty(), List.of(IpRange.parse("192.0.2.0/24").orElseThrow()));
      restart();
      assertNothingIsServed(V1 + "GET /a" + END);
      assertThat(log.next("nobody of http.proxy_protocol_from is there"))
          .hasToString(
              "[WARN] a connection from 127.0.0.1 is closed: http.proxy_protocol is required, and"
                  + " nobody of http.proxy_protocol_from is there; add the address if it is a load"
                  + " balancer's; 1 so far since this was told last");
    }
  }

  @Test
  void a_header_as_long_as_is_accepted_and_one_octet_longer() throws Exception {
    // An extension of a type that means nothing (section 2.2.7) fills it.
    String addresses = "C0000207 C6336401 1267 01BB";
    int most = ProxyHeader.MOST_OCTETS - 16;
    try (RawClient client = client()) {
      String header = "2111 %04X %s 04 %04X".formatted(most, addresses, most - 12 - 3);
      client
          .send(HexFormat.of().parseHex(V2 + header.replace(" ", "")))
          .send(new byte[most - 12 - 3]);
      assertThat(client.send("GET /a" + END).read().body()).isEqualTo("GET /a ");
    }
    restart();
    try (CapturedLog log = new CapturedLog(RefusedConnections.class.getName())) {
      String header = "2111 %04X %s".formatted(most + 1, addresses);
      assertNothingIsServed(
          new String(HexFormat.of().parseHex(V2 + header.replace(" ", "")), ISO_8859_1)
              + "\0".repeat(most + 1 - 12));
      assertThat(log.next("PROXY protocol"))
          .hasToString(
              "[WARN] a connection from 127.0.0.1 is closed: http.proxy_protocol is required, and"
                  + " its header of the PROXY protocol is longer than the 4328 octets that are"
                  + " accepted; let the load balancer tell less behind the addresses; 1 so far since"
                  + " this was told last");
    }
  }

  @Test
  void a_header_that_never_comes_stands_in_the_log() throws Exception {
    settings.head = Duration.ofMillis(50);
    restart();
    try (CapturedLog log = new CapturedLog(RefusedConnections.class.getName());
        RawClient client = client()) {
      assertThat(client.isEnded()).isTrue();
      assertThat(log.next("does not begin with a header")).isNotNull();
    }
  }

  /** Anybody can connect, and nobody may fill a log with it. */
  @Test
  void many_are_told_of_once_a_minute_with_their_number() {
    AtomicLong clock = new AtomicLong();
    RefusedConnections refused = new RefusedConnections(clock::get);
    InetSocketAddress from = InetSocketAddress.createUnresolved("many.example", 1);
    try (CapturedLog log = new CapturedLog(RefusedConnections.class.getName())) {
      for (int i = 0; i < 7; i++) {
        refused.withoutHeader(from);
      }
      refused.stranger(from);
      clock.addAndGet(Duration.ofMinutes(1).toNanos());
      refused.withoutHeader(from);
      assertThat(log.about("many.example"))
          .extracting(line -> line.getFormattedMessage().replaceAll(".*; (\\d+) so far.*", "$1"))
          .containsExactly("1", "1", "7");
    }
  }

  /** Whose word does not count may claim no address, not even that of a load balancer. */
  private void assertNothingIsServed(String octets) throws IOException {
    try (RawClient client = client()) {
      assertThat(client.send(octets).readToEnd()).isEmpty();
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    assertThat(server.decided).hasValue(0);
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "10.1.2.3, 10.0.0.0/8, true",
    "11.1.2.3, 10.0.0.0/8, false",
    "172.31.255.255, 172.16.0.0/12, true",
    "172.32.0.0, 172.16.0.0/12, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.2, 192.0.2.1, false",
    "192.0.2.2, 0.0.0.0/0, true",
    "fd00::1, fc00::/7, true",
    "fe00::1, fc00::/7, false",
    "::1, 127.0.0.0/8, false",
  })
  void a_network_has_addresses(String address, String network, boolean expected) throws Exception {
    ProxySources sources = new ProxySources(List.of(IpRange.parse(network).orElseThrow()));
    assertThat(sources.contains(new InetSocketAddress(address, 1))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.com", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129"})
  void what_is_no_network_is_none(String text) {
    assertThat(IpRange.parse(text)).isEmpty();
  }
}
