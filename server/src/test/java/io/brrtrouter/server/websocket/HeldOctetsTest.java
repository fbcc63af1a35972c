package io.brrtrouter.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, because the whole process has one count. */
@Isolated
class HeldOctetsTest {
  private static final int TIMES = 2_000_000;

  /** No message may be as large; whatever else is held is far from what all may. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void what_is_refused_takes_no_room_from_anybody() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger held = new AtomicInteger();
    Thread refused =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                if (HeldOctets.hold(Integer.MAX_VALUE)) {
                  HeldOctets.drop(Integer.MAX_VALUE);
                  held.incrementAndGet();
                }
              }
            });
    int missed = 0;
    for (int i = 0; i < TIMES; i++) {
      if (HeldOctets.hold(1)) {
        HeldOctets.drop(1);
      } else {
        missed++;
      }
    }
    done.set(true);
    refused.join();

    assertThat(missed).as("refused though there was room").isZero();
    assertThat(held).hasValue(0);
  }
}
