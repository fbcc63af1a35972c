package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Nfa.Check;
import io.brrtrouter.schema.pattern.Nfa.Instruction;
import io.brrtrouter.schema.pattern.Nfa.Match;
import io.brrtrouter.schema.pattern.Nfa.Read;
import io.brrtrouter.schema.pattern.Nfa.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A deterministic automaton that searches: one table look-up per character, no allocation.
 * Immutable and thread-safe.
 *
 * <p>A state is the row of its successors in one table, known by the index of the row's first
 * entry. The first two rows are {@link #DEAD} and the accepting one, which nothing leaves.
 */
final class Automaton implements Matcher {
  /** No continuation of the text matches any more. */
  static final int DEAD = 0;

  /**
   * Entries of a table; a {@code char} must hold an index. 64 KiB then, and the least power of two
   * with room for "up to 4096 of these".
   */
  private static final int MAX_ENTRIES = 1 << 15;

  /** Instructions visited while building. */
  private static final int MAX_WORK = 8_000_000;

  private final Alphabet alphabet;

  /** The classes of the first characters, which most texts consist of. */
  private final short[] ascii;

  private final char[] table;
  private final boolean[] acceptsAtEnd;
  private final int start;

  private Automaton(Alphabet alphabet, char[] table, boolean[] acceptsAtEnd, int start) {
    this.alphabet = alphabet;
    this.ascii = alphabet.ascii();
    this.table = table;
    this.acceptsAtEnd = acceptsAtEnd;
    this.start = start;
  }

  /** {@return an automaton for a tree, or empty when it has none or too large a one} */
  static Optional<Automaton> of(Node node) {
    return Nfa.of(node).flatMap(Builder::of).flatMap(Builder::build);
  }

  @Override
  public boolean find(CharSequence text) {
    int accepting = accepting();
    int state = start;
    int length = text.length();
    for (int i = 0; i < length && state > accepting; i++) {
      char c = text.charAt(i);
      if (c < ascii.length) {
        state = table[state + ascii[c]];
      } else {
        int codePoint = Character.codePointAt(text, i);
        i += Character.charCount(codePoint) - 1;
        state = table[state + alphabet.classOf(codePoint)];
      }
    }
    return accepts(state);
  }

  /** {@return the state in which every continuation of the text matches} */
  int accepting() {
    return alphabet.size();
  }

  int start() {
    return start;
  }

  int next(int state, int codePoint) {
    return table[state + alphabet.classOf(codePoint)];
  }

  /** {@return whether a text that ends in this state matches} */
  boolean accepts(int state) {
    return acceptsAtEnd[state / alphabet.size()];
  }

  Alphabet alphabet() {
    return alphabet;
  }

  /**
   * What distinguishes two situations while reading.
   *
   * @param instructions where the program may be, ascending, conditions not yet tested
   * @param before which conditions on the character before hold, as bits
   */
  private record Situation(List<Integer> instructions, int before) {}

  /**
   * The subset construction. A condition on the next character waits for it, so a state keeps the
   * instructions before such conditions, and each step first follows what the next character
   * allows.
   */
  private static final class Builder {
    private final List<Instruction> program;
    private final int programStart;
    private final Alphabet alphabet;
    private final List<Assertion> behind = new ArrayList<>();
    private final Map<Situation, Integer> numbers = new HashMap<>();
    private final List<Situation> situations = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final List<Boolean> ends = new ArrayList<>();
    private final int[] visited;
    private int stamp;
    private int work;

    private Builder(Nfa nfa, Alphabet alphabet) {
      this.program = nfa.program();
      this.programStart = nfa.start();
      this.alphabet = alphabet;
      this.visited = new int[program.size()];
    }

    static Optional<Builder> of(Nfa nfa) {
      Set<CodePoints> sets = new LinkedHashSet<>();
      for (Instruction instruction : nfa.program()) {
        switch (instruction) {
          case Read read -> sets.add(read.set());
          case Check check -> sets.add(check.assertion().set());
          case Match _, Split _ -> {}
        }
      }
      return Alphabet.of(sets).map(alphabet -> new Builder(nfa, alphabet));
    }

    Optional<Automaton> build() {
      for (Instruction instruction : program) {
        if (instruction instanceof Check(Assertion assertion, int _)
            && assertion.behind()
            && !behind.contains(assertion)) {
          behind.add(assertion);
        }
      }
      if (behind.size() >= Integer.SIZE) {
        return Optional.empty();
      }
      // Numbers 0 and 1 are the dead and the accepting state.
      for (int i = 0; i < 2; i++) {
        int[] row = new int[alphabet.size()];
        Arrays.fill(row, i);
        rows.add(row);
        ends.add(i == 1);
        situations.add(new Situation(List.of(), 0));
      }
      number(new Situation(List.of(programStart), holding(-1)));
      for (int i = 2; i < situations.size(); i++) {
        if (situations.size() * alphabet.size() > MAX_ENTRIES || work > MAX_WORK) {
          return Optional.empty();
        }
        expand(situations.get(i));
      }
      return Optional.of(assemble());
    }

    private int number(Situation situation) {
      Integer known = numbers.get(situation);
      if (known != null) {
        return known;
      }
      situations.add(situation);
      numbers.put(situation, situations.size() - 1);
      return situations.size() - 1;
    }

    private void expand(Situation situation) {
      int[] row = new int[alphabet.size()];
      for (int klass = 0; klass < row.length; klass++) {
        row[klass] = step(situation, alphabet.member(klass));
      }
      rows.add(row);
      ends.add(step(situation, -1) == 1);
    }

    /** {@return the number of the state after one more character, -1 for the end of the text} */
    private int step(Situation situation, int codePoint) {
      List<Integer> after = new ArrayList<>();
      stamp++;
      List<Integer> pending = new ArrayList<>(situation.instructions);
      while (!pending.isEmpty()) {
        int at = pending.removeLast();
        if (visited[at] == stamp) {
          continue;
        }
        visited[at] = stamp;
        work++;
        switch (program.get(at)) {
          case Match _ -> {
            return 1;
          }
          case Read read -> {
            if (codePoint >= 0 && read.set().contains(codePoint)) {
              after.add(read.next());
            }
          }
          case Split split -> {
            pending.add(split.one());
            pending.add(split.other());
          }
          case Check check -> {
            if (holds(check.assertion(), situation.before, codePoint)) {
              pending.add(check.next());
            }
          }
        }
      }
      if (codePoint < 0) {
        return 0;
      }
      after.add(programStart);
      List<Integer> instructions = after.stream().sorted().distinct().toList();
      return number(new Situation(instructions, holding(codePoint)));
    }

    private boolean holds(Assertion assertion, int before, int codePoint) {
      if (assertion.behind()) {
        return (before >> behind.indexOf(assertion) & 1) != 0;
      }
      return codePoint < 0 ? assertion.edge() : assertion.set().contains(codePoint);
    }

    /** {@return the conditions that hold after a character, -1 for the start of the text} */
    private int holding(int codePoint) {
      int bits = 0;
      for (int i = 0; i < behind.size(); i++) {
        Assertion assertion = behind.get(i);
        if (codePoint < 0 ? assertion.edge() : assertion.set().contains(codePoint)) {
          bits |= 1 << i;
        }
      }
      return bits;
    }

    private Automaton assemble() {
      boolean[] live = live();
      int width = alphabet.size();
      char[] table = new char[rows.size() * width];
      boolean[] acceptsAtEnd = new boolean[rows.size()];
      for (int state = 0; state < rows.size(); state++) {
        acceptsAtEnd[state] = ends.get(state);
        for (int klass = 0; klass < width; klass++) {
          int next = rows.get(state)[klass];
          table[state * width + klass] = (char) (live[next] ? next * width : DEAD);
        }
      }
      return new Automaton(alphabet, table, acceptsAtEnd, live[2] ? 2 * width : DEAD);
    }

    /** {@return which states can still lead to a match} */
    private boolean[] live() {
      boolean[] live = new boolean[rows.size()];
      boolean changed = true;
      while (changed) {
        changed = false;
        for (int state = rows.size() - 1; state > 0; state--) {
          if (!live[state] && (ends.get(state) || leadsTo(live, state))) {
            live[state] = true;
            changed = true;
          }
        }
      }
      return live;
    }

    private boolean leadsTo(boolean[] live, int state) {
      for (int next : rows.get(state)) {
        if (live[next]) {
          return true;
        }
      }
      return false;
    }
  }
}
