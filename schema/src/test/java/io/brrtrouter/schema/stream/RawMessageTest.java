package io.brrtrouter.schema.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawMessageTest {
  @Test
  void octets_are_compared_by_what_they_are_and_not_shown() {
    RawMessage octets = new RawMessage.Binary(new byte[] {1, 2});

    assertThat(octets).isEqualTo(new RawMessage.Binary(new byte[] {1, 2}));
    assertThat(octets).hasSameHashCodeAs(new RawMessage.Binary(new byte[] {1, 2}));
    assertThat(octets).isNotEqualTo(new RawMessage.Binary(new byte[] {1, 3}));
    assertThat(octets).hasToString("Binary[2 octets]");
  }
}
