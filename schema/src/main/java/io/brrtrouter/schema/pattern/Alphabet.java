package io.brrtrouter.schema.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The classes of code points that an expression cannot tell apart, numbered from 0. Immutable.
 *
 * <p>Code points from {@link #ASCII} on are found by a search among the intervals between all
 * bounds of all sets.
 */
final class Alphabet {
  private static final int ASCII = 0x80;

  /** Sets times intervals; far above any expression written by hand. */
  private static final int MAX_WORK = 4_000_000;

  private final short[] ascii = new short[ASCII];
  private final int[] intervals;
  private final short[] classes;
  private final List<Integer> members;

  private Alphabet(int[] intervals, short[] classes, List<Integer> members) {
    this.intervals = intervals;
    this.classes = classes;
    this.members = members;
    for (int c = 0; c < ASCII; c++) {
      ascii[c] = (short) search(c);
    }
  }

  /**
   * {@return the coarsest alphabet in which each of the sets is a set of classes; empty when there
   * are too many sets for one}
   */
  static Optional<Alphabet> of(Collection<CodePoints> sets) {
    TreeSet<Integer> bounds = new TreeSet<>();
    bounds.add(0);
    for (CodePoints set : sets) {
      for (int i = 0; i < set.rangeCount(); i++) {
        bounds.add(set.first(i));
        if (set.last(i) < Character.MAX_CODE_POINT) {
          bounds.add(set.last(i) + 1);
        }
      }
    }
    int[] intervals = bounds.stream().mapToInt(Integer::intValue).toArray();
    if ((long) intervals.length * sets.size() > MAX_WORK || intervals.length > Short.MAX_VALUE) {
      return Optional.empty();
    }
    short[] classes = new short[intervals.length];
    List<Integer> members = new ArrayList<>();
    Map<BitSet, Integer> bySets = new HashMap<>();
    for (int i = 0; i < intervals.length; i++) {
      BitSet memberOf = memberOf(intervals[i], sets);
      Integer known = bySets.get(memberOf);
      if (known == null) {
        known = members.size();
        bySets.put(memberOf, known);
        members.add(intervals[i]);
      }
      classes[i] = known.shortValue();
    }
    return Optional.of(new Alphabet(intervals, classes, List.copyOf(members)));
  }

  private static BitSet memberOf(int codePoint, Collection<CodePoints> sets) {
    BitSet memberOf = new BitSet();
    int i = 0;
    for (CodePoints set : sets) {
      memberOf.set(i++, set.contains(codePoint));
    }
    return memberOf;
  }

  int size() {
    return members.size();
  }

  /** {@return the lowest code point of a class} */
  int member(int klass) {
    return members.get(klass);
  }

  /** {@return the classes of the first 128 code points; not to be changed} */
  short[] ascii() {
    return ascii;
  }

  int classOf(int codePoint) {
    return codePoint < ASCII ? ascii[codePoint] : search(codePoint);
  }

  private int search(int codePoint) {
    int low = 0;
    int high = intervals.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (intervals[middle] <= codePoint) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return classes[low];
  }
}
