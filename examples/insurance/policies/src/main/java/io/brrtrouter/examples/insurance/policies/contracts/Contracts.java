package io.brrtrouter.examples.insurance.policies.contracts;

import io.brrtrouter.examples.insurance.common.Slice;
import io.brrtrouter.examples.insurance.policies.generated.model.Instalments;
import io.brrtrouter.examples.insurance.policies.generated.model.Payment;
import io.brrtrouter.examples.insurance.policies.generated.model.PolicyStatus;
import io.brrtrouter.examples.insurance.policies.generated.model.Premium;
import io.brrtrouter.examples.insurance.policies.generated.model.Risk;
import java.time.LocalDate;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every contract by number. Versions replace each other only one after the other, so of two who
 * change the same version one is told that the other was faster.
 */
public final class Contracts {
  private final NavigableMap<String, Contract> contracts =
      new ConcurrentSkipListMap<>(Slice.BY_NUMBER);
  private final AtomicInteger numbers = new AtomicInteger(100_000);

  Contracts() {}

  /**
   * Begins a contract.
   *
   * @param holder who has it
   * @param risk what is insured
   * @param starts the first day
   * @param instalments how often is paid
   * @param payment how is paid
   * @param premium what it costs
   * @return its first version
   */
  public Contract open(
      UUID holder,
      Risk risk,
      LocalDate starts,
      Instalments instalments,
      Payment payment,
      Premium premium) {
    Contract contract =
        new Contract(
            "P-" + numbers.incrementAndGet(),
            1,
            PolicyStatus.Known.ACTIVE,
            holder,
            risk,
            starts,
            Tariff.lastDay(risk, starts),
            instalments,
            payment,
            premium);
    contracts.put(contract.number(), contract);
    return contract;
  }

  /**
   * {@return a contract as it is now}
   *
   * @param number its number
   */
  public Optional<Contract> find(String number) {
    return Optional.ofNullable(contracts.get(number));
  }

  /**
   * Replaces a version by the next.
   *
   * @param before the version that was changed
   * @param after the next
   * @return whether nobody was faster
   */
  public boolean replace(Contract before, Contract after) {
    return contracts.replace(before.number(), before, after);
  }

  /**
   * {@return a part of the contracts, by number}
   *
   * @param after the number before the first one; null for the beginning
   * @param wanted which ones
   * @param limit how many at most
   */
  public Slice<Contract> slice(@Nullable String after, Predicate<Contract> wanted, int limit) {
    return Slice.of(contracts, after, wanted, limit);
  }

  /** {@return every contract, by number} */
  public Collection<Contract> all() {
    return contracts.values();
  }
}
