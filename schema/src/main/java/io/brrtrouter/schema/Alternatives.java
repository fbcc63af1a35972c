package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code anyOf} and {@code oneOf}, JSON Schema core sections 10.2.1.2 and 10.2.1.3. */
final class Alternatives extends Keyword {

  /** Distances that outweigh any number of small differences. */
  static final int OTHER_TYPE = 10_000;

  static final int OTHER_TAG = 100;
  static final int OTHER_CHOICE = 3;

  /** How deep schemas applied in place are looked into when distances are measured. */
  private static final int DISTANCE_DEPTH = 8;

  private final boolean exactlyOne;
  private final List<Branch> branches;
  private final @Nullable Discriminator discriminator;
  private final Subschema[] resolved;
  private final int[] everything;
  private @Nullable TagTable tags;
  private @Nullable TagTable constants;

  /**
   * One of the schemas.
   *
   * @param name what to call it: the end of its reference, its title, or its number
   */
  record Branch(Subschema schema, String name) {}

  Alternatives(
      Subschema owner,
      boolean exactlyOne,
      List<Branch> branches,
      @Nullable Discriminator discriminator) {
    super(owner);
    this.exactlyOne = exactlyOne;
    this.branches = List.copyOf(branches);
    this.discriminator = discriminator;
    this.resolved = branches.stream().map(Branch::schema).toArray(Subschema[]::new);
    this.everything = new int[resolved.length];
    for (int i = 0; i < everything.length; i++) {
      everything[i] = i;
    }
  }

  private String keyword() {
    return exactlyOne ? "oneOf" : "anyOf";
  }

  @Override
  void link() {
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = branches.get(i).schema.resolved();
    }
  }

  /** Finds what tells the branches apart; called when everything is linked. */
  void findTags() {
    constants = TagTable.ofConstants(resolved);
    tags = constants == null ? TagTable.of(resolved) : null;
  }

  @Override
  int kinds() {
    return Kind.ALL;
  }

  @Override
  int rank() {
    return IN_PLACE;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    int matches = 0;
    for (int index : candidates(instance)) {
      if (evaluation.judgeBranch(resolved[index], instance)) {
        if (!exactlyOne) {
          return true;
        }
        if (++matches > 1) {
          return false;
        }
      }
    }
    return matches == 1;
  }

  /** The branches that the instance, or its tag, does not rule out. */
  private int[] candidates(JsonNode instance) {
    if (constants != null) {
      return constants.allowing(instance);
    }
    return tags == null ? everything : tags.candidates(instance, everything);
  }

  private List<Integer> matches(JsonNode instance, Evaluation evaluation) {
    List<Integer> matches = new ArrayList<>();
    for (int index : candidates(instance)) {
      if (evaluation.judgeBranch(resolved[index], instance)) {
        matches.add(index);
      }
    }
    return matches;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    List<Integer> matches = matches(instance, explanation.evaluation());
    if (matches.isEmpty()) {
      explainNone(instance, explanation);
    } else if (exactlyOne && matches.size() > 1) {
      List<String> names = matches.stream().map(i -> branches.get(i).name).toList();
      explanation.report(
          owner,
          "oneOf",
          null,
          "must match exactly one alternative, but matches " + Wording.list(names, "and"));
    }
  }

  private void explainNone(JsonNode instance, Explanation explanation) {
    if (discriminator != null && instance.isObject()) {
      int chosen = discriminator.choose(instance);
      if (chosen >= 0) {
        explainBranch(chosen, instance, explanation);
      } else {
        discriminator.explain(owner, instance, explanation);
      }
      return;
    }
    if (tags != null && tags.isUnknown(instance)) {
      tags.explain(owner, keyword(), instance, explanation);
      return;
    }
    int closest = closest(instance, explanation);
    if (branches.size() > 1) {
      explanation.report(owner, keyword(), null, noMatch(closest));
    }
    explainBranch(closest, instance, explanation);
  }

  private int closest(JsonNode instance, Explanation explanation) {
    try {
      return closest(instance, explanation.evaluation());
    } catch (Evaluation.Exhausted e) {
      explanation.report(owner, keyword(), null, noMatch(-1));
      throw e;
    }
  }

  private void explainBranch(int index, JsonNode instance, Explanation explanation) {
    explanation.inPlace("/" + keyword() + "/" + index, branches.get(index).schema, instance);
  }

  /** The message, with the branch that is the closest or, where that is unknown, all of them. */
  private String noMatch(int closest) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      if (i != closest) {
        others.add(branches.get(i).name);
      }
    }
    String rule = "must match " + (exactlyOne ? "exactly one" : "at least one") + " alternative";
    if (closest < 0) {
      return rule + " of " + Wording.list(others, "and");
    }
    return rule
        + "; the closest is "
        + branches.get(closest).name
        + ", the "
        + (others.size() == 1 ? "other is " : "others are ")
        + Wording.list(others, "and");
  }

  private int closest(JsonNode instance, Evaluation evaluation) {
    int closest = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < resolved.length; i++) {
      int distance = resolved[i].distance(instance, evaluation, DISTANCE_DEPTH);
      if (distance < least) {
        closest = i;
        least = distance;
      }
    }
    return closest;
  }

  @Override
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    List<Integer> matches = matches(instance, evaluation);
    for (int index : matches) {
      resolved[index].claim(instance, evaluation, marks);
    }
    if (matches.isEmpty() && marks.lenient) {
      for (Subschema branch : resolved) {
        branch.claim(instance, evaluation, marks);
      }
    }
  }

  @Override
  void strip(JsonNode instance, Stripping stripping) {
    for (int index : matches(instance, stripping.evaluation())) {
      resolved[index].strip(instance, stripping);
    }
  }

  @Override
  int distance(JsonNode instance, Evaluation evaluation, int depth) {
    if (valid(instance, evaluation)) {
      return 0;
    }
    int least = Integer.MAX_VALUE;
    for (Subschema branch : resolved) {
      least = Math.min(least, branch.distance(instance, evaluation, depth));
    }
    return Math.max(least, 1);
  }

  @Override
  void inPlace(Consumer<Subschema> action) {
    branches.forEach(branch -> action.accept(branch.schema));
  }
}
