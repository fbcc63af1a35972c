package io.brrtrouter.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No name is resolved here: hosts are addresses. */
class DestinationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example.com/keys",
        "HTTPS://id.example.com/keys?a=b",
        "https://10.0.0.1/keys",
        "http://localhost:8080/keys",
        "http://LOCALHOST/keys",
        "http://127.0.0.1/keys",
        "http://127.8.8.8/keys",
        "http://[::1]:8080/keys"
      })
  void keys_may_be_configured_to_be_there(String url) {
    assertThat(Destination.wrong(URI.create(url))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://id.example.com/keys | which is not encrypted",
        "http://localhost.example.com/ | which is not encrypted",
        "http://10.0.0.1/ | which is not encrypted",
        "http://127.0.0.1.example.com/ | which is not encrypted",
        "http://0.0.0.0/ | which is not encrypted",
        "https://user:secret@id.example.com/k?s=secret | with a user or password before it",
        "https://id.example.com/k#x | with a fragment after it",
        "file:///etc/passwd | which nobody can be asked at",
        "ftp://id.example.com/k | which nobody can be asked at",
        "keys.json | which nobody can be asked at"
      })
  void keys_may_not_be_configured_to_be_there(String url, String what) {
    assertThat(Destination.wrong(URI.create(url)))
        .hasValueSatisfying(wrong -> assertThat(wrong.what()).isEqualTo(what));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1"
      })
  void an_address_of_this_machine_or_a_private_network_is_inside(String address)
      throws IOException {
    assertThat(Destination.isInside(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.1.1",
        "169.253.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "64:ff9b::101:101",
        "2002:101:101::"
      })
  void any_other_is_outside(String address) throws IOException {
    assertThat(Destination.isInside(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void metadata_from_elsewhere_may_not_lead_to_plain_http() {
    assertThatThrownBy(
            () -> Destination.referred(URI.create("https://10.0.0.1/m"), "http://127.0.0.1/keys"))
        .hasMessage("its \"jwks_uri\" is not https");
  }
}
