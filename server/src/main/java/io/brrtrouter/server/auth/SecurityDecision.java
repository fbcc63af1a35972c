package io.brrtrouter.server.auth;

import java.util.List;
import java.util.function.Supplier;

/** What the security requirements of an operation say about a request. */
public sealed interface SecurityDecision {

  /**
   * A requirement is satisfied.
   *
   * @param principals who it is, one for each scheme of the satisfied requirement in its order;
   *     none when that is the empty one
   */
  record Granted(List<Principal> principals) implements SecurityDecision {
    /** Copies the list. */
    public Granted {
      principals = List.copyOf(principals);
    }
  }

  /**
   * No requirement is satisfied: 401.
   *
   * @param challenges values of {@code WWW-Authenticate} (RFC 9110 section 11.6.1), at least one
   * @param detail why, as a sentence without its full stop
   */
  record Challenged(List<String> challenges, String detail) implements SecurityDecision {
    /** Copies the list. */
    public Challenged {
      challenges = List.copyOf(challenges);
    }
  }

  /**
   * A requirement has all its credentials, and they are good, but what they grant is not enough:
   * 403.
   *
   * @param challenges values of {@code WWW-Authenticate} that tell what is missing (RFC 6750
   *     section 3.1), none where the scheme has no way to tell; and what is wrong with credentials
   *     of other requirements
   * @param missing the scopes or roles that are missing, at least one; of several requirements
   *     those of all, though one requirement is enough
   * @param detail which are missing for what, and what is wrong with other credentials, as a
   *     sentence without its full stop
   */
  record Denied(List<String> challenges, List<String> missing, String detail)
      implements SecurityDecision {
    /** Copies the lists. */
    public Denied {
      challenges = List.copyOf(challenges);
      missing = List.copyOf(missing);
    }
  }

  /**
   * Whoever knows a credential cannot be asked: 503.
   *
   * @param scheme the scheme
   */
  record Unavailable(String scheme) implements SecurityDecision {}

  /**
   * It takes a thread to decide. Said on an event loop, and once more on the thread where a
   * provider that nobody can mislead by guessing was not the last one to ask.
   *
   * @param rest decides, and may block; whoever has answered already is not asked again
   * @param guessable whether the next to be asked may be asked about guesses, see {@link
   *     SecurityProvider#resistsGuessing}
   */
  record NeedsThread(Supplier<SecurityDecision> rest, boolean guessable)
      implements SecurityDecision {}
}
