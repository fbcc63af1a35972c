package io.brrtrouter.server.router;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Literal text of templates, to be found in paths. Immutable. */
final class LiteralText {
  private final int[] units;

  /** The text as it is in a path without escapes, or null if it cannot be. */
  private final @Nullable String plain;

  LiteralText(int[] units) {
    this.units = units;
    this.plain = Units.plain(units);
  }

  /** {@return the index after this text in a path, or -1 if it is not at an index} */
  int after(String path, int index) {
    // The common case first, because the JVM compares strings in one go.
    return plain != null && path.startsWith(plain, index)
        ? index + plain.length()
        : Units.after(path, index, path.length(), units);
  }

  /** {@return the hash of the first segment, as {@link Units#hash(String, int)} computes it} */
  int hash() {
    return Units.hash(units);
  }

  /** {@return below, at or above zero as a segment of a path is to the first segment of this} */
  int order(String path, int from) {
    return Units.order(path, from, units);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LiteralText that && Arrays.equals(units, that.units);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(units);
  }
}
