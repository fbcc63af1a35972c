package io.brrtrouter.server.cors;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may send requests that a browser adds a credential to (OWASP, Cross-Site Request Forgery).
 * Immutable.
 *
 * @param enabled whether requests that other sites forge are refused
 * @param allowSameSite whether other hosts of the same site, {@code shop.example.com} for {@code
 *     api.example.com}, may send them
 * @param trustedOrigins origins that may
 */
public record CsrfPolicy(boolean enabled, boolean allowSameSite, List<String> trustedOrigins) {
  /** Refuses, and trusts nobody. */
  public static final CsrfPolicy DEFAULT = new CsrfPolicy(true, false, List.of());

  /**
   * Writes the origins as browsers do.
   *
   * @throws IllegalArgumentException if there are {@link #mistakes}
   */
  public CsrfPolicy {
    List<CorsMistake> mistakes = mistakes(trustedOrigins);
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(mistakes.toString());
    }
    trustedOrigins = trustedOrigins.stream().map(Origins::normal).toList();
  }

  /**
   * {@return which of some origins are none}
   *
   * @param trustedOrigins what is to be trusted
   */
  public static List<CorsMistake> mistakes(List<String> trustedOrigins) {
    List<CorsMistake> mistakes = new ArrayList<>();
    for (String origin : trustedOrigins) {
      String complaint = Origins.complaint(origin);
      if (complaint != null) {
        mistakes.add(CorsMistake.of("trusted_origins", origin, complaint));
      } else if (origin.equals(Origins.OPAQUE)) {
        mistakes.add(
            CorsMistake.of("trusted_origins", origin, "is what any page can become; remove it"));
      }
    }
    return mistakes;
  }
}
