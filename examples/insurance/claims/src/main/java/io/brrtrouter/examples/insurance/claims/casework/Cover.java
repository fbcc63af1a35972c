package io.brrtrouter.examples.insurance.claims.casework;

import io.brrtrouter.examples.insurance.claims.generated.model.Loss;
import io.brrtrouter.examples.insurance.common.Euros;
import java.util.Set;

/**
 * What the department knows of a policy.
 *
 * @param kinds the kinds of loss it is for
 * @param deductible what the customer bears
 * @param limit the most that is paid
 */
public record Cover(Set<String> kinds, Euros deductible, Euros limit) {

  /** Copies the set. */
  public Cover {
    kinds = Set.copyOf(kinds);
  }

  /**
   * {@return whether it is for such losses}
   *
   * @param loss the loss
   */
  public boolean isFor(Loss loss) {
    return kinds.contains(loss.kind());
  }

  /**
   * {@return what is paid for a damage}
   *
   * @param damage what was lost
   */
  public Euros payable(Euros damage) {
    if (damage.compareTo(deductible) <= 0) {
      return Euros.ZERO;
    }
    Euros rest = damage.minus(deductible);
    return rest.compareTo(limit) > 0 ? limit : rest;
  }
}
