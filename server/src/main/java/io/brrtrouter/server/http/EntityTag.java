package io.brrtrouter.server.http;

import java.util.Optional;

/**
 * An entity tag: which state of a resource a representation is of (RFC 9110 section 8.8.3).
 * Immutable.
 *
 * @param opaque what stands between the quotes: printable Latin-1 without quotes and white space
 * @param weak whether representations with this tag may differ in what does not matter to readers;
 *     a strong one stands for the same octets
 */
public record EntityTag(String opaque, boolean weak) {
  private static final String WEAK = "W/";

  /** Refuses characters that no entity tag has. */
  public EntityTag {
    for (int i = 0; i < opaque.length(); i++) {
      if (!isTagCharacter(opaque.charAt(i))) {
        throw new IllegalArgumentException(
            "the entity tag has a character at index "
                + i
                + " that none can have: quotes, white space, controls and what is beyond Latin-1");
      }
    }
  }

  /**
   * {@return the tag of exactly these octets}
   *
   * @param opaque tells them from all others of the resource
   * @throws IllegalArgumentException if it has a character that no entity tag has
   */
  public static EntityTag strong(String opaque) {
    return new EntityTag(opaque, false);
  }

  /**
   * {@return the tag of octets that mean the same}
   *
   * @param opaque tells them from all others of the resource
   * @throws IllegalArgumentException if it has a character that no entity tag has
   */
  public static EntityTag weak(String opaque) {
    return new EntityTag(opaque, true);
  }

  /**
   * {@return the tag that a field value is; empty if it is none, as without quotes}
   *
   * @param field the value of {@code ETag}
   */
  public static Optional<EntityTag> parse(String field) {
    boolean weak = field.startsWith(WEAK);
    int open = weak ? WEAK.length() : 0;
    int close = end(field, open);
    return close < 0 || close + 1 < field.length()
        ? Optional.empty()
        : Optional.of(new EntityTag(field.substring(open + 1, close), weak));
  }

  /** {@return the index of the quote that ends a tag, negative if none begins there} */
  private static int end(String text, int open) {
    if (open >= text.length() || text.charAt(open) != '"') {
      return -1;
    }
    int at = open + 1;
    while (at < text.length() && isTagCharacter(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) == '"' ? at : -1;
  }

  /** {@code etagc}. */
  private static boolean isTagCharacter(char c) {
    return c == '!' || (c >= '#' && c <= '~') || (c >= 0x80 && c <= 0xFF);
  }

  /** {@return whether both are strong and the same (section 8.8.3.2)} */
  boolean matchesStrongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /**
   * {@return whether this is among the tags of a field; those behind one that is none do not count}
   *
   * @param list the value of {@code If-Match} or {@code If-None-Match}
   * @param strongly whether both have to be strong (section 8.8.3.2)
   */
  boolean isIn(String list, boolean strongly) {
    int at = 0;
    while (true) {
      while (at < list.length() && " \t,".indexOf(list.charAt(at)) >= 0) {
        at++;
      }
      boolean otherWeak = list.startsWith(WEAK, at);
      int open = otherWeak ? at + WEAK.length() : at;
      int close = end(list, open);
      if (close < 0) {
        return false;
      }
      boolean counts = !strongly || !(weak || otherWeak);
      boolean same =
          close - open - 1 == opaque.length() && list.startsWith(opaque, open + 1) && counts;
      if (same) {
        return true;
      }
      at = close + 1;
    }
  }

  /** {@return the value of {@code ETag}} */
  @Override
  public String toString() {
    return (weak ? WEAK : "") + '"' + opaque + '"';
  }
}
