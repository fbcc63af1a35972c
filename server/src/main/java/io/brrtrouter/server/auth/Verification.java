package io.brrtrouter.server.auth;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a {@link SecurityProvider} says about a credential. */
public sealed interface Verification {
  /** It takes a thread to say. */
  NeedsThread NEEDS_THREAD = new NeedsThread();

  /** Characters of a reason; of a longer one the rest is left out. */
  int MOST_REASON = 200;

  /**
   * The credential is good.
   *
   * @param subject who it is, a user or a client; {@code ""} when the credential does not tell
   * @param scopes scopes or roles granted
   * @param claims what else the credential says, by claim name, of the kinds that {@link Principal}
   *     names; never a secret. Jackson's trees in it become such
   * @param client what tells its client from others to rate limits where there is no subject: see
   *     {@link #withClient}; {@code ""} where nothing does
   */
  record Accepted(String subject, List<String> scopes, Map<String, Object> claims, String client)
      implements Verification {
    /**
     * Copies the collections, keeping their order.
     *
     * @throws IllegalArgumentException if a claim is of another kind
     */
    public Accepted {
      Objects.requireNonNull(subject, "whose credential is good has a subject, or \"\" for none");
      Objects.requireNonNull(scopes, "whose credential is good has scopes, or an empty list");
      Objects.requireNonNull(client, "whose credential is good has a client, or \"\" for none");
      scopes = List.copyOf(scopes);
      claims = Claims.of(claims);
    }

    /**
     * That a credential is good, whose client nothing but its subject tells.
     *
     * @param subject who it is, {@code ""} when the credential does not tell
     * @param scopes scopes or roles granted
     * @param claims what else it says
     */
    public Accepted(String subject, List<String> scopes, Map<String, Object> claims) {
      this(subject, scopes, claims, "");
    }

    /**
     * {@return the same, of a client that rate limits know without a subject} Without both a client
     * is its address: one credential has a bucket at each address then, and all at one address
     * share theirs. For credentials that stay the same, as API keys do: who gets a new one whenever
     * he likes would get a new bucket with it.
     *
     * @param client the same for all requests of one client and for no other of the scheme, at all
     *     servers that count together: an account number, or the SHA-256 of the key; never the
     *     credential itself
     */
    public Accepted withClient(String client) {
      return new Accepted(subject, scopes, claims, client);
    }

    /** {@return all but what tells the client: a digest of a short key tells the key} */
    @Override
    public String toString() {
      return "Accepted[subject=" + subject + ", scopes=" + scopes + ", claims=" + claims + "]";
    }
  }

  /**
   * The credential is not good: 401.
   *
   * @param reason why, as a sentence without its full stop, {@code the token has expired} for
   *     example; the client is told, so it must hold nothing that helps to guess a credential. At
   *     most {@link #MOST_REASON} characters of it are kept
   */
  record Refused(String reason) implements Verification {
    /** Cuts a reason that is too long. */
    public Refused {
      reason = bounded(reason);
    }
  }

  /**
   * Nobody can tell at present, because whoever knows does not answer: 503.
   *
   * @param reason why, for whoever looks at the last decisions of the server; the client is not
   *     told. At most {@link #MOST_REASON} characters of it are kept
   */
  record Unavailable(String reason) implements Verification {
    /** Cuts a reason that is too long. */
    public Unavailable {
      reason = bounded(reason);
    }
  }

  /** It takes a thread to tell; only ever said on an event loop. */
  record NeedsThread() implements Verification {}

  /**
   * {@return that the credential is good, with no scopes}
   *
   * @param subject who it is
   */
  static Accepted accepted(String subject) {
    return new Accepted(subject, List.of(), Map.of());
  }

  /**
   * {@return that the credential is good}
   *
   * @param subject who it is
   * @param scopes scopes or roles granted
   */
  static Accepted accepted(String subject, List<String> scopes) {
    return new Accepted(subject, scopes, Map.of());
  }

  /**
   * {@return that the credential is not good}
   *
   * @param reason why, see {@link Refused}
   */
  static Refused refused(String reason) {
    return new Refused(reason);
  }

  private static String bounded(String reason) {
    Objects.requireNonNull(reason, "a credential that is not good is so for a reason");
    if (reason.length() <= MOST_REASON) {
      return reason;
    }
    String rest = "...";
    int end = MOST_REASON - rest.length();
    return reason.substring(0, Character.isHighSurrogate(reason.charAt(end - 1)) ? end - 1 : end)
        + rest;
  }
}
