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
   * @param allowed SPIFFE IDs of these; {@code /*} at the end stands for every path below
   */
  public static Workloads of(Set<String> trustDomains, Set<String> allowed) {
    Set<String> exact = new TreeSet<>();
    List<String> prefixes = new ArrayList<>();
    for (String each : allowed) {
      if (each.endsWith(BELOW)) {
        prefixes.add(each.substring(0, each.length() - 1));
      } else {
        exact.add(each);
      }
    }
    return new Workloads(new TreeSet<>(trustDomains), exact, prefixes);
  }

  /**
   * {@return whether a text is a SPIFFE ID, or one with every path below, of one of some trust
   * domains}
   *
   * @param allowed the text
   * @param trustDomains the trust domains
   */
  public static Fitness fitness(String allowed, Set<String> trustDomains) {
    SpiffeId id =
        SpiffeId.parse(
            allowed.endsWith(BELOW) ? allowed.substring(0, allowed.length() - 1) + "x" : allowed);
    if (id == null) {
      return Fitness.NO_ID;
    }
    return trustDomains.contains(id.trustDomain()) ? Fitness.FIT : Fitness.ELSEWHERE;
  }

  /** Whether workloads may be allowed by a text. */
  public enum Fitness {
    /** They may. */
    FIT,
    /** It is no SPIFFE ID. */
    NO_ID,
    /** It is one of another trust domain. */
    ELSEWHERE
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
