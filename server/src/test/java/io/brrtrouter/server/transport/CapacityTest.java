package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CapacityTest {
  private static final int MOST = 1_000;
  private static final int TIMES = 2_000_000;

  private final Capacity capacity = new Capacity(limits());

  private static TransportLimits limits() {
    Settings settings = new Settings();
    settings.bufferedBytes = MOST;
    return settings.limits();
  }

  @Test
  void as_much_is_held_as_there_is_room_for() {
    assertThat(capacity.hold(MOST)).isTrue();
    assertThat(capacity.hold(1)).isFalse();
    assertThat(capacity.bytes()).isEqualTo(MOST);

    capacity.drop(1);
    assertThat(capacity.hold(2)).isFalse();
    assertThat(capacity.hold(1)).isTrue();
  }

  /** Nothing is as large as to fill it but what is refused every time. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void what_is_refused_takes_no_room_from_anybody() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger held = new AtomicInteger();
    Thread refused =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                if (capacity.hold(MOST + 1)) {
                  held.incrementAndGet();
                }
              }
            });
    int missed = 0;
    for (int i = 0; i < TIMES; i++) {
      if (capacity.hold(1)) {
        capacity.drop(1);
      } else {
        missed++;
      }
    }
    done.set(true);
    refused.join();

    assertThat(missed).as("refused though there was room").isZero();
    assertThat(held).hasValue(0);
    assertThat(capacity.bytes()).isZero();
  }
}
