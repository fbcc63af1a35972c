package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How large an array there is for octets that wait. */
class BacklogTest {
  private static final int MOST = 16_384;

  private final Backlog backlog = new Backlog(MOST);

  private void add(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (backlog.size() + i);
    }
    backlog.add(Unpooled.wrappedBuffer(octets), length);
  }

  @Test
  void it_doubles_up_to_the_longest_line() {
    add(100);
    assertThat(backlog.room()).isEqualTo(100);
    add(1);
    assertThat(backlog.room()).isEqualTo(200);
    add(10_000);
    assertThat(backlog.room()).isEqualTo(10_101);
    add(1);
    assertThat(backlog.room()).isEqualTo(MOST);
  }

  @Test
  void what_was_for_more_than_that_is_dropped_with_what_is_used() {
    add(15_000);
    add(32_768);
    assertThat(backlog.room()).isEqualTo(47_768);
    byte[] rest = Arrays.copyOfRange(backlog.octets(), 37_768, 47_768);

    backlog.usedUpTo(37_768);

    assertThat(backlog.size()).isEqualTo(10_000);
    assertThat(backlog.room()).isEqualTo(10_000);
    assertThat(Arrays.copyOfRange(backlog.octets(), backlog.from(), backlog.to())).isEqualTo(rest);
  }

  @Test
  void nothing_takes_nothing() {
    add(15_000);
    backlog.usedUpTo(15_000);
    assertThat(backlog.room()).isZero();
  }
}
