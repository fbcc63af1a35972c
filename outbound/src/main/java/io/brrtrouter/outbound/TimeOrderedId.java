package io.brrtrouter.outbound;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.UUID;

/** Identifiers that sort by time and that nobody guesses: UUID version 7 (RFC 9562 section 5.7). */
final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TimeOrderedId() {}

  static UUID at(Instant time) {
    long random = RANDOM.nextLong();
    // 12 bits: the fraction of a millisecond, so that ids of one thread sort too.
    long fraction = ((time.get(ChronoField.NANO_OF_SECOND) % 1_000_000L) << 12) / 1_000_000L;
    long high = (time.toEpochMilli() << 16) | 0x7000L | fraction;
    return new UUID(high, (random & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
