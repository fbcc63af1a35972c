package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.common.Jobs;
import io.brrtrouter.examples.insurance.policies.generated.model.MotorRisk;
import io.brrtrouter.examples.insurance.policies.generated.model.PolicyStatus;
import io.brrtrouter.examples.insurance.policies.generated.model.Premium;
import io.brrtrouter.examples.insurance.policies.generated.model.Renewal;
import io.brrtrouter.examples.insurance.policies.generated.model.RenewalStatus;
import io.brrtrouter.examples.insurance.policies.generated.model.Risk;
import io.brrtrouter.examples.insurance.policies.generated.model.TravelRisk;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews contracts that end, one run after the other. */
public final class Renewals {
  private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
  private static final int MOST_YEARS = 35;

  /** Nobody needs more: a run renews whatever ends. */
  static final int MOST_WAITING = 10;

  private static final int MOST_REMEMBERED = 1_000;

  private final Contracts contracts;
  private final Tariff tariff;
  private final Jobs<Renewal> runs;

  Renewals(Contracts contracts, Tariff tariff, Jobs<Renewal> runs) {
    this.runs = runs;
    this.contracts = contracts;
    this.tariff = tariff;
  }

  static Jobs<Renewal> jobs() {
    return new Jobs<>("renewal", MOST_WAITING, MOST_REMEMBERED);
  }

  /**
   * Starts a run.
   *
   * @param endsUntil the last day of the contracts to renew
   * @return the run, which has just begun; empty when too many wait
   */
  public Optional<Renewal> start(LocalDate endsUntil) {
    UUID id = UUID.randomUUID();
    List<String> renewed = new ArrayList<>();
    Renewal begun = new Renewal(id, RenewalStatus.Known.RUNNING, List.of());
    boolean starts =
        runs.start(
            id,
            begun,
            () -> {
              run(endsUntil, renewed);
              return new Renewal(id, RenewalStatus.Known.DONE, renewed);
            },
            failure -> {
              LOG.error("renewal {} failed after {} contracts", id, renewed.size(), failure);
              return new Renewal(id, RenewalStatus.Known.FAILED, renewed);
            });
    return starts ? Optional.of(begun) : Optional.empty();
  }

  /**
   * {@return a run as far as it is; empty when there never was such a one, or it is forgotten}
   *
   * @param id which
   */
  public Optional<Renewal> find(UUID id) {
    return runs.find(id);
  }

  private void run(LocalDate endsUntil, List<String> renewed) {
    for (Contract contract : List.copyOf(contracts.all())) {
      boolean ends = contract.isActive() && !contract.ends().isAfter(endsUntil);
      if (ends && !(contract.risk() instanceof TravelRisk)) {
        renew(contract).ifPresent(next -> renewed.add(next.number()));
      }
    }
  }

  /** Empty when somebody changed the contract meanwhile, or when we insure such risks no longer. */
  private Optional<Contract> renew(Contract contract) {
    Risk risk = aYearLater(contract.risk());
    LocalDate starts = contract.ends().plusDays(1);
    try {
      Premium premium = tariff.premium(risk, starts);
      boolean first =
          contracts.replace(contract, contract.closed(PolicyStatus.Known.RENEWED, contract.ends()));
      return first
          ? Optional.of(
              contracts.open(
                  contract.holder(),
                  risk,
                  starts,
                  contract.instalments(),
                  contract.payment(),
                  premium))
          : Optional.empty();
    } catch (Uninsurable _) {
      return Optional.empty();
    }
  }

  private static Risk aYearLater(Risk risk) {
    return risk instanceof MotorRisk motor
        ? motor.toBuilder()
            .yearsWithoutClaim(Math.min(MOST_YEARS, motor.yearsWithoutClaim() + 1))
            .build()
        : risk;
  }
}
