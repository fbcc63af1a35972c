package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a request is from; trusted are 10.0.0.0/8 and fd00::/8. */
class TrustedProxiesTest {

  private static final List<IpRange> RANGES =
      Stream.of("10.0.0.0/8", "fd00::/8").map(each -> IpRange.parse(each).orElseThrow()).toList();

  private static String client(ForwardedField field, String peer, Headers headers) {
    Peer of = Peer.of(new InetSocketAddress(InetAddress.ofLiteral(peer), 1234));
    return new TrustedProxies(RANGES, field)
        .client(new HttpRequest(Method.GET, "/", "HTTP/1.1", headers, of))
        .map(InetAddress::getHostAddress)
        .orElse("none");
  }

  /** {@return the hosts, and whether what was sent to them was encrypted; none by nobody's word} */
  private static String destination(ForwardedField field, Peer peer, String fields) {
    Headers.Builder headers = Headers.builder();
    headers.add("Host", "h");
    if (!fields.equals("-")) {
      for (String each : fields.split(" \\| ")) {
        headers.add(
            each.substring(0, each.indexOf(':')), each.substring(each.indexOf(':') + 1).strip());
      }
    }
    return new TrustedProxies(RANGES, field)
        .destination(new HttpRequest(Method.GET, "/", "HTTP/1.1", headers.build(), peer))
        .map(told -> told.authorities() + (told.encrypted() ? " encrypted" : ""))
        .orElse("none");
  }

