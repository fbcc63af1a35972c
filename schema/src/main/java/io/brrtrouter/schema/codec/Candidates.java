package io.brrtrouter.schema.codec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of several alternatives an object can be, by the text of one property: most alternatives
 * need not be read to know that they refuse. Immutable and thread-safe.
 */
public final class Candidates {
  private static final int WORD = 6;

  final TextTable name;
  final TextTable texts;

  /** The alternatives that take each of the texts, as bits. */
  private final long[][] byText;

  /** The only alternative that takes each of the texts, -1 where there are others or none. */
  private final int[] onlyByText;

  private final long[] otherwise;
  private final long[] all;

  private Candidates(String property, List<List<String>> alternatives) {
    Set<String> known = new LinkedHashSet<>();
    alternatives.forEach(known::addAll);
    List<String> order = new ArrayList<>(known);
    this.name = TextTable.of(property);
    this.texts = TextTable.of(order.toArray(String[]::new));
    this.byText = new long[order.size()][];
    this.onlyByText = new int[order.size()];
    for (int i = 0; i < byText.length; i++) {
      String text = order.get(i);
      byText[i] = those(alternatives, each -> each.isEmpty() || each.contains(text));
      onlyByText[i] = only(byText[i]);
    }
    this.otherwise = those(alternatives, List::isEmpty);
    this.all = those(alternatives, _ -> true);
  }

  private static int only(long[] bits) {
    int only = -1;
    for (int i = 0; i < bits.length << WORD; i++) {
      if (has(bits, i)) {
        if (only >= 0) {
          return -1;
        }
        only = i;
      }
    }
    return only;
  }

  /** Whether an alternative that takes some texts is meant. */
  private interface Test {
    boolean holds(List<String> texts);
  }

  private static long[] those(List<List<String>> alternatives, Test test) {
    long[] bits = new long[(alternatives.size() >> WORD) + 1];
    for (int i = 0; i < alternatives.size(); i++) {
      if (test.holds(alternatives.get(i))) {
        bits[i >> WORD] |= 1L << i;
      }
    }
    return bits;
  }

  /**
   * Makes a table.
   *
   * @param property the property
   * @param alternatives for each alternative the texts that it takes there, as the only values;
   *     empty for one that takes others too
   * @return the table
   */
  @SafeVarargs
  public static Candidates of(String property, List<String>... alternatives) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> texts : alternatives) {
      all.add(List.copyOf(texts));
    }
    return new Candidates(property, all);
  }

  /**
   * The alternatives that an object can be.
   *
   * @param object at the beginning of the value
   */
  long[] of(LookAhead object) {
    if (object.find(name) < 0) {
      return all;
    }
    int text = object.findText(texts);
    return text < 0 ? otherwise : byText[text];
  }

  /**
   * The only alternative that an object can be, by a text of its own; -1 where that takes more.
   *
   * @param object at the beginning of the value
   */
  int only(LookAhead object) {
    if (object.find(name) < 0) {
      return -1;
    }
    int text = object.findText(texts);
    return text < 0 ? -1 : onlyByText[text];
  }

  /**
   * {@return whether an alternative is among some}
   *
   * @param candidates what {@link JsonInput#candidates} answered
   * @param index the number of the alternative, from 0
   */
  public static boolean has(long[] candidates, int index) {
    return (candidates[index >> WORD] & 1L << index) != 0;
  }
}
