package io.brrtrouter.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so. */
public final class TestClock implements InstantSource {
  /** 2026-01-01T00:00:00Z. */
  public static final long START_SECONDS = 1_767_225_600L;

  private final AtomicLong millis = new AtomicLong(START_SECONDS * 1000);

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }

  @Override
  public long millis() {
    return millis.get();
  }

  public void pass(Duration duration) {
    millis.addAndGet(duration.toMillis());
  }
}
