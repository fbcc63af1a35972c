package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SchemaTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Compares schemas with {@code oneOf} or {@code anyOf}. Every alternative of the source must be
 * covered by one of the judge; those that belong together are compared, so that changes in them are
 * told at their place.
 */
final class AlternativeComparison {
  /** Alternatives of which each is compared with each other one; of more, some may overlap. */
  private static final int MAX_OPTIONS = 300;

  private final PairComparison pair;

  AlternativeComparison(PairComparison pair) {
    this.pair = pair;
  }

  void compare(EnumSet<ValueType> common) {
    Discriminators.compare(pair);
    List<SchemaView.Choice> old = pair.before().choices();
    List<SchemaView.Choice> now = pair.after().choices();
    if (old.size() == 1 && now.size() == 1) {
      both(old.getFirst(), now.getFirst());
    } else if (old.size() + now.size() == 1) {
      one(common);
    } else if (isAlike(old, now)) {
      several(old, now);
    } else {
      undecided("there were " + texts(old) + "; now there are " + texts(now));
    }
  }

  private static String texts(List<SchemaView.Choice> choices) {
    return choices.size()
        + " choices with "
        + choices.stream().mapToInt(each -> each.branches().size()).sum()
        + " alternatives";
  }

  /** {@return whether there are as many choices of the same sort and size} */
  private static boolean isAlike(List<SchemaView.Choice> old, List<SchemaView.Choice> now) {
    boolean alike = old.size() == now.size();
    for (int i = 0; alike && i < old.size(); i++) {
      alike =
          old.get(i).keyword().equals(now.get(i).keyword())
              && old.get(i).branches().size() == now.get(i).branches().size();
    }
    return alike;
  }

  /** Several choices stand beside one another: each alternative is compared at its position. */
  private void several(List<SchemaView.Choice> old, List<SchemaView.Choice> now) {
    pair.child("", rest(pair.before()), rest(pair.after()));
    for (int i = 0; i < old.size(); i++) {
      List<Option> olds = Option.of(pair.before(), old.get(i), true);
      List<Option> news = Option.of(pair.after(), now.get(i), true);
      for (int j = 0; j < olds.size(); j++) {
        pair.child(news.get(j).step(), olds.get(j).schema(), news.get(j).schema());
      }
    }
  }

  private static List<Place> rest(SchemaView view) {
    List<Place> rest = new ArrayList<>();
    view.parts()
        .forEach(part -> rest.add(part.without(Place.REFERENCES | Place.ONE_OF | Place.ANY_OF)));
    return rest;
  }

  private void undecided(String message) {
    pair.add(
        pair.either(
            SchemaRule.REQUEST_ALTERNATIVES_UNDECIDED, SchemaRule.RESPONSE_ALTERNATIVES_UNDECIDED),
        pair.after().with("oneOf").isEmpty() ? "anyOf" : "oneOf",
        message);
  }

  /** What stands beside the alternatives is compared once if it is the same, else with each. */
  private void both(SchemaView.Choice old, SchemaView.Choice now) {
    exclusivity(old, now);
    List<Place> oldRest = pair.before().without(old);
    List<Place> newRest = pair.after().without(now);
    Pair rest = pair.schemas().pair(oldRest, newRest, pair.direction());
    boolean alone = pair.schemas().isUnchanged(rest);
    if (alone) {
      pair.child("", oldRest, newRest);
    }
    new OptionMatching(
            pair,
            Option.of(pair.before(), old, alone),
            Option.of(pair.after(), now, alone),
            now.isExclusive())
        .compare();
  }

  private void exclusivity(SchemaView.Choice old, SchemaView.Choice now) {
    if (old.isExclusive() == now.isExclusive()) {
      return;
    }
    boolean apart =
        !overlap(pair.schemas().before(), Option.of(pair.before(), old, false))
            && !overlap(pair.schemas().after(), Option.of(pair.after(), now, false));
    SchemaRule rule = apart ? SchemaRule.ALTERNATIVES_EXCLUDE_ANYWAY : exclusivity(now);
    pair.add(rule, now.keyword(), old.keyword() + " became " + now.keyword());
  }

  private SchemaRule exclusivity(SchemaView.Choice now) {
    return now.isExclusive()
        ? pair.either(
            SchemaRule.REQUEST_ALTERNATIVES_EXCLUSIVE, SchemaRule.RESPONSE_ALTERNATIVES_EXCLUSIVE)
        : pair.either(
            SchemaRule.REQUEST_ALTERNATIVES_NOT_EXCLUSIVE,
            SchemaRule.RESPONSE_ALTERNATIVES_NOT_EXCLUSIVE);
  }

