package io.brrtrouter.security;

import io.brrtrouter.server.auth.Principal;
import java.util.Map;

/**
 * Has the last word on a token whose signature and claims are good: whether it was revoked, for
 * example, by its {@code jti} or its subject. Asked for every request, also where the claims are
 * cached. Must be safe for use by many threads.
 *
 * <pre>{@code
 * TokenCheck revoked = claims ->
 *     claims.get("jti") instanceof String id && revokedIds.contains(id)
 *         ? TokenCheck.Answer.REVOKED
 *         : TokenCheck.Answer.GOOD;
 * }</pre>
 */
@FunctionalInterface
public interface TokenCheck {

  /** What is known about a token. */
  enum Answer {
    /** It may be used. */
    GOOD,
    /** It may not be used any more: 401. */
    REVOKED,
    /** Nobody can tell at present: 503. */
    UNKNOWN
  }

  /**
   * Checks a token.
   *
   * @param claims its claims by name, of the kinds that {@link Principal} names; they cannot be
   *     changed
   * @return what is known about it
   * @throws Exception if it cannot tell; the request is answered with 500
   */
  Answer check(Map<String, Object> claims) throws Exception;

  /**
   * {@return whether it may block, which it may unless overridden} One that never does is also
   * asked on event loops.
   */
  default boolean mayBlock() {
    return true;
  }
}
