package io.brrtrouter.outbound;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time that goes on when a test says so. */
final class SteppedClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-27T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void forward(Duration time) {
    now = now.plus(time);
  }
}