  /** One of the two schemas has alternatives, the other has none. */
  private void one(EnumSet<ValueType> common) {
    List<SchemaView.Choice> choices = pair.source().choices();
    if (choices.isEmpty()) {
      gather(pair.judge().choices().getFirst(), common);
    } else {
      spread(Option.of(pair.source(), choices.getFirst(), false));
    }
  }

  /** Each alternative of the source must be covered by the judge, and is compared with it. */
  private void spread(List<Option> options) {
    for (Option option : options) {
      EnumSet<ValueType> types = source().view(option.schema()).types();
      types.retainAll(pair.judge().types());
      if (!types.isEmpty()) {
        compare(option, option.schema(), slice(pair.judge(), types));
      }
    }
  }

  private void compare(Option option, List<Place> source, List<Place> judge) {
    pair.child(option.step(), pair.either(source, judge), pair.either(judge, source));
  }

  /** The source must be covered by one alternative of the judge, or each type of it by one. */
  private void gather(SchemaView.Choice choice, EnumSet<ValueType> common) {
    List<Option> options =
        Option.of(pair.judge(), choice, false).stream()
            .filter(each -> !met(each, common).isEmpty())
            .toList();
    List<Place> whole = slice(pair.source(), common);
    if (options.size() == 1) {
      compare(options.getFirst(), whole, options.getFirst().schema());
      return;
    }
    List<Option> covering =
        options.stream().filter(each -> pair.covers(each.schema(), whole)).limit(1).toList();
    if (covering.isEmpty()) {
      covering = byType(common, options);
    }
    if (covering.isEmpty()) {
      undecided("no alternative alone takes every value");
    } else if (choice.isExclusive() && overlap(judge(), options)) {
      undecided("a value may fit several alternatives of a oneOf");
    } else {
      covering.forEach(
          each -> compare(each, slice(pair.source(), met(each, common)), each.schema()));
      List<Option> needed = covering;
      options.stream().filter(each -> !needed.contains(each)).forEach(this::more);
    }
  }

  private EnumSet<ValueType> met(Option option, EnumSet<ValueType> common) {
    EnumSet<ValueType> types = judge().view(option.schema()).types();
    types.retainAll(common);
    return types;
  }

  /** {@return for each type an alternative that covers it; none when a type is not covered} */
  private List<Option> byType(EnumSet<ValueType> types, List<Option> options) {
    Set<Option> covering = new LinkedHashSet<>();
    for (ValueType type : types) {
      List<Place> slice = slice(pair.source(), EnumSet.of(type));
      Option one =
          options.stream()
              .filter(each -> pair.covers(each.schema(), slice))
              .findFirst()
              .orElse(null);
      if (one == null) {
        return List.of();
      }
      covering.add(one);
    }
    return List.copyOf(covering);
  }

  /** {@return what a schema says of some of its types} */
  private static List<Place> slice(SchemaView view, EnumSet<ValueType> types) {
    if (types.containsAll(view.types())) {
      return view.places();
    }
    List<Place> slice = new ArrayList<>(view.places());
    slice.add(only(types));
    return slice;
  }

  private static boolean overlap(Schemas schemas, List<Option> options) {
    if (options.size() > MAX_OPTIONS) {
      return true;
    }
    for (Option first : options) {
      for (Option second : options) {
        boolean apart =
            first.index() >= second.index()
                || Disjoint.are(schemas.view(first.schema()), schemas.view(second.schema()));
        if (!apart) {
          return true;
        }
      }
    }
    return false;
  }

  /** The judge has an alternative that the source has not. */
  private void more(Option option) {
    String what = pair.either("was added", "was removed");
    pair.add(
        new Pair.Delta(
            pair.either(
                SchemaRule.REQUEST_ALTERNATIVE_ADDED, SchemaRule.RESPONSE_ALTERNATIVE_REMOVED),
            "",
            pair.isRequest() ? pair.before().location() : option.branch().location(),
            pair.isRequest() ? option.branch().location() : pair.after().location(),
            "the alternative \"" + option.label() + "\" " + what));
  }

  private Schemas source() {
    return pair.either(pair.schemas().before(), pair.schemas().after());
  }

  private Schemas judge() {
    return pair.either(pair.schemas().after(), pair.schemas().before());
  }

  /** {@return a schema that takes some types only} */
  private static Place only(EnumSet<ValueType> types) {
    ArrayNode words = JsonNodeFactory.instance.arrayNode();
    types.forEach(type -> words.add(type == ValueType.FRACTION ? "number" : type.word()));
    SchemaResource resource =
        SchemaResource.of(
            URI.create(Place.MADE + String.join("-", ValueType.words(types)).replace(" ", "-")),
            JsonNodeFactory.instance.objectNode().set("type", words));
    return Place.of(new SchemaTarget(resource, ""));
  }
}
