package io.brrtrouter.schema.pattern;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text that matches several patterns and has a length in given bounds: a search, breadth
 * first, through the product of their automata. Where there are none, the trees of the expressions
 * are spelt out and tried. Deterministic; bounded in effort, so it may find nothing where there is
 * something.
 */
public final class PatternSample {
  /** Shorter than this looks like a mistake rather than an example. */
  private static final int COMFORTABLE = 4;

  private static final int MAX_SITUATIONS = 200_000;

  /** What to write, best first; which characters end up beside each other depends on the place. */
  private static final String PREFERRED =
      "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_. /:@+,;=#%&!?*()[]{}<>|~^$'`\"\\";

  private final List<Automaton> automata = new ArrayList<>();
  private final List<Boolean> wanted = new ArrayList<>();
  private final List<List<Integer>> letters;
  private final int variant;

  private PatternSample(List<EcmaPattern> patterns, int variant) {
    this.variant = variant;
    patterns.forEach(pattern -> add(pattern.matcher(), true));
    this.letters = letters();
  }

  /**
   * Finds a text.
   *
   * @param patterns what must match, at least one
   * @param min the least number of code points
   * @param max the most
   * @param variant asks for another text with each number from 0, where there are others
   * @return the text, or empty when none was found
   */
  public static Optional<String> of(List<EcmaPattern> patterns, int min, int max, int variant) {
    PatternSample sample = new PatternSample(patterns, variant);
    Optional<String> shortest = sample.search(Math.min(Math.max(min, 1), max), max);
    Optional<String> comfortable =
        shortest.isPresent() && shortest.get().length() < Math.min(COMFORTABLE, max)
            ? sample.search(Math.max(min, COMFORTABLE), max)
            : Optional.empty();
    return comfortable
        .or(() -> shortest)
        .or(() -> sample.search(min, max))
        .filter(text -> patterns.stream().allMatch(pattern -> pattern.find(text)))
        .or(() -> TreeSample.of(patterns, min, max, variant));
  }

  /** Takes what has an automaton; the rest is left to chance. */
  private void add(Matcher matcher, boolean want) {
    switch (matcher) {
      case Automaton automaton -> {
        automata.add(automaton);
        wanted.add(want);
      }
      case Literal literal -> Automaton.of(literal.node()).ifPresent(found -> add(found, want));
      case Run run -> Automaton.of(run.node()).ifPresent(found -> add(found, want));
      case Matcher.Not(Matcher inner) -> add(inner, !want);
      case Matcher.All(List<Matcher> all) -> {
        if (want) {
          all.forEach(one -> add(one, true));
        }
      }
      case Matcher.Any(List<Matcher> any) -> {
        if (want) {
          add(any.get(variant % any.size()), true);
        }
      }
      case Linear _, Backtracking _ -> {}
    }
  }

  /** Groups characters that no automaton can tell apart. */
  private List<List<Integer>> letters() {
    Set<Integer> candidates = new LinkedHashSet<>();
    PREFERRED.chars().forEach(candidates::add);
    for (Automaton automaton : automata) {
      for (int i = 0; i < automaton.alphabet().size(); i++) {
        candidates.add(presentable(automaton.alphabet().member(i)));
      }
    }
    Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
    for (int c : candidates) {
      List<Integer> key = automata.stream().map(a -> a.alphabet().classOf(c)).toList();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(c);
    }
    return List.copyOf(groups.values());
  }

  /** The lowest member of a class is often a control character or a surrogate. */
  private static int presentable(int codePoint) {
    return codePoint <= 0xFFFF && Character.isSurrogate((char) codePoint) ? 0xFFFD : codePoint;
  }

  /**
   * How a situation was reached.
   *
   * @param states the state of each automaton
   * @param before the situation before, null at the start
   * @param letter what was written in it
   */
  private record Step(List<Integer> states, @Nullable Step before, int letter) {}

  private Optional<String> search(int min, int max) {
    if (automata.isEmpty()) {
      return Optional.empty();
    }
    List<Step> layer = List.of(new Step(automata.stream().map(Automaton::start).toList(), null, 0));
    int seen = 0;
    Set<List<Integer>> afterMin = new HashSet<>();
    for (int length = 0; !layer.isEmpty() && length <= max && seen < MAX_SITUATIONS; length++) {
      if (length >= min) {
        for (Step step : layer) {
          if (isGoal(step.states)) {
            return Optional.of(text(step));
          }
        }
      }
      Map<List<Integer>, Step> next = new LinkedHashMap<>();
      for (Step step : layer) {
        for (List<Integer> group : letters) {
          int letter = group.get((length + variant) % group.size());
          List<Integer> states = next(step.states, letter);
          if (canContinue(states) && (length < min || afterMin.add(states))) {
            next.putIfAbsent(states, new Step(states, step, letter));
          }
        }
      }
      seen += next.size();
      layer = List.copyOf(next.values());
    }
    return Optional.empty();
  }

  private List<Integer> next(List<Integer> states, int letter) {
    List<Integer> next = new ArrayList<>(states.size());
    for (int i = 0; i < states.size(); i++) {
      next.add(automata.get(i).next(states.get(i), letter));
    }
    return next;
  }

  private boolean canContinue(List<Integer> states) {
    for (int i = 0; i < states.size(); i++) {
      int lost = wanted.get(i) ? Automaton.DEAD : automata.get(i).accepting();
      if (states.get(i) == lost) {
        return false;
      }
    }
    return true;
  }

  private boolean isGoal(List<Integer> states) {
    for (int i = 0; i < states.size(); i++) {
      if (automata.get(i).accepts(states.get(i)) != wanted.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static String text(Step last) {
    List<Integer> letters = new ArrayList<>();
    for (Step step = last; step.before != null; step = step.before) {
      letters.add(step.letter);
    }
    StringBuilder text = new StringBuilder();
    letters.reversed().forEach(text::appendCodePoint);
    return text.toString();
  }
}
