package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.Characters;
import io.brrtrouter.schema.pattern.Node.Choice;
import io.brrtrouter.schema.pattern.Node.Group;
import io.brrtrouter.schema.pattern.Node.Repeat;
import io.brrtrouter.schema.pattern.Node.Sequence;
import io.brrtrouter.schema.pattern.Node.WordBoundary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A nondeterministic automaton after Thompson: a program whose instructions are numbered by their
 * place in the list.
 *
 * @param program the instructions
 * @param start where it begins
 */
record Nfa(List<Instruction> program, int start) {
  /** Instructions; twice the 4096 of "up to 4096 of these", which an automaton has room for. */
  private static final int MAX_INSTRUCTIONS = 10_000;

  /** One step. */
  sealed interface Instruction {}

  /** The text matches. */
  record Match() implements Instruction {}

  /** Reads a character of a set. */
  record Read(CodePoints set, int next) implements Instruction {}

  /** Goes on only where a condition holds. */
  record Check(Assertion assertion, int next) implements Instruction {}

  /** Goes on at two places. */
  record Split(int one, int other) implements Instruction {}

  /** {@return the automaton of a tree, or empty when it has none or a larger one} */
  static Optional<Nfa> of(Node node) {
    Builder builder = new Builder();
    int match = builder.add(new Match());
    int start = builder.compile(node, match);
    return start < 0 ? Optional.empty() : Optional.of(new Nfa(List.copyOf(builder.program), start));
  }

  /** Compiles from the end to the start, each node knowing what follows it. */
  private static final class Builder {
    private static final int IMPOSSIBLE = -1;
    private final List<Instruction> program = new ArrayList<>();

    int add(Instruction instruction) {
      if (program.size() >= MAX_INSTRUCTIONS) {
        return IMPOSSIBLE;
      }
      program.add(instruction);
      return program.size() - 1;
    }

    int compile(Node node, int next) {
      if (next < 0) {
        return IMPOSSIBLE;
      }
      return switch (node) {
        case Characters characters -> add(new Read(characters.set(), next));
        case Sequence sequence -> compileSequence(sequence.items(), next);
        case Choice choice -> compileChoice(choice.options(), next);
        case Repeat repeat -> compileRepeat(repeat, next);
        case Group group -> compile(group.body(), next);
        case WordBoundary boundary -> compileWordBoundary(boundary, next);
        case Node.Start _, Node.End _, Node.Look _ -> {
          Assertion assertion = Assertion.of(node);
          yield assertion == null ? IMPOSSIBLE : add(new Check(assertion, next));
        }
        case Node.BackReference _ -> IMPOSSIBLE;
      };
    }

    private int compileSequence(List<Node> items, int next) {
      int entry = next;
      for (Node item : items.reversed()) {
        entry = compile(item, entry);
      }
      return entry;
    }

    private int compileChoice(List<Node> options, int next) {
      int entry = compile(options.getLast(), next);
      for (Node option : options.subList(0, options.size() - 1).reversed()) {
        int one = compile(option, next);
        entry = one < 0 || entry < 0 ? IMPOSSIBLE : add(new Split(one, entry));
      }
      return entry;
    }

    private int compileRepeat(Repeat repeat, int next) {
      int entry = next;
      if (repeat.max() == Node.UNBOUNDED) {
        entry = compileLoop(repeat.body(), next);
      } else {
        for (int i = repeat.min(); i < repeat.max() && entry >= 0; i++) {
          int body = compile(repeat.body(), entry);
          entry = body < 0 ? IMPOSSIBLE : add(new Split(body, next));
        }
      }
      for (int i = 0; i < repeat.min() && entry >= 0; i++) {
        int body = compile(repeat.body(), entry);
        if (body == entry) {
          // An empty body, however often.
          break;
        }
        entry = body;
      }
      return entry;
    }

    private int compileLoop(Node body, int next) {
      int loop = add(new Split(next, next));
      int entry = compile(body, loop);
      if (entry < 0) {
        return IMPOSSIBLE;
      }
      program.set(loop, new Split(entry, next));
      return loop;
    }

    private int compileWordBoundary(WordBoundary boundary, int next) {
      int[] ways = new int[2];
      for (int i = 0; i < 2; i++) {
        ways[i] = next;
        for (Assertion assertion : Assertion.ofWordBoundary(boundary.negated()).get(i)) {
          ways[i] = ways[i] < 0 ? IMPOSSIBLE : add(new Check(assertion, ways[i]));
        }
      }
      return ways[0] < 0 || ways[1] < 0 ? IMPOSSIBLE : add(new Split(ways[0], ways[1]));
    }
  }
}