  /** Each of the fields is believed as far as the one with the addresses is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          # peer    ; tls   ; fields ; destination
          192.0.2.1 ; false ; X-Forwarded-Host: a | X-Forwarded-Proto: https ; none
          192.0.2.1 ; true  ; X-Forwarded-Host: a | X-Forwarded-Proto: http ; none
          10.0.0.1  ; false ; - ; []
          10.0.0.1  ; true  ; - ; []
          10.0.0.1  ; false ; X-Forwarded-Host: a ; [a]
          10.0.0.1  ; false ; X-Forwarded-Host: a:8443 | X-Forwarded-Proto: HTTPS ; [a:8443] encrypted
          10.0.0.1  ; true  ; X-Forwarded-Proto: http ; []
          10.0.0.1  ; false ; 'X-Forwarded-Host: 6, a' ; [a]
          10.0.0.1  ; false ; X-Forwarded-Host: 6 | X-Forwarded-Host: a ; [a]
          10.0.0.1  ; false ; 'X-Forwarded-For: 203.0.113.7 | X-Forwarded-Host: 6, a' ; [a]
          10.0.0.1  ; false ; 'X-Forwarded-For: unknown | X-Forwarded-Host: 6, a' ; [a]
          10.0.0.1  ; false ; 'X-Forwarded-For: 203.0.113.7, 10.0.0.2 | X-Forwarded-Host: 6, a, b' ; '[b, a]'
          10.0.0.1  ; false ; 'X-Forwarded-For: 203.0.113.7, 10.0.0.2 | X-Forwarded-Host: a' ; [a]
          10.0.0.1  ; false ; 'X-Forwarded-For: 6.6.6.6, 203.0.113.7 | X-Forwarded-Proto: http, https' ; [] encrypted
          10.0.0.1  ; false ; 'X-Forwarded-For: 203.0.113.7, 10.0.0.2 | X-Forwarded-Proto: http, https' ; []
          10.0.0.1  ; false ; 'Forwarded: host=a;proto=https' ; []
          """)
  void what_was_asked_for_is_believed_by_proxies_that_are(
      String peer, boolean tls, String fields, String destination) {
    Peer from = new Peer(new InetSocketAddress(InetAddress.ofLiteral(peer), 1234), tls, List.of());

    assertThat(destination(ForwardedField.X_FORWARDED_FOR, from, fields)).isEqualTo(destination);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '\'',
      textBlock =
          """
          for=203.0.113.7                                             ! []
          for=203.0.113.7;host=a;proto=https                          ! [a] encrypted
          host="a:8443";for=203.0.113.7;proto=http                    ! [a:8443]
          for=6.6.6.6;host=6, for=203.0.113.7;host=a                  ! [a]
          for=203.0.113.7;host=a;proto=http, for=10.0.0.2;host=b;proto=https ! [b, a]
          for=203.0.113.7;host=a, for=10.0.0.2                        ! [a]
          for=_hidden;host=a, for=unknown;host=b                      ! [b]
          for=203.0.113.7;host=a;host=b                               ! []
          """)
  void what_was_asked_for_is_in_Forwarded_too(String line, String destination) {
    Peer from = Peer.of(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 1234));

    assertThat(destination(ForwardedField.FORWARDED, from, "Forwarded: " + line))
        .isEqualTo(destination);
    assertThat(destination(ForwardedField.FORWARDED, from, "X-Forwarded-Host: 6")).isEqualTo("[]");
  }

  @Test
  void nobody_says_for_a_connection_without_an_address_what_was_asked_for() {
    Peer from = Peer.of(InetSocketAddress.createUnresolved("10.0.0.1", 1));

    assertThat(destination(ForwardedField.X_FORWARDED_FOR, from, "X-Forwarded-Host: a"))
        .isEqualTo("none");
  }

  /** Several lines are separated by a bar. */
  private static Headers headers(String name, String lines) {
    Headers.Builder headers = Headers.builder();
    if (!lines.equals("-")) {
      Stream.of(lines.split("\\|", -1)).forEach(line -> headers.add(name, line.strip()));
    }
    return headers.build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          # peer     ; X-Forwarded-For                      ; client
          192.0.2.1  ; -                                    ; 192.0.2.1
          192.0.2.1  ; 203.0.113.7                          ; 192.0.2.1
          10.0.0.1   ; -                                    ; 10.0.0.1
          10.0.0.1   ; 203.0.113.7                          ; 203.0.113.7
          10.0.0.1   ; 6.6.6.6, 203.0.113.7                 ; 203.0.113.7
          10.0.0.1   ; 6.6.6.6, 203.0.113.7, 10.0.0.2       ; 203.0.113.7
          10.0.0.1   ; 203.0.113.7,10.0.0.3,10.0.0.2        ; 203.0.113.7
          10.0.0.1   ; 10.9.9.9, 10.0.0.2                   ; 10.9.9.9
          10.0.0.1   ; 6.6.6.6 | 203.0.113.7                ; 203.0.113.7
          10.0.0.1   ; 203.0.113.7 | 10.0.0.2               ; 203.0.113.7
          10.0.0.1   ; 203.0.113.7:4711                     ; 203.0.113.7
          10.0.0.1   ; 203.0.113.7:                         ; 10.0.0.1
          10.0.0.1   ; 203.0.113.7:123456                   ; 10.0.0.1
          10.0.0.1   ; 2001:db8::7                          ; 2001:db8:0:0:0:0:0:7
          10.0.0.1   ; [2001:db8::7]                        ; 2001:db8:0:0:0:0:0:7
          10.0.0.1   ; [2001:db8::7]:4711                   ; 2001:db8:0:0:0:0:0:7
          10.0.0.1   ; [2001:db8::7                         ; 10.0.0.1
          10.0.0.1   ; [203.0.113.7]                        ; 10.0.0.1
          10.0.0.1   ; ::ffff:203.0.113.7                   ; 203.0.113.7
          10.0.0.1   ; ::ffff:203.00.113.7                  ; 10.0.0.1
          10.0.0.1   ; 203.0.113.7, ::ffff:10.0.0.2         ; 203.0.113.7
          10.0.0.1   ; fe80::1%eth0                         ; 10.0.0.1
          10.0.0.1   ; unknown                              ; 10.0.0.1
          10.0.0.1   ; 203.0.113.7, unknown, 10.0.0.2       ; 10.0.0.2
          10.0.0.1   ; example.com                          ; 10.0.0.1
          10.0.0.1   ; 203.0.113                            ; 10.0.0.1
          10.0.0.1   ; 203.0.113.256                        ; 10.0.0.1
          10.0.0.1   ; 0203.0.113.7                         ; 10.0.0.1
          10.0.0.1   ; 203.0.113.07                         ; 10.0.0.1
          10.0.0.1   ; '203.0.113.7, , 10.0.0.2,'           ; 203.0.113.7
          10.0.0.1   ; ','                                  ; 10.0.0.1
          10.0.0.1   ; 203.0.113.7 10.0.0.2                 ; 10.0.0.1
          fd00::1    ; 203.0.113.7                          ; 203.0.113.7
          fe00::1    ; 203.0.113.7                          ; fe00:0:0:0:0:0:0:1
          11.0.0.1   ; 203.0.113.7                          ; 11.0.0.1
          """)
  void X_Forwarded_For_is_believed_from_its_end(String peer, String lines, String client) {
    assertThat(client(ForwardedField.X_FORWARDED_FOR, peer, headers("X-Forwarded-For", lines)))
        .isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '\'',
      textBlock =
          """
          # peer     ! Forwarded                                                    ! client
          192.0.2.1  ! for=203.0.113.7                                              ! 192.0.2.1
          10.0.0.1   ! for=203.0.113.7                                              ! 203.0.113.7
          10.0.0.1   ! FOR=203.0.113.7;Proto=https;by=10.0.0.1                      ! 203.0.113.7
          10.0.0.1   ! proto=http;for="203.0.113.7:4711"                            ! 203.0.113.7
          10.0.0.1   ! for="203.0.113.7:_port"                                      ! 203.0.113.7
          10.0.0.1   ! for=203.0.113.7:4711                                         ! 10.0.0.1
          10.0.0.1   ! for="[2001:db8::7]"                                          ! 2001:db8:0:0:0:0:0:7
          10.0.0.1   ! for="[2001:db8::7]:4711"                                     ! 2001:db8:0:0:0:0:0:7
          10.0.0.1   ! for="2001:db8::7"                                            ! 10.0.0.1
          10.0.0.1   ! for=[2001:db8::7]                                            ! 10.0.0.1
          10.0.0.1   ! for="\\2\\0\\3.0.113.7"                                      ! 203.0.113.7
          10.0.0.1   ! for=6.6.6.6, for=203.0.113.7, for=10.0.0.2                   ! 203.0.113.7
          10.0.0.1   ! for=6.6.6.6 | for=203.0.113.7                                ! 203.0.113.7
          10.0.0.1   ! for=_hidden                                                  ! 10.0.0.1
          10.0.0.1   ! for=203.0.113.7, for=_hidden, for=10.0.0.2                   ! 10.0.0.2
          10.0.0.1   ! for=unknown                                                  ! 10.0.0.1
          10.0.0.1   ! for="unknown:80"                                             ! 10.0.0.1
          10.0.0.1   ! by=10.0.0.1                                                  ! 10.0.0.1
          10.0.0.1   ! for=203.0.113.7;for=6.6.6.6                                  ! 10.0.0.1
          10.0.0.1   ! for=203.0.113.7;;by=_x                                       ! 203.0.113.7
          10.0.0.1   ! for = 203.0.113.7                                            ! 10.0.0.1
          10.0.0.1   ! for=203.0.113.7; by=_x                                       ! 10.0.0.1
          10.0.0.1   ! for="203.0.113.7                                             ! 10.0.0.1
          10.0.0.1   ! for="                                                        ! 10.0.0.1
          10.0.0.1   ! for=                                                         ! 10.0.0.1
          10.0.0.1   ! 203.0.113.7                                                  ! 10.0.0.1
          10.0.0.1   ! host="a,b";for=203.0.113.7, for=10.0.0.2;host="c;for=6.6.6.6" ! 203.0.113.7
          10.0.0.1   ! host="a\\",for=6.6.6.6";for=203.0.113.7                       ! 203.0.113.7
          """)
  void Forwarded_is_believed_from_its_end(String peer, String lines, String client) {
    assertThat(client(ForwardedField.FORWARDED, peer, headers("Forwarded", lines)))
        .isEqualTo(client);
  }

  /** A client opens a quotation, and the proxy writes behind it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=\"",
        "for=6.6.6.6;by=\"",
        "for=6.6.6.6;by=\"\\",
        "\"\"\"",
        "for=6.6.6.6;host=\"a, for=10.0.0.3"
      })
  void what_a_client_writes_swallows_nothing_of_what_a_proxy_writes(String written) {
    for (String added : List.of(", for=203.0.113.7", ", for=\"203.0.113.7:80\"")) {
      assertThat(
              client(
                  ForwardedField.FORWARDED, "10.0.0.1", Headers.of("Forwarded", written + added)))
          .isEqualTo("203.0.113.7");
    }
  }

  @Test
  void the_other_field_does_not_count() {
    Headers both = Headers.of("X-Forwarded-For", "203.0.113.1", "Forwarded", "for=203.0.113.2");

    assertThat(client(ForwardedField.X_FORWARDED_FOR, "10.0.0.1", both)).isEqualTo("203.0.113.1");
    assertThat(client(ForwardedField.FORWARDED, "10.0.0.1", both)).isEqualTo("203.0.113.2");
  }

  @Test
  void a_connection_without_address_has_no_client() {
    HttpRequest request =
        new HttpRequest(
            Method.GET,
            "/",
            "HTTP/1.1",
            Headers.of("X-Forwarded-For", "203.0.113.7"),
            Peer.of(InetSocketAddress.createUnresolved("somewhere", 1)));

    assertThat(TrustedProxies.NONE.client(request)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/9, 10.127.255.255, true",
    "10.0.0.0/9, 10.128.0.0, false",
    "0.0.0.0/0, 203.0.113.7, true",
    "0.0.0.0/0, ::1, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1/32, 192.0.2.1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::ffff:10.0.0.1, 10.0.0.1, true"
  })
  void a_range_contains_what_begins_like_it(String range, String address, boolean contains) {
    assertThat(IpRange.parse(range).orElseThrow().contains(InetAddress.ofLiteral(address)))
        .isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/-1",
        "::/129",
        "::1/64",
        "localhost",
        "10.0.0.0/8/8",
        "10.0.0.0/08x",
        "[::1]"
      })
  void what_is_no_range_is_none(String text) {
    assertThat(IpRange.parse(text)).isEmpty();
  }
}
