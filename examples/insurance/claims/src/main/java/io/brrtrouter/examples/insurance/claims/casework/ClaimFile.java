package io.brrtrouter.examples.insurance.claims.casework;

import io.brrtrouter.examples.insurance.claims.generated.model.Claim;
import io.brrtrouter.examples.insurance.claims.generated.model.ClaimStatus;
import io.brrtrouter.examples.insurance.claims.generated.model.Settlement;
import io.brrtrouter.examples.insurance.common.Euros;

/**
 * A version of a claim.
 *
 * @param claim the claim
 * @param version counts its changes, from 1
 * @param payable what the assessment came to; nothing before
 */
public record ClaimFile(Claim claim, int version, Euros payable) {

  /** {@return whether it is paid or refused} */
  public boolean isClosed() {
    return claim.status() == ClaimStatus.Known.PAID || claim.status() == ClaimStatus.Known.REFUSED;
  }

  /** {@return whether it can be settled} */
  public boolean isAssessed() {
    return claim.status() == ClaimStatus.Known.ASSESSED;
  }

  /**
   * {@return the next version, which is corrected}
   *
   * @param other the claim as it is from now on
   */
  public ClaimFile corrected(Claim other) {
    return new ClaimFile(other, version + 1, payable);
  }

  ClaimFile assessed(Euros sum) {
    return new ClaimFile(
        claim.toBuilder().status(ClaimStatus.Known.ASSESSED).build(), version + 1, sum);
  }

  /**
   * {@return the next and last version}
   *
   * @param settlement what comes of the claim
   * @param status the same in a word
   */
  public ClaimFile settled(Settlement settlement, ClaimStatus status) {
    return new ClaimFile(
        claim.toBuilder().settlement(settlement).status(status).build(), version + 1, payable);
  }
}
