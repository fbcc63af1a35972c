package io.brrtrouter.openapi.diff;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds which alternatives of an old and a new choice belong together, and what of the others. */
final class OptionMatching {
  /**
   * Pairs of alternatives that are compared to find equal ones, or what covers one. Of more, only
   * those are that {@link OptionIndex} finds near one another, and no more than this and {@link
   * #MORE_GUESSES} for each alternative.
   */
  private static final int MAX_GUESSES = 2_500;

  private static final int MORE_GUESSES = 10;

  private final PairComparison pair;
  private final List<Option> olds;
  private final List<Option> news;
  private final boolean exclusive;
  private final boolean many;
  private final Map<Schemas, OptionIndex> indexes = new HashMap<>();
  private int guesses;

  OptionMatching(PairComparison pair, List<Option> olds, List<Option> news, boolean exclusive) {
    this.pair = pair;
    this.olds = olds;
    this.news = news;
    this.exclusive = exclusive;
    many = (long) olds.size() * news.size() > MAX_GUESSES;
  }

  void compare() {
    Set<Option> gone = new LinkedHashSet<>();
    Set<Option> open = new LinkedHashSet<>(news);
    Map<String, Option> named = new HashMap<>();
    news.stream().filter(Option::isNamed).forEach(each -> named.put(each.name(), each));
    for (Option old : olds) {
      Option now = old.isNamed() ? named.get(old.name()) : null;
      if (now == null) {
        gone.add(old);
      } else {
        open.remove(now);
        compare(old, now);
      }
    }
    equals(gone, open);
    boolean unnamed =
        gone.stream().noneMatch(Option::isNamed) && open.stream().noneMatch(Option::isNamed);
    if (unnamed && gone.size() == open.size()) {
      Iterator<Option> counterparts = open.iterator();
      gone.forEach(old -> compare(old, counterparts.next()));
    } else {
      gone.forEach(this::removed);
      open.forEach(this::added);
    }
  }

  /** What is hurt by its counterpart may be covered by another alternative. */
  private void compare(Option old, Option now) {
    Option source = pair.either(old, now);
    Option judge = pair.either(now, old);
    if (pair.covers(judge.schema(), source.schema()) || !isCovered(source)) {
      pair.child(now.step(), old.schema(), now.schema());
    } else if (exclusive && pair.isRequest() && news.size() > 1) {
      tell(SchemaRule.REQUEST_ALTERNATIVE_OVERLAPS, old, now, "changed, and others cover it");
    } else {
      SchemaRule rule =
          pair.either(
              SchemaRule.REQUEST_ALTERNATIVE_COVERED, SchemaRule.RESPONSE_ALTERNATIVE_COVERED);
      tell(rule, old, now, "changed, and another covers it");
    }
  }

  private boolean isCovered(Option source) {
    List<Option> judges =
        near(
            pair.either(pair.schemas().after(), pair.schemas().before()),
            pair.either(news, olds),
            pair.either(pair.schemas().before(), pair.schemas().after()),
            source);
    for (Option judge : judges) {
      if (many && !mayGuess()) {
        return false;
      }
      if (pair.covers(judge.schema(), source.schema())) {
        return true;
      }
    }
    return false;
  }

  /** {@return what may have a value in common with an alternative; all if there are not many} */
  private List<Option> near(Schemas having, List<Option> options, Schemas of, Option option) {
    return many
        ? indexes.computeIfAbsent(having, any -> new OptionIndex(having, options)).near(of, option)
        : options;
  }

  private boolean mayGuess() {
    return guesses++ < MAX_GUESSES + MORE_GUESSES * (olds.size() + news.size());
  }

  /** What is called otherwise, or moved, but is the same. */
  private void equals(Set<Option> gone, Set<Option> open) {
    for (Option old : List.copyOf(gone)) {
      List<Option> near =
          near(pair.schemas().after(), news, pair.schemas().before(), old).stream()
              .filter(open::contains)
              .toList();
      for (Option now : near) {
        if (many && !mayGuess()) {
          return;
        }
        if (isSame(old, now)) {
          gone.remove(old);
          open.remove(now);
          compare(old, now);
          break;
        }
      }
    }
  }

  private boolean isSame(Option old, Option now) {
    SchemaComparison schemas = pair.schemas();
    return schemas.isUnchanged(schemas.pair(old.schema(), now.schema(), pair.direction()));
  }

  private void removed(Option old) {
    if (!pair.isRequest()) {
      tell(SchemaRule.RESPONSE_ALTERNATIVE_REMOVED, old, null, "was removed");
    } else if (!isCovered(old)) {
      tell(SchemaRule.REQUEST_ALTERNATIVE_REMOVED, old, null, "was removed");
    } else if (exclusive && news.size() > 1) {
      tell(
          SchemaRule.REQUEST_ALTERNATIVE_OVERLAPS,
          old,
          null,
          "was removed; another one covers it, but a value may fit several");
    } else {
      tell(SchemaRule.REQUEST_ALTERNATIVE_COVERED, old, null, "was removed, and another covers it");
    }
  }

  private void added(Option now) {
    if (pair.isRequest()) {
      boolean overlaps = exclusive && overlaps(now);
      tell(
          overlaps ? SchemaRule.REQUEST_ALTERNATIVE_OVERLAPS : SchemaRule.REQUEST_ALTERNATIVE_ADDED,
          null,
          now,
          overlaps ? "was added, and a value may fit it and another one" : "was added");
    } else if (isCovered(now)) {
      tell(
          SchemaRule.RESPONSE_ALTERNATIVE_COVERED,
          null,
          now,
          "was added, and one of before covers it");
    } else {
      tell(SchemaRule.RESPONSE_ALTERNATIVE_ADDED, null, now, "was added");
    }
  }

  private boolean overlaps(Option now) {
    Schemas after = pair.schemas().after();
    for (Option each : near(after, news, after, now)) {
      if (each.index() != now.index()
          && ((many && !mayGuess()) || !Disjoint.are(view(each), view(now)))) {
        return true;
      }
    }
    return false;
  }

  private SchemaView view(Option option) {
    return pair.schemas().after().view(option.schema());
  }

  private void tell(SchemaRule rule, @Nullable Option old, @Nullable Option now, String what) {
    Option option = now == null ? old : now;
    if (option != null) {
      pair.add(
          new Pair.Delta(
              rule,
              "",
              old == null ? null : old.branch().location(),
              now == null ? null : now.branch().location(),
              "the alternative \"" + option.label() + "\" " + what));
    }
  }
}
