package io.brrtrouter.security.spiffe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which workloads are accepted. Immutable. */
public final class Workloads {
  private static final String BELOW = "/*";

  private final String trustDomain;
  private final Set<String> exact;
  private final List<String> prefixes;

  private Workloads(String trustDomain, Set<String> exact, List<String> prefixes) {
    this.trustDomain = trustDomain;
    this.exact = Set.copyOf(exact);
    this.prefixes = List.copyOf(prefixes);
  }

  /**
   * {@return the workloads of a trust domain, those only that are allowed where any are named}
   *
   * @param trustDomain the trust domain
   * @param allowed SPIFFE IDs of it; {@code /*} at the end stands for every path below
   */
  public static Workloads of(String trustDomain, Set<String> allowed) {
    Set<String> exact = new TreeSet<>();
    List<String> prefixes = new ArrayList<>();
    for (String each : allowed) {
      if (each.endsWith(BELOW)) {
        prefixes.add(each.substring(0, each.length() - 1));
      } else {
        exact.add(each);
      }
    }
    return new Workloads(trustDomain, exact, prefixes);
  }

  /**
   * {@return whether a text is a SPIFFE ID, or one with every path below, of a trust domain}
   *
   * @param allowed the text
   * @param trustDomain the trust domain
   */
  public static Fitness fitness(String allowed, String trustDomain) {
    SpiffeId id =
        SpiffeId.parse(
            allowed.endsWith(BELOW) ? allowed.substring(0, allowed.length() - 1) + "x" : allowed);
    if (id == null) {
      return Fitness.NO_ID;
    }
    return id.trustDomain().equals(trustDomain) ? Fitness.FIT : Fitness.ELSEWHERE;
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
    return id.trustDomain().equals(trustDomain) && isAllowed(id.toString());
  }

  private boolean isAllowed(String text) {
    return (exact.isEmpty() && prefixes.isEmpty())
        || exact.contains(text)
        || prefixes.stream().anyMatch(text::startsWith);
  }

  /** {@return the trust domain, for reports} */
  public String description() {
    return trustDomain;
  }
}
