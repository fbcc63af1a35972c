package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Alternatives by the property that tells most of them apart: one that each requires, with the
 * values it lists. Of many alternatives, only those that may have a value in common are looked at.
 */
final class OptionIndex {
  private final Schemas schemas;
  private final List<Option> options;
  private final String tag;
  private final Map<String, List<Option>> tagged = new HashMap<>();
  private final List<Option> untagged = new ArrayList<>();

  /**
   * Sorts alternatives.
   *
   * @param schemas the document that has them
   * @param options the alternatives
   */
  OptionIndex(Schemas schemas, List<Option> options) {
    this.schemas = schemas;
    this.options = options;
    tag = tag();
    for (Option option : options) {
      Set<String> values = values(schemas, option);
      values.forEach(value -> tagged.computeIfAbsent(value, any -> new ArrayList<>()).add(option));
      if (values.isEmpty()) {
        untagged.add(option);
      }
    }
  }

  /** {@return the property that most alternatives require with listed values; empty for none} */
  private String tag() {
    Map<String, Integer> counts = new HashMap<>();
    for (Option option : options) {
      SchemaView view = schemas.view(option.schema());
      for (String name : view.required()) {
        if (view.member(name).enumeration().isPresent()) {
          counts.merge(name, 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** {@return the values of the tag; none when it is not one of the schema, or others may be} */
  private Set<String> values(Schemas of, Option option) {
    SchemaView view = of.view(option.schema());
    boolean tags =
        !tag.isEmpty()
            && view.required().contains(tag)
            && view.types().equals(EnumSet.of(ValueType.OBJECT));
    Optional<Map<String, JsonNode>> listed =
        tags ? view.member(tag).enumeration() : Optional.empty();
    return listed.map(Map::keySet).orElse(Set.of());
  }

  /**
   * {@return those that may have a value in common with an alternative, in order; all of them where
   * it has no tag}
   *
   * @param of the document that has the alternative
   * @param option the alternative
   */
  List<Option> near(Schemas of, Option option) {
    Set<String> values = values(of, option);
    if (values.isEmpty()) {
      return options;
    }
    Set<Option> near = new LinkedHashSet<>();
    values.forEach(value -> near.addAll(tagged.getOrDefault(value, List.of())));
    near.addAll(untagged);
    return near.stream().sorted(Comparator.comparingInt(Option::index)).toList();
  }
}
