package io.brrtrouter.server.limit;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which limits there are, and who counts. The same for all generations of a server: a new one
 * resets nobody's bucket. Safe for use by many threads.
 */
public final class RateLimits {
  /** Nothing is limited. */
  public static final RateLimits NONE =
      new RateLimits(
          new Rules(Optional.empty(), Map.of(), Optional.empty(), Key.SUBJECT_THEN_IP, true),
          new RateLimiter(1, null, System::nanoTime));

  private final Rules rules;
  private final @Nullable Limit beforeAuthentication;
  private final RateLimiter limiter;

  /** By what clients are told apart. */
  public enum Key {
    /** By who they are to a security scheme, those without credential by address. */
    SUBJECT_THEN_IP,
    /** By who they are to a security scheme; others are not limited. */
    SUBJECT,
    /** By address. */
    IP;

    /**
     * {@return the key of a name, or nothing}
     *
     * @param name the name in lower case
     */
    public static Optional<Key> parse(String name) {
      for (Key key : values()) {
        if (key.toString().equals(name)) {
          return Optional.of(key);
        }
      }
      return Optional.empty();
    }

    /** {@return the name in lower case, as the configuration has it} */
    @Override
    public String toString() {
      return switch (this) {
        case SUBJECT_THEN_IP -> "subject_then_ip";
        case SUBJECT -> "subject";
        case IP -> "ip";
      };
    }
  }

  /**
   * Which limits there are.
   *
   * @param general how much one client may ask of an operation
   * @param operations the same for operations that have their own, by name of the handler; nothing
   *     for any amount
   * @param beforeAuthentication how much may come from one address to where credentials are asked
   *     for
   * @param key by what clients are told apart
   * @param skipOptions whether {@code OPTIONS} is not limited
   */
  public record Rules(
      Optional<Quota> general,
      Map<String, Optional<Quota>> operations,
      Optional<Quota> beforeAuthentication,
      Key key,
      boolean skipOptions) {
    /** Copies the map. */
    public Rules {
      operations = Map.copyOf(operations);
    }
  }

  /**
   * Puts them together.
   *
   * @param rules which limits there are
   * @param limiter who counts
   */
  public RateLimits(Rules rules, RateLimiter limiter) {
    this.rules = rules;
    this.beforeAuthentication = limit("", rules.beforeAuthentication());
    this.limiter = limiter;
  }

  /**
   * {@return the limit of an operation, null if it has none}
   *
   * @param handler name of its handler
   * @param method its method
   */
  public @Nullable Limit of(String handler, String method) {
    return rules.skipOptions() && method.equals("OPTIONS")
        ? null
        : limit(handler, rules.operations().getOrDefault(handler, rules.general()));
  }

  /** {@return the limit of an address before credentials are looked at, null if it has none} */
  public @Nullable Limit beforeAuthentication() {
    return beforeAuthentication;
  }

  private static @Nullable Limit limit(String scope, Optional<Quota> quota) {
    return quota.map(each -> new Limit(scope, each)).orElse(null);
  }

  /** {@return by what clients are told apart} */
  public Key key() {
    return rules.key();
  }

  /** {@return who counts} */
  public RateLimiter limiter() {
    return limiter;
  }
}
