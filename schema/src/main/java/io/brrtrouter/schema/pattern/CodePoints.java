package io.brrtrouter.schema.pattern;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A set of Unicode code points, surrogates included. Immutable; equal sets are equal values.
 *
 * <p>Held as first and last code points of its ranges, ascending, with gaps between them.
 */
final class CodePoints {
  static final CodePoints NONE = new CodePoints(new int[0]);
  static final CodePoints ANY = new CodePoints(new int[] {0, Character.MAX_CODE_POINT});

  /** What {@code \d} matches. */
  static final CodePoints DIGITS = ofRanges('0', '9');

  /** What {@code \w} matches. */
  static final CodePoints WORD = ofRanges('0', '9', 'A', 'Z', '_', '_', 'a', 'z');

  /** ECMA-262 section 12.3. */
  static final CodePoints LINE_TERMINATORS = ofRanges('\n', '\n', '\r', '\r', 0x2028, 0x2029);

  /** What {@code \s} matches: WhiteSpace and LineTerminator, ECMA-262 sections 12.2 and 12.3. */
  static final CodePoints SPACE =
      ofRanges(
          9, 13, ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F,
          0x202F, 0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF);

  private final int[] bounds;

  private CodePoints(int[] bounds) {
    this.bounds = bounds;
  }

  /** {@return the set of ranges given as first, last, first, last in any order} */
  static CodePoints ofRanges(int... bounds) {
    long[] sorted = new long[bounds.length / 2];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (long) bounds[2 * i] << 32 | bounds[2 * i + 1];
    }
    Arrays.sort(sorted);
    int[] merged = new int[bounds.length];
    int length = 0;
    for (long range : sorted) {
      int first = (int) (range >> 32);
      int last = (int) range;
      if (length > 0 && first <= merged[length - 1] + 1) {
        merged[length - 1] = Math.max(merged[length - 1], last);
      } else {
        merged[length++] = first;
        merged[length++] = last;
      }
    }
    return new CodePoints(Arrays.copyOf(merged, length));
  }

  static CodePoints of(int codePoint) {
    return new CodePoints(new int[] {codePoint, codePoint});
  }

  /** {@return the code points a property is true for} */
  static CodePoints where(IntPredicate property) {
    int[] bounds = new int[16];
    int length = 0;
    boolean inside = false;
    for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
      boolean member = c <= Character.MAX_CODE_POINT && property.test(c);
      if (member != inside) {
        if (length == bounds.length) {
          bounds = Arrays.copyOf(bounds, 2 * length);
        }
        bounds[length++] = member ? c : c - 1;
        inside = member;
      }
    }
    return new CodePoints(Arrays.copyOf(bounds, length));
  }

  static CodePoints union(Collection<CodePoints> sets) {
    return ofRanges(sets.stream().flatMapToInt(set -> Arrays.stream(set.bounds)).toArray());
  }

  CodePoints or(CodePoints other) {
    return union(List.of(this, other));
  }

  CodePoints complement() {
    int[] gaps = new int[bounds.length + 2];
    int length = 0;
    int next = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] > next) {
        gaps[length++] = next;
        gaps[length++] = bounds[i] - 1;
      }
      next = bounds[i + 1] + 1;
    }
    if (next <= Character.MAX_CODE_POINT) {
      gaps[length++] = next;
      gaps[length++] = Character.MAX_CODE_POINT;
    }
    return new CodePoints(Arrays.copyOf(gaps, length));
  }

  /**
   * {@return this set and everything that differs from a member only in case, by simple case
   * folding (ECMA-262 section 22.2.2.7.3)}
   */
  CodePoints ignoringCase() {
    BitSet folded = new BitSet();
    for (int i = 0; i < bounds.length; i += 2) {
      for (int c = bounds[i]; c <= bounds[i + 1]; c++) {
        folded.set(fold(c));
      }
    }
    return where(c -> folded.get(fold(c)));
  }

  private static int fold(int c) {
    // The dotless i folds to itself although its upper case is I.
    return c == 0x131 ? c : Character.toLowerCase(Character.toUpperCase(c));
  }

  boolean contains(int codePoint) {
    int at = Arrays.binarySearch(bounds, codePoint);
    // Not a bound: inside a range exactly when the insertion point is odd.
    return at >= 0 || (-at - 1) % 2 == 1;
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  /** {@return the only member, or -1 when there are more or none} */
  int single() {
    return bounds.length == 2 && bounds[0] == bounds[1] ? bounds[0] : -1;
  }

  int rangeCount() {
    return bounds.length / 2;
  }

  int first(int range) {
    return bounds[2 * range];
  }

  int last(int range) {
    return bounds[2 * range + 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePoints that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /** {@return a character class in the syntax that RE2 and the JDK share} */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < bounds.length; i += 2) {
      out.append(String.format("\\x{%X}", bounds[i]));
      if (bounds[i + 1] > bounds[i]) {
        out.append(String.format("-\\x{%X}", bounds[i + 1]));
      }
    }
    return out.append(']').toString();
  }
}
