package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PermitsTest {
  private static final int TIMES = 2_000_000;

  @Test
  void as_many_are_given_as_there_are() {
    Permits permits = new Permits(2);
    Permit first = Objects.requireNonNull(permits.take());
    assertThat(permits.take()).isNotNull();
    assertThat(permits.take()).isNull();
    assertThat(permits.taken()).isEqualTo(2);

    first.release();
    assertThat(permits.taken()).isEqualTo(1);
    assertThat(permits.take()).isNotNull();
    assertThat(permits.take()).isNull();
  }

  @Test
  void a_bound_without_room_for_one_is_refused() {
    assertThatThrownBy(() -> new Permits(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least 1 request may be in flight, not 0");
  }

  /** One is taken for good and the other bound is 1, so that who asks it is refused every time. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void who_is_refused_takes_no_permit_from_anybody() throws InterruptedException {
    Permits permits = new Permits(2);
    Permits narrow = permits.withLimit(1);
    assertThat(permits.take()).isNotNull();
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger given = new AtomicInteger();
    Thread refused =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                if (narrow.take() != null) {
                  given.incrementAndGet();
                }
              }
            });
    int missed = 0;
    for (int i = 0; i < TIMES; i++) {
      Permit permit = permits.take();
      if (permit == null) {
        missed++;
      } else {
        permit.release();
      }
    }
    done.set(true);
    refused.join();

    assertThat(missed).as("refused though one was free").isZero();
    assertThat(given).hasValue(0);
    assertThat(permits.taken()).isEqualTo(1);
  }
}
