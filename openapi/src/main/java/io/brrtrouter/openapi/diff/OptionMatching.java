package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds which alternatives of an old and a new choice belong together, and what of the others. */
final class OptionMatching {
  /** Pairs of alternatives without a common name that are compared to find equal ones. */
  private static final int MAX_GUESSES = 2_500;

  private final PairComparison pair;
  private final List<Option> olds;
  private final List<Option> news;
  private final boolean exclusive;

  OptionMatching(PairComparison pair, List<Option> olds, List<Option> news, boolean exclusive) {
    this.pair = pair;
    this.olds = olds;
    this.news = news;
    this.exclusive = exclusive;
  }

  void compare() {
    List<Option> gone = new ArrayList<>();
    List<Option> open = new ArrayList<>(news);
    for (Option old : olds) {
      Option named = named(old, open);
      if (named == null) {
        gone.add(old);
      } else {
        open.remove(named);
        compare(old, named);
      }
    }
    equals(gone, open);
    boolean unnamed =
        gone.stream().noneMatch(Option::isNamed) && open.stream().noneMatch(Option::isNamed);
    if (unnamed && gone.size() == open.size()) {
      for (int i = 0; i < gone.size(); i++) {
        compare(gone.get(i), open.get(i));
      }
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
    return pair.either(news, olds).stream()
        .anyMatch(each -> pair.covers(each.schema(), source.schema()));
  }

  private static @Nullable Option named(Option old, List<Option> options) {
    return options.stream()
        .filter(each -> each.isNamed() && each.name().equals(old.name()))
        .findFirst()
        .orElse(null);
  }

  /** What is called otherwise, or moved, but is the same. */
  private void equals(List<Option> gone, List<Option> open) {
    if ((long) gone.size() * open.size() > MAX_GUESSES) {
      return;
    }
    for (Option old : List.copyOf(gone)) {
      open.stream()
          .filter(each -> isSame(old, each))
          .findFirst()
          .ifPresent(now -> {
            gone.remove(old);
            open.remove(now);
            compare(old, now);
          });
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
      boolean overlaps =
          exclusive
              && news.stream()
                  .anyMatch(each -> !each.equals(now) && !Disjoint.are(view(each), view(now)));
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
