package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.common.Jobs;
import io.brrtrouter.examples.insurance.policies.generated.model.Renewal;
import java.time.Clock;
import java.time.LocalDate;

/** The insurer: everything that the service keeps, in memory. Safe for use by many threads. */
public final class Insurer {
  private final Clock clock;
  private final Tariff tariff = new Tariff();
  private final People people = new People();
  private final Contracts contracts = new Contracts();
  private final Quotes quotes;
  private final Renewals renewals;

  private Insurer(Clock clock, Jobs<Renewal> renewals) {
    this.clock = clock;
    this.quotes = new Quotes(tariff, clock);
    this.renewals = new Renewals(contracts, tariff, renewals);
  }

  /**
   * {@return an insurer with some customers}
   *
   * @param clock tells the day
   */
  public static Insurer withCustomers(Clock clock) {
    return withCustomers(clock, Renewals.jobs());
  }

  /**
   * {@return an insurer with some customers}
   *
   * @param clock tells the day
   * @param renewals does the renewals
   */
  public static Insurer withCustomers(Clock clock, Jobs<Renewal> renewals) {
    Insurer insurer = new Insurer(clock, renewals);
    SampleData.addTo(insurer);
    return insurer;
  }

  /** {@return the day} */
  public LocalDate today() {
    return LocalDate.now(clock);
  }

  /** {@return what insurance costs} */
  public Tariff tariff() {
    return tariff;
  }

  /** {@return who is insured} */
  public People people() {
    return people;
  }

  /** {@return the contracts} */
  public Contracts contracts() {
    return contracts;
  }

  /** {@return the quotes} */
  public Quotes quotes() {
    return quotes;
  }

  /** {@return runs that renew contracts} */
  public Renewals renewals() {
    return renewals;
  }
}
