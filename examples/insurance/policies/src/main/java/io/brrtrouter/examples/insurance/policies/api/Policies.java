package io.brrtrouter.examples.insurance.policies.api;

import io.brrtrouter.examples.insurance.policies.contracts.Contract;
import io.brrtrouter.examples.insurance.policies.generated.model.Policy;
import io.brrtrouter.examples.insurance.shared.model.Person;

/** Contracts as the document calls them. */
final class Policies {
  private Policies() {}

  static Policy of(Contract contract, Person holder) {
    return new Policy(
        contract.number(),
        contract.status(),
        holder,
        contract.risk(),
        contract.starts(),
        contract.ends(),
        contract.instalments(),
        contract.payment(),
        contract.premium());
  }

  /** {@return the version of a contract as an entity tag (RFC 9110 section 8.8.3)} */
  static String tag(Contract contract) {
    return "\"" + contract.version() + "\"";
  }
}
