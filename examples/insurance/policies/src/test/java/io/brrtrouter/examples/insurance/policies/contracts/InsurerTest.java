package io.brrtrouter.examples.insurance.policies.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.policies.generated.model.Cover;
import io.brrtrouter.examples.insurance.policies.generated.model.DirectDebit;
import io.brrtrouter.examples.insurance.policies.generated.model.Fuel;
import io.brrtrouter.examples.insurance.policies.generated.model.HomeRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.Instalments;
import io.brrtrouter.examples.insurance.policies.generated.model.MotorRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.PolicyStatus;
import io.brrtrouter.examples.insurance.policies.generated.model.Premium;
import io.brrtrouter.examples.insurance.policies.generated.model.Quote;
import io.brrtrouter.examples.insurance.policies.generated.model.QuoteRequest;
import io.brrtrouter.examples.insurance.policies.generated.model.Renewal;
import io.brrtrouter.examples.insurance.policies.generated.model.RenewalStatus;
import io.brrtrouter.examples.insurance.policies.generated.model.Risk;
import io.brrtrouter.examples.insurance.policies.generated.model.TravelRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.TravelRiskRegion;
import io.brrtrouter.examples.insurance.policies.generated.model.Vehicle;
import io.brrtrouter.examples.insurance.shared.model.Address;
import io.brrtrouter.examples.insurance.shared.model.Currency;
import io.brrtrouter.examples.insurance.shared.model.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The insurer without a server, on days of our choice. */
class InsurerTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-03-01");
  private static final Address BERN = new Address("Gasse 1", "3011", "Bern", "CH");

  private static Insurer on(LocalDate day) {
    Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    return Insurer.withCustomers(Clock.fixed(noon, ZoneOffset.UTC));
  }

  private static MotorRisk car(String value, int years) {
    return new MotorRisk(
        new Vehicle(
            "WVWZZZ1JZXW000001",
            Fuel.Known.HYBRID,
            LocalDate.parse("2020-01-01"),
            Euros.of(value).toMoney()),
        LocalDate.parse("1990-01-01"),
        years);
  }

  private static Euros euros(Money money) {
    return Euros.of(money).orElseThrow();
  }

  @Test
  void premiums_are_sums_to_the_cent_whatever_the_risk() throws Uninsurable {
    Random random = new Random(20260301);
    Tariff tariff = on(TODAY).tariff();
    for (int i = 0; i < 2_000; i++) {
      Premium premium = tariff.premium(risk(random), TODAY);

      assertThat(euros(premium.net()).plus(euros(premium.tax()))).isEqualTo(euros(premium.total()));
      Euros net = euros(premium.steps().getFirst().net());
      for (var step : premium.steps()) {
        net = net.times(step.factor());
        assertThat(net).isEqualTo(euros(step.net()));
      }
      assertThat(net).isEqualTo(euros(premium.net()));
    }
  }

  private static Risk risk(Random random) {
    return switch (random.nextInt(3)) {
      case 0 ->
          car(
              "%d.%02d".formatted(1 + random.nextInt(149_000), random.nextInt(100)),
              random.nextInt(36));
      case 1 ->
          new HomeRisk(
              BERN, 10 + random.nextInt(990), List.of(Cover.Known.values()[random.nextInt(5)]));
      default ->
          new TravelRisk(
              TravelRiskRegion.Known.WORLD,
              TODAY.plusDays(random.nextInt(365)),
              1 + random.nextInt(20));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          150000.01 | EUR | 1990-01-01 | The value of a car is in euros and cents, up to 150000.00 EUR.
          0         | EUR | 1990-01-01 | The value of a car is in euros and cents, up to 150000.00 EUR.
          100.001   | EUR | 1990-01-01 | The value of a car is in euros and cents, up to 150000.00 EUR.
          100       | GBP | 1990-01-01 | The value of a car is in euros and cents, up to 150000.00 EUR.
          100       | EUR | 2009-03-02 | Nobody drives before they are 17.
          """)
  void says_what_it_does_not_insure(String value, String currency, LocalDate born, String reason) {
    Vehicle vehicle =
        new Vehicle(
            "WVWZZZ1JZXW000001",
            Fuel.Known.DIESEL,
            LocalDate.parse("2020-01-01"),
            new Money(new BigDecimal(value), Currency.of(currency)));

    assertThatThrownBy(() -> on(TODAY).tariff().premium(new MotorRisk(vehicle, born, 0), TODAY))
        .isInstanceOf(Uninsurable.class)
        .hasMessage(reason);
  }

  @Test
  void a_quote_is_valid_for_thirty_days() throws Uninsurable {
    Quote quote =
        on(TODAY).quotes().request(new QuoteRequest(car("9000.00", 3), TODAY.plusDays(40)));

    assertThat(on(TODAY.plusDays(30)).quotes().isOver(quote)).isFalse();
    assertThat(on(TODAY.plusDays(31)).quotes().isOver(quote)).isTrue();
  }

  @Test
  void a_quote_is_taken_once() throws Uninsurable {
    Quotes quotes = on(TODAY).quotes();
    Quote quote = quotes.request(new QuoteRequest(car("9000.00", 3), TODAY));

    assertThat(quotes.take(quote)).isTrue();
    assertThat(quotes.take(quote)).isFalse();
  }

  private static Quotes quotesOn(AtomicReference<LocalDate> day) {
    InstantSource noon = () -> day.get().atTime(12, 0).toInstant(ZoneOffset.UTC);
    return new Quotes(new Tariff(), noon.withZone(ZoneOffset.UTC));
  }

  @Test
  void quotes_that_are_over_are_forgotten() throws Uninsurable {
    AtomicReference<LocalDate> day = new AtomicReference<>(TODAY);
    Quotes quotes = quotesOn(day);
    Quote old = quotes.request(new QuoteRequest(car("9000.00", 3), TODAY.plusDays(40)));
    day.set(TODAY.plusDays(30));
    assertThat(quotes.find(old.id())).contains(old);

    day.set(TODAY.plusDays(31));
    quotes.request(new QuoteRequest(car("9000.00", 3), TODAY.plusDays(40)));

    assertThat(quotes.find(old.id())).isEmpty();
  }

  @Test
  void of_too_many_quotes_the_oldest_are_forgotten_taken_or_not() throws Uninsurable {
    Quotes quotes = quotesOn(new AtomicReference<>(TODAY));
    QuoteRequest request = new QuoteRequest(car("9000.00", 3), TODAY);
    Quote taken = quotes.request(request);
    assertThat(quotes.take(taken)).isTrue();
    Quote open = quotes.request(request);
    for (int i = 1; i < Quotes.MOST; i++) {
      quotes.request(request);
    }
    assertThat(quotes.find(open.id())).isPresent();

    quotes.request(request);
    assertThat(quotes.find(open.id())).isEmpty();
    assertThat(quotes.take(open)).isFalse();

    assertThat(quotes.find(taken.id())).isPresent();
    for (int i = 0; i < Quotes.MOST; i++) {
      quotes.take(quotes.request(request));
    }
    assertThat(quotes.find(taken.id())).isEmpty();
  }

  private static Contract open(Insurer insurer, LocalDate starts) throws Uninsurable {
    MotorRisk car = car("10000.00", 0);
    return insurer
        .contracts()
        .open(
            UUID.randomUUID(),
            car,
            starts,
            Instalments.Known.YEARLY,
            new DirectDebit("DE89370400440532013000"),
            insurer.tariff().premium(car, TODAY));
  }

  private static Renewal ended(Renewals renewals, Renewal begun) {
    Renewal now = begun;
    while (now.status() == RenewalStatus.Known.RUNNING) {
      now = renewals.find(begun.id()).orElseThrow();
    }
    return now;
  }

  @Test
  @Timeout(60)
  void a_renewal_that_fails_says_so_and_does_not_keep_others() throws Uninsurable {
    Insurer insurer = on(TODAY);
    Contract fine = open(insurer, TODAY);
    // A year later there are no days any more.
    open(insurer, LocalDate.MAX.minusYears(1));
    Renewals renewals = insurer.renewals();

    Renewal failed = ended(renewals, renewals.start(LocalDate.MAX).orElseThrow());
    assertThat(failed.status()).isEqualTo(RenewalStatus.Known.FAILED);
    assertThat(failed.renewed()).isNotEmpty();
    assertThat(insurer.contracts().find(fine.number()).orElseThrow().status())
        .isEqualTo(PolicyStatus.Known.RENEWED);

    Renewal next = ended(renewals, renewals.start(TODAY).orElseThrow());
    assertThat(next.status()).isEqualTo(RenewalStatus.Known.DONE);
  }

  @Test
  @Timeout(60)
  void no_more_renewals_wait_than_anybody_needs() throws Uninsurable {
    Insurer insurer = on(TODAY);
    for (int i = 0; i < 10_000; i++) {
      open(insurer, TODAY);
    }
    Renewals renewals = insurer.renewals();
    Optional<Renewal> last = renewals.start(TODAY);
    int started = 0;
    // It takes longer to look through so many contracts than to ask once more.
    for (; last.isPresent(); started++) {
      last = renewals.start(TODAY);
    }
    assertThat(started).isGreaterThanOrEqualTo(Renewals.MOST_WAITING);
  }

  @ParameterizedTest
  @CsvSource({
    // 312.85 were paid, 275 of 365 days are used.
    "YEARLY, 2026-11-30, 2026-03-01, 77.14",
    "YEARLY, 2027-02-28, 2026-03-01, 0.00",
    // 156.43 were paid, 61 of 365 days are used.
    "HALF_YEARLY, 2026-04-30, 2026-03-01, 104.15",
    // 26.08 and 26.07 were paid, which is less than what is used.
    "MONTHLY, 2026-04-30, 2026-04-02, 0.00"
  })
  void a_refund_is_what_was_paid_and_not_used(
      Instalments.Known instalments, LocalDate lastDay, LocalDate today, String refund)
      throws Uninsurable {
    Insurer insurer = on(TODAY);
    MotorRisk car = car("10000.00", 0);
    Contract contract =
        insurer
            .contracts()
            .open(
                UUID.randomUUID(),
                car,
                TODAY,
                instalments,
                new DirectDebit("DE89370400440532013000"),
                insurer.tariff().premium(car, TODAY));

    assertThat(euros(contract.premium().total())).isEqualTo(Euros.of("312.85"));
    assertThat(contract.refund(lastDay, today)).isEqualTo(Euros.of(refund));
  }
}
