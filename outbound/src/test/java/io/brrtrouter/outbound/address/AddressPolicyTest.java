package io.brrtrouter.outbound.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  private static final List<PortRange> PORTS =
      List.of(new PortRange(80, 80), new PortRange(443, 443), new PortRange(1024, 65535));
  private static final AddressPolicy PUBLIC = new AddressPolicy(true, PORTS, List.of(), List.of());

  private static AddressPolicy policy(String allowed, String denied) {
    return new AddressPolicy(true, PORTS, rules(allowed), rules(denied));
  }

  private static List<HostRule> rules(String list) {
    return Arrays.stream(list.split(" "))
        .filter(text -> !text.isEmpty())
        .map(text -> HostRule.parse(text).orElseThrow())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // IPv4 that anybody may have, at the edges of what nobody may.
    "1.0.0.0, ''",
    "8.8.8.8, ''",
    "9.255.255.255, ''",
    "11.0.0.0, ''",
    "100.63.255.255, ''",
    "100.128.0.0, ''",
    "126.255.255.255, ''",
    "128.0.0.0, ''",
    "169.253.255.255, ''",
    "169.255.0.0, ''",
    "172.15.255.255, ''",
    "172.32.0.0, ''",
    "192.0.1.0, ''",
    "192.0.3.0, ''",
    "192.167.255.255, ''",
    "192.169.0.0, ''",
    "198.17.255.255, ''",
    "198.20.0.0, ''",
    "198.51.99.255, ''",
    "203.0.114.0, ''",
    "223.255.255.255, ''",
    // IPv4 of the registry.
    "0.0.0.0, this network",
    "0.255.255.255, this network",
    "10.0.0.0, a private network",
    "10.255.255.255, a private network",
    "100.64.0.0, a shared network of a provider",
    "100.100.100.200, a shared network of a provider",
    "100.127.255.255, a shared network of a provider",
    "127.0.0.1, this machine",
    "127.255.255.255, this machine",
    "169.254.0.0, 'the link, where clouds keep their credentials'",
    "169.254.169.254, 'the link, where clouds keep their credentials'",
    "169.254.170.2, 'the link, where clouds keep their credentials'",
    "172.16.0.0, a private network",
    "172.31.255.255, a private network",
    "192.0.0.1, protocols",
    "192.0.0.170, protocols",
    "192.0.2.1, documentation",
    "192.31.196.1, AS112",
    "192.52.193.1, multicast tunnels",
    "192.88.99.1, relays of 6to4",
    "192.168.0.0, a private network",
    "192.168.255.255, a private network",
    "192.175.48.1, AS112",
    "198.18.0.1, measurements",
    "198.19.255.255, measurements",
    "198.51.100.1, documentation",
    "203.0.113.255, documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, nobody yet",
    "255.255.255.255, nobody yet",
    // IPv6 that anybody may have.
    "2000::1, ''",
    "2001:200::1, ''",
    "2001:4860:4860::8888, ''",
    "2001:db7:ffff::1, ''",
    "2003::1, ''",
    "2606:4700:4700::1111, ''",
    "3ffe:ffff::1, ''",
    // IPv6 of the registry, and what is no global unicast.
    "::, this machine",
    "::1, this machine",
    "::2, nobody in public",
    "::7f00:1, nobody in public",
    "::127.0.0.1, nobody in public",
    "::8.8.8.8, nobody in public",
    "::ffff:127.0.0.1, this machine",
    "::ffff:7f00:1, this machine",
    "::ffff:10.1.2.3, a private network",
    "::ffff:169.254.169.254, 'the link, where clouds keep their credentials'",
    "::ffff:8.8.8.8, ''",
    "::ffff:0:127.0.0.1, nobody in public",
    "64:ff9b::127.0.0.1, this machine",
    "64:ff9b::10.0.0.1, a private network",
    "64:ff9b::a9fe:a9fe, 'the link, where clouds keep their credentials'",
    "64:ff9b::8.8.8.8, ''",
    "64:ff9b:1::8.8.8.8, a local translator",
    "64:ff9b:1:ffff::1, a local translator",
    "100::1, nobody in public",
    "100:0:0:1::1, nobody in public",
    "2001::1, tunnels of Teredo",
    "2001:0:7f00:1::, tunnels of Teredo",
    "2001:1::1, protocols",
    "2001:2::1, protocols",
    "2001:3::1, protocols",
    "2001:4:112::1, protocols",
    "2001:10::1, protocols",
    "2001:20::1, protocols",
    "2001:30::1, protocols",
    "2001:1ff:ffff::1, protocols",
    "2001:db8::1, documentation",
    "2001:db8:ffff::1, documentation",
    "2002:7f00:1::1, tunnels of 6to4",
    "2002:a9fe:a9fe::1, tunnels of 6to4",
    "2002:808:808::1, tunnels of 6to4",
    "2620:4f:8000::1, AS112",
    "3fff::1, documentation",
    "3fff:fff:ffff::1, documentation",
    "4000::1, nobody in public",
    "5f00::1, nobody in public",
    "fc00::1, a private network",
    "fd00:ec2::254, a private network",
    "fdff:ffff::1, a private network",
    "fe80::1, the link",
    "febf::1, the link",
    "fec0::1, nobody in public",
    "ff00::1, multicast",
    "ff02::1, multicast"
  })
  void addresses_are_public_or_for_something_else(String address, String meaning) {
    InetAddress literal = InetAddress.ofLiteral(address);

    if (meaning.isEmpty()) {
      assertThat(PUBLIC.refusal("name.example", literal)).isEmpty();
    } else {
      assertThat(PUBLIC.refusal("name.example", literal))
          .contains(
              "leads to an address for "
                  + meaning
                  + "; a receiver that is not public is to be in outbound.allowed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "HTTPS://EXAMPLE.COM/",
        "https://example.com.",
        "https://example.com:8443/hook?a=b",
        "http://example.com/",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]:443/",
        "https://xn--bcher-kva.example/",
        "https://a-b.example/",
        "https://localhost.example/",
        "https://notlocalhost/"
      })
  void urls_may_lead_to_public_hosts(String url) {
    assertThat(PUBLIC.refusal(URI.create(url))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://example.com/ | is no URL of https; write it like https://example.com/hook",
        "file:///etc/passwd | is no URL of https; write it like https://example.com/hook",
        "gopher://example.com/ | is no URL of https; write it like https://example.com/hook",
        "jar:https://example.com!/ | is no URL of https; write it like https://example.com/hook",
        "//example.com/ | is no URL of https; write it like https://example.com/hook",
        "/hook | is no URL of https; write it like https://example.com/hook",
        "https:example.com | names no host; write it like https://example.com/hook",
        "https:/hook | names no host; write it like https://example.com/hook",
        "https:///hook | names no host; write it like https://example.com/hook",
        "https://user@example.com/ | has user information; leave it out",
        "https://user:pw@example.com/ | has user information; leave it out",
        "https://example.com%40127.0.0.1/ | names its host neither by a name, nor by four decimal"
            + " octets, nor by IPv6 in brackets",
        "https://127.0.0.1@example.com/ | has user information; leave it out",
        "https://example.com/#a | has a fragment, which is never sent; leave it out",
        "https://example.com:22/ | has port 22, and requests go to [80, 443, 1024-65535] only"
            + " (outbound.ports)",
        "https://example.com:0/ | has port 0, and requests go to [80, 443, 1024-65535] only"
            + " (outbound.ports)",
        "https://example.com:65536/ | has port 65536, and requests go to [80, 443, 1024-65535]"
            + " only (outbound.ports)",
        "https://localhost/ | names this machine; a receiver that is not public is to be in"
            + " outbound.allowed",
        "https://LOCALHOST./ | names this machine; a receiver that is not public is to be in"
            + " outbound.allowed",
        "https://a.localhost/ | names this machine; a receiver that is not public is to be in"
            + " outbound.allowed",
        "https://localhost.localdomain/ | names this machine; a receiver that is not public is to"
            + " be in outbound.allowed",
        "https://ip6-localhost/ | names this machine; a receiver that is not public is to be in"
            + " outbound.allowed"
      })
  void urls_that_lead_nowhere_or_here_are_refused(String url, String reason) {
    assertThat(PUBLIC.refusal(URI.create(url))).contains(reason);
  }

  /** Each of them is read as an address of this machine or of its network by something. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.0.0.1./",
        "https://127.1/",
        "https://127.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0x7f.1/",
        "https://0X7F.0X0.0X0.0X1/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.01/",
        "https://0/",
        "https://0x0/",
        "https://0.0.0.0/",
        "https://127.0.0.1.0x1/",
        "https://a.1/",
        "https://a.0x7f/",
        "https://1.2.3.4.5/",
        "https://256.256.256.256/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2852039166/",
        "https://[::1]/",
        "https://[::]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::127.0.0.1]/",
        "https://[::ffff:0:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b::169.254.169.254]/",
        "https://[64:ff9b:1::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:7f00:1::]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[2606:4700:4700::1111%25lo]/",
        "https://[fd00:ec2::254]/",
        "https://%6c%6f%63%61%6c%68%6f%73%74/",
        "https://example.com\\@127.0.0.1/",
        "https://127.0.0.1\\.example.com/",
        "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
        "https://①②⑦.⓪.⓪.①/",
        "https://127。0。0。1/",
        "https://exa mple.com/",
        "https://[v1.fe80::a]/"
      })
  void odd_forms_of_this_machine_do_not_pass(String url) {
    URI parsed;
    try {
      parsed = new URI(url);
    } catch (URISyntaxException neverAReceiver) {
      return;
    }
    assertThat(PUBLIC.refusal(parsed)).isPresent();
  }

  @Test
  void an_unencrypted_url_needs_leave() {
    AddressPolicy encrypted = new AddressPolicy(false, PORTS, List.of(), List.of());

    assertThat(encrypted.refusal(URI.create("http://example.com/")))
        .contains("is not encrypted; make it one of https, or set outbound.http: true");
    assertThat(encrypted.refusal(URI.create("https://example.com/"))).isEmpty();
  }

  @Test
  void a_long_url_is_refused() {
    assertThat(PUBLIC.refusal(URI.create("https://example.com/" + "a".repeat(8200))))
        .contains("is longer than 8192 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, name.example, 10.1.2.3, true",
    "10.1.0.0/16, name.example, 10.2.2.3, false",
    "10.1.0.0/16, name.example, ::ffff:10.1.2.3, true",
    "10.1.0.0/16, name.example, 64:ff9b::10.1.2.3, true",
    "10.1.2.3, name.example, 10.1.2.3, true",
    "fd00::/8, name.example, fd00::1, true",
    "hooks.internal, hooks.internal, 10.1.2.3, true",
    "hooks.internal, hooks.internal, 127.0.0.1, true",
    "hooks.internal, other.internal, 10.1.2.3, false",
    "hooks.internal, hooks.internal.evil.example, 10.1.2.3, false",
    "*.internal, hooks.internal, 10.1.2.3, true",
    "*.internal, a.b.internal, 10.1.2.3, true",
    "*.internal, internal, 10.1.2.3, false",
    "*.internal, evilinternal, 10.1.2.3, false",
    "HOOKS.Internal, hooks.internal, 10.1.2.3, true"
  })
  void hosts_that_are_not_public_can_be_allowed(
      String allowed, String host, String address, boolean may) {
    assertThat(policy(allowed, "").refusal(host, InetAddress.ofLiteral(address)).isEmpty())
        .isEqualTo(may);
  }

  @Test
  void what_is_denied_is_denied_though_public_or_allowed() {
    AddressPolicy policy =
        policy("10.0.0.0/8 a.internal", "8.8.8.0/24 10.9.0.0/16 bad.example *.evil");

    assertThat(policy.refusal("x.example", InetAddress.ofLiteral("8.8.8.8")))
        .contains("leads to an address that outbound.denied has");
    assertThat(policy.refusal("x.example", InetAddress.ofLiteral("64:ff9b::8.8.8.8"))).isPresent();
    assertThat(policy.refusal("a.internal", InetAddress.ofLiteral("10.9.1.1"))).isPresent();
    assertThat(policy.refusal("a.internal", InetAddress.ofLiteral("10.8.1.1"))).isEmpty();
    assertThat(policy.refusal(URI.create("https://bad.example/")))
        .contains("names a host that outbound.denied has");
    assertThat(policy.refusal(URI.create("https://BAD.example./"))).isPresent();
    assertThat(policy.refusal(URI.create("https://x.evil/"))).isPresent();
    assertThat(policy.refusal(URI.create("https://good.example/"))).isEmpty();
  }

  @Test
  void this_machine_can_be_allowed_by_name_and_by_address() {
    assertThat(policy("localhost", "").refusal(URI.create("https://localhost/"))).isEmpty();
    assertThat(policy("127.0.0.0/8", "").refusal(URI.create("https://localhost/"))).isEmpty();
    assertThat(policy("127.0.0.0/8", "").refusal(URI.create("https://127.0.0.1/"))).isEmpty();
    assertThat(policy("10.0.0.0/8", "").refusal(URI.create("https://localhost/"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.1/8", "a b", "*", "*.", "http://a", "a:80", "1.2.3", "a..b", "*.*.a"})
  void what_is_no_rule_is_none(String text) {
    assertThat(HostRule.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "65536", "99999", "2-1", "a", "1-", "-1", "1-2-3"})
  void what_is_no_port_is_none(String text) {
    assertThat(PortRange.parse(text)).isEmpty();
  }
}
