package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FieldOctetsTest {

  /** Every octet at every place of a run of eight, behind none to ten others. */
  @Test
  void a_field_value_ends_at_the_first_octet_that_is_in_none() {
    for (int value = 0; value < 256; value++) {
      byte octet = (byte) value;
      for (int at = 0; at < 20; at++) {
        byte[] octets = new byte[20];
        Arrays.fill(octets, (byte) 0xFF);
        octets[at] = octet;
        boolean within = value == '\t' || (value >= ' ' && value != 0x7F);
        for (int from = 0; from <= 10; from++) {
          int expected = within || at < from ? octets.length : at;
          assertThat(Headers.endOfValue(octets, from, octets.length)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void a_field_value_ends_with_the_octets_that_are_there() {
    byte[] octets = "0123456789abcdef\0".getBytes(StandardCharsets.ISO_8859_1);
    for (int to = 0; to < octets.length; to++) {
      assertThat(Headers.endOfValue(octets, 0, to)).isEqualTo(to);
    }
  }

  @Test
  void a_field_of_octets_is_checked_like_any_other() {
    byte[] octets = "-caf\u00e9\t1-\n".getBytes(StandardCharsets.ISO_8859_1);
    Headers.Builder builder = Headers.builder();

    assertThat(builder.add("A", octets, 1, 7)).isEqualTo("caf\u00e9\t1");
    assertThat(builder.build()).isEqualTo(Headers.of("A", "caf\u00e9\t1"));
    assertThatThrownBy(() -> builder.add("A", octets, 1, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the value of header A has a control character at index 7");
    assertThatThrownBy(() -> builder.add("A b", octets, 1, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header name is a token, not \"A b\"");
  }
}
