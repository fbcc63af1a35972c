package io.brrtrouter.security;

import io.brrtrouter.security.ClaimRules.Outcome;
import io.brrtrouter.security.spiffe.SpiffeId;
import io.brrtrouter.security.spiffe.Workloads;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the claims of a JWT-SVID must say (JWT-SVID section 3).
 *
 * @param registered audience and times
 * @param workloads whose it may be
 */
record SvidRules(ClaimRules registered, Workloads workloads) implements ClaimCheck {
  private static final String SCHEME = "spiffe://";

  @Override
  public Outcome check(ObjectNode claims, @Nullable String discovered, long now) {
    return switch (registered.check(claims, discovered, now)) {
      case Outcome.Failed failed -> failed;
      case Outcome.Passed passed -> workload(claims, passed);
    };
  }

  private Outcome workload(ObjectNode claims, Outcome.Passed passed) {
    SpiffeId id = SpiffeId.parse(passed.accepted().subject());
    if (id == null) {
      return new Outcome.Failed("the subject of the token is no SPIFFE ID of a workload");
    }
    JsonNode issuer = claims.get("iss");
    // The specification leaves the issuer open. One that is a trust domain must be that of the
    // workload; others are those of discovery, which says nothing of workloads.
    if (issuer != null
        && issuer.stringValue().startsWith(SCHEME)
        && !issuer.stringValue().equals(SCHEME + id.trustDomain())) {
      return new Outcome.Failed("the token is of another trust domain than its subject");
    }
    return workloads.accept(id)
        ? passed
        : new Outcome.Failed("the workload is not one of those accepted here");
  }
}
