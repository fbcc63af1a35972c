package io.brrtrouter.examples.petstore.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Some time. Days begin when they do in Greenwich.
 *
 * @param from when it begins; null if it always went on
 * @param until when it is over; null if it goes on
 */
public record Period(@Nullable Instant from, @Nullable Instant until) {

  /**
   * {@return some days}
   *
   * @param first the first of them; null for all before the last
   * @param last the last of them; null for all after the first
   */
  public static Period ofDays(@Nullable LocalDate first, @Nullable LocalDate last) {
    return new Period(
        first == null ? null : begin(first), last == null ? null : begin(last.plusDays(1)));
  }

  /**
   * {@return some months}
   *
   * @param first the first of them
   * @param last the last of them
   */
  public static Period ofMonths(YearMonth first, YearMonth last) {
    return ofDays(first.atDay(1), last.atEndOfMonth());
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
