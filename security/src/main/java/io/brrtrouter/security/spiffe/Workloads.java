package io.brrtrouter.security.spiffe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which workloads are accepted. Immutable. */
public final class Workloads {
  private static final String BELOW = "/*";

  private final Set<String> trustDomains;
  private final Set<String> exact;
  private final List<String> prefixes;

  private Workloads(Set<String> trustDomains, Set<String> exact, List<String> prefixes) {
    this.trustDomains = trustDomains;
    this.exact = Set.copyOf(exact);
    this.prefixes = List.copyOf(prefixes);
  }

  /**
   * {@return the workloads of trust domains, those only that are allowed where any are named}
   *
   * @param trustDomains at least one
   * @param allowed SPIFFE IDs; {@code /*} at the end stands for every path below
   * @throws IllegalArgumentException if one of them is not what it should be
   */
  public static Workloads of(Set<String> trustDomains, Set<String> allowed) {
    if (trustDomains.isEmpty()) {
      throw new IllegalArgumentException("trustDomain is missing");
    }
    for (String each : trustDomains) {
      if (!SpiffeId.isTrustDomain(each)) {
        throw new IllegalArgumentException(
            "trustDomain: \""
                + each
                + "\" is not of small letters, digits, dots, dashes and underscores");
      }
    }
    Set<String> exact = new TreeSet<>();
    List<String> prefixes = new ArrayList<>();
    for (String each : allowed) {
      check(each, trustDomains);
      if (each.endsWith(BELOW)) {
        prefixes.add(each.substring(0, each.length() - 1));
      } else {
        exact.add(each);
      }
    }
    return new Workloads(new TreeSet<>(trustDomains), exact, prefixes);
  }

  private static void check(String allowed, Set<String> trustDomains) {
    SpiffeId id =
        SpiffeId.parse(
            allowed.endsWith(BELOW) ? allowed.substring(0, allowed.length() - 1) + "x" : allowed);
    if (id == null) {
      throw new IllegalArgumentException(
          "allowedId: \""
              + allowed
              + "\" is no SPIFFE ID, spiffe://example.org/shop/* for example");
    }
    if (!trustDomains.contains(id.trustDomain())) {
      throw new IllegalArgumentException(
          "allowedId: \"" + allowed + "\" is of a trust domain that is not named");
    }
  }

  /**
   * {@return whether the workload of a name is accepted}
   *
   * @param id the name
   */
  public boolean accept(SpiffeId id) {
    return trustDomains.contains(id.trustDomain()) && isAllowed(id.toString());
  }

  private boolean isAllowed(String text) {
    return (exact.isEmpty() && prefixes.isEmpty())
        || exact.contains(text)
        || prefixes.stream().anyMatch(text::startsWith);
  }

  /** {@return the trust domains, for reports} */
  public String description() {
    return String.join(", ", trustDomains);
  }
}
