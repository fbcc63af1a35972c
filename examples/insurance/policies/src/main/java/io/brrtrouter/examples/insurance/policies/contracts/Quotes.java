package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.policies.generated.model.Quote;
import io.brrtrouter.examples.insurance.policies.generated.model.QuoteRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/**
 * Quotes, each of which becomes one contract at most. Those that nobody can take any more are
 * forgotten, and when there are too many, the oldest. Safe for use by many threads.
 */
public final class Quotes {
  /** Of each kind: taken and not. Asking is free, so there is no end to it. */
  static final int MOST = 10_000;

  private static final int DAYS_VALID = 30;

  private final Tariff tariff;
  private final Clock clock;
  private final LinkedHashMap<UUID, Quote> open = new LinkedHashMap<>();
  private final LinkedHashMap<UUID, Quote> taken = new LinkedHashMap<>();

  Quotes(Tariff tariff, Clock clock) {
    this.tariff = tariff;
    this.clock = clock;
  }

  /**
   * Calculates what insurance would cost.
   *
   * @param request what is to be insured, and from when
   * @return a quote
   * @throws Uninsurable when we do not insure it
   */
  public Quote request(QuoteRequest request) throws Uninsurable {
    LocalDate today = LocalDate.now(clock);
    if (request.starts().isBefore(today) || request.starts().isAfter(today.plusYears(1))) {
      throw new Uninsurable("Insurance starts today or within a year.");
    }
    Quote quote =
        new Quote(
            UUID.randomUUID(),
            request.risk(),
            request.starts(),
            Tariff.lastDay(request.risk(), request.starts()),
            today.plusDays(DAYS_VALID),
            tariff.premium(request.risk(), request.starts()));
    keep(quote);
    return quote;
  }

  private synchronized void keep(Quote quote) {
    open.put(quote.id(), quote);
    while (open.size() > MOST || isOver(open.firstEntry().getValue())) {
      open.pollFirstEntry();
    }
  }

  /**
   * {@return a quote}
   *
   * @param id which
   */
  public synchronized Optional<Quote> find(UUID id) {
    return Optional.ofNullable(open.get(id)).or(() -> Optional.ofNullable(taken.get(id)));
  }

  /**
   * {@return whether it is too late to accept a quote}
   *
   * @param quote the quote
   */
  public boolean isOver(Quote quote) {
    LocalDate today = LocalDate.now(clock);
    return quote.validUntil().isBefore(today) || quote.starts().isBefore(today);
  }

  /**
   * Takes a quote, which only the first can.
   *
   * @param quote the quote
   * @return whether nobody has taken it before
   */
  public synchronized boolean take(Quote quote) {
    boolean isFirst = open.remove(quote.id(), quote);
    if (isFirst) {
      taken.put(quote.id(), quote);
    }
    if (taken.size() > MOST) {
      taken.pollFirstEntry();
    }
    return isFirst;
  }
}
