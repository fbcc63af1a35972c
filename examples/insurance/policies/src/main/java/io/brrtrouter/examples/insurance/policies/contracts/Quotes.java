package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.policies.generated.model.Quote;
import io.brrtrouter.examples.insurance.policies.generated.model.QuoteRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Quotes, each of which becomes one contract at most. */
public final class Quotes {
  private static final int DAYS_VALID = 30;

  private final Tariff tariff;
  private final Clock clock;
  private final Map<UUID, Quote> quotes = new ConcurrentHashMap<>();
  private final Set<UUID> taken = ConcurrentHashMap.newKeySet();

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
    quotes.put(quote.id(), quote);
    return quote;
  }

  /**
   * {@return a quote}
   *
   * @param id which
   */
  public Optional<Quote> find(UUID id) {
    return Optional.ofNullable(quotes.get(id));
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
  public boolean take(Quote quote) {
    return taken.add(quote.id());
  }
}
