package io.brrtrouter.openapi.diff;

import java.util.Locale;

/** What a change does to clients that were made for the old document; the worst first. */
public enum Impact {
  /** Clients that keep to the old document stop working. */
  BREAKING,
  /** Some of these clients may stop working, or nobody can tell. */
  RISKY,
  /** Clients go on as before. */
  COMPATIBLE;

  /** {@return the word for it in every form, for example {@code breaking}} */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return whether this is as bad as another, or worse}
   *
   * @param other the other
   */
  public boolean isAtLeast(Impact other) {
    return compareTo(other) <= 0;
  }
}
