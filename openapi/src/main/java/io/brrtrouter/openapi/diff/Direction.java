package io.brrtrouter.openapi.diff;

import java.util.Locale;

/**
 * Which way the data of a change goes, seen from the server. What a webhook or callback sends goes
 * out, so that rules on responses judge it.
 */
public enum Direction {
  /** From clients to the server, which must take at least what it took. */
  REQUEST,
  /** From the server to clients, which must get no more than they know. */
  RESPONSE,
  /** Both ways, or neither. */
  BOTH;

  /** {@return the word for it in every form, for example {@code request}} */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
