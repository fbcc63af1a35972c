package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void ports_and_names_of_one_owner_share_a_quarter() {
    Slots slots = new Slots(16, 2, 0);

    assertThat(
            List.of(
                slots.take("a.evil.example:443"),
                slots.take("b.evil.example:443"),
                slots.take("evil.example:8443"),
                slots.take("evil.example:8444"),
                slots.take("c.evil.example:443")))
        .containsExactly(true, true, true, true, false);
    assertThat(slots.busy()).isEqualTo(new Slots.Busy(List.of(), List.of("evil.example")));
    assertThat(slots.take("other.example:443")).isTrue();

    slots.giveBack("evil.example:8443");

    assertThat(slots.busy()).isEqualTo(Slots.Busy.NOBODY);
    assertThat(slots.take("c.evil.example:443")).isTrue();
    assertThat(slots.free()).isEqualTo(11);
  }

  @Test
  void addresses_are_hosts_of_their_own() {
    Slots slots = new Slots(4, 1, 0);

    assertThat(
            List.of(
                slots.take("127.0.0.1:80"),
                slots.take("127.0.0.1:81"),
                slots.take("10.1.0.1:80"),
                slots.take("2001:db8::1:80")))
        .containsExactly(true, false, true, true);
    assertThat(slots.busy().groups())
        .containsExactlyInAnyOrder("127.0.0.1", "10.1.0.1", "2001:db8::1");
  }

  /** What one receiver may have, it may have though that is more than a quarter. */
  @Test
  void one_receiver_has_what_it_is_given() {
    Slots slots = new Slots(4, 4, 0);

    for (int i = 0; i < 4; i++) {
      assertThat(slots.take("hooks.example:443")).isTrue();
    }
    assertThat(slots.busy().receivers()).containsExactly("hooks.example:443");
  }

  /** Many owners have names below {@code amazonaws.com}. */
  @Test
  void a_group_has_what_it_is_given() {
    Slots slots = new Slots(16, 2, 5);
    for (int i = 0; i < 5; i++) {
      assertThat(slots.take("h" + i + ".amazonaws.com:443")).isTrue();
    }
    assertThat(slots.busy().groups()).containsExactly("amazonaws.com");
    assertThat(slots.take("h5.amazonaws.com:443")).isFalse();
    assertThat(new Slots(16, 4, 1).take("a.example:443")).isTrue();
  }
}
