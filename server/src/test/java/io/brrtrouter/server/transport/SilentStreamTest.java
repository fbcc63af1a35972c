package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilentStreamTest {
  private static final long MILLI = 1_000_000;

  private final SilentStream stream = new SilentStream(Duration.ofSeconds(30));

  /** {@return when the client is asked in a silence that begins then, in milliseconds from it} */
  private List<Long> asked(long began) {
    List<Long> asked = new ArrayList<>();
    for (long at = 0; at < 30_000; at += 50) {
      if (stream.asks(began + at * MILLI)) {
        asked.add(at);
      }
    }
    return asked;
  }

  @Test
  void a_client_is_asked_less_and_less_often() {
    assertThat(asked(Long.MAX_VALUE - 1)).containsExactly(0L, 200L, 600L, 1400L, 3000L, 6200L);
  }

  @Test
  void each_silence_has_its_own_questions() {
    assertThat(asked(0)).hasSize(SilentStream.MOST_ASKED);
    stream.end();
    assertThat(asked(40_000 * MILLI)).hasSize(SilentStream.MOST_ASKED);
  }

  @Test
  void a_silence_is_too_long_at_some_time() {
    assertThat(stream.isTooLong(5)).isFalse();
    assertThat(stream.isTooLong(5 + 29_999 * MILLI)).isFalse();
    assertThat(stream.isTooLong(5 + 30_000 * MILLI)).isTrue();
    stream.end();
    assertThat(stream.isTooLong(5 + 30_000 * MILLI)).isFalse();
  }
}
