package io.brrtrouter.server.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the security requirements of an operation say about a request. */
public sealed interface SecurityDecision {

  /**
   * A requirement is satisfied.
   *
   * @param principal who it is; null when the satisfied requirement is the empty one
   */
  record Granted(@Nullable Principal principal) implements SecurityDecision {}

  /**
   * No requirement is satisfied: 401.
   *
   * @param challenges values of {@code WWW-Authenticate} (RFC 9110 section 11.6.1), at least one
   */
  record Challenged(List<String> challenges) implements SecurityDecision {
    /** Copies the list. */
    public Challenged {
      challenges = List.copyOf(challenges);
    }
  }
}
