package io.brrtrouter.examples.insurance.policies.contracts;

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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Renews contracts that end, each run on a thread of its own. */
public final class Renewals {
  private static final int MOST_YEARS = 35;

  private final Contracts contracts;
  private final Tariff tariff;
  private final Map<UUID, Renewal> renewals = new ConcurrentHashMap<>();

  Renewals(Contracts contracts, Tariff tariff) {
    this.contracts = contracts;
    this.tariff = tariff;
  }

  /**
   * Starts a run.
   *
   * @param endsUntil the last day of the contracts to renew
   * @return the run, which has just begun
   */
  public Renewal start(LocalDate endsUntil) {
    Renewal begun = new Renewal(UUID.randomUUID(), RenewalStatus.Known.RUNNING, List.of());
    renewals.put(begun.id(), begun);
    Thread.ofVirtual().name("renewal").start(() -> run(begun.id(), endsUntil));
    return begun;
  }

  /**
   * {@return a run as far as it is}
   *
   * @param id which
   */
  public Optional<Renewal> find(UUID id) {
    return Optional.ofNullable(renewals.get(id));
  }

  private void run(UUID id, LocalDate endsUntil) {
    List<String> renewed = new ArrayList<>();
    for (Contract contract : List.copyOf(contracts.all())) {
      boolean ends = contract.isActive() && !contract.ends().isAfter(endsUntil);
      if (ends && !(contract.risk() instanceof TravelRisk)) {
        renew(contract).ifPresent(next -> renewed.add(next.number()));
      }
    }
    renewals.put(id, new Renewal(id, RenewalStatus.Known.DONE, renewed));
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
