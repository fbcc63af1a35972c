package io.brrtrouter.openapi.diff;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Compares the names by which alternatives are told apart (OpenAPI 3.1.1 section 4.8.25). */
final class Discriminators {
  private static final String KEYWORD = "discriminator";

  private Discriminators() {}

  static void compare(PairComparison pair) {
    Optional<JsonNode> old = discriminator(pair.before());
    Optional<JsonNode> now = discriminator(pair.after());
    if (old.isEmpty() && now.isEmpty()) {
      return;
    }
    if (old.isEmpty() || now.isEmpty()) {
      boolean added = old.isEmpty();
      String property = name(added ? now.orElseThrow() : old.orElseThrow());
      pair.add(
          added ? SchemaRule.DISCRIMINATOR_ADDED : SchemaRule.DISCRIMINATOR_REMOVED,
          KEYWORD,
          "the discriminator \"" + property + "\" was " + (added ? "added" : "removed"));
      return;
    }
    if (!name(old.get()).equals(name(now.get()))) {
      pair.add(
          pair.either(
              SchemaRule.REQUEST_DISCRIMINATOR_PROPERTY_CHANGED,
              SchemaRule.RESPONSE_DISCRIMINATOR_PROPERTY_CHANGED),
          KEYWORD,
          "the property changed from \"%s\" to \"%s\"".formatted(name(old.get()), name(now.get())));
    }
    values(pair, values(pair.before(), old.get()), values(pair.after(), now.get()));
  }

  /** Where alternatives are taken out, the names are compared with them. */
  private static Optional<JsonNode> discriminator(SchemaView view) {
    return view.with(KEYWORD).stream()
        .filter(part -> part.has(Place.ONE_OF | Place.ANY_OF))
        .map(part -> part.keyword(KEYWORD))
        .findFirst();
  }

  private static void values(PairComparison pair, Set<String> old, Set<String> now) {
    Set<String> removed = new LinkedHashSet<>(old);
    removed.removeAll(now);
    if (!removed.isEmpty()) {
      pair.add(
          pair.either(
              SchemaRule.REQUEST_DISCRIMINATOR_VALUE_REMOVED,
              SchemaRule.RESPONSE_DISCRIMINATOR_VALUE_REMOVED),
          KEYWORD,
          Texts.quoted(removed) + " no longer names an alternative");
    }
    Set<String> added = new LinkedHashSet<>(now);
    added.removeAll(old);
    if (!added.isEmpty()) {
      pair.add(
          pair.either(
              SchemaRule.REQUEST_DISCRIMINATOR_VALUE_ADDED,
              SchemaRule.RESPONSE_DISCRIMINATOR_VALUE_ADDED),
          KEYWORD,
          Texts.quoted(added) + " names an alternative now");
    }
  }

  private static String name(JsonNode discriminator) {
    return discriminator.path("propertyName").asString("");
  }

  /** {@return the names that are written, and those of alternatives for which none is written} */
  private static Set<String> values(SchemaView view, JsonNode discriminator) {
    JsonNode mapping = discriminator.path("mapping");
    Set<String> mapped = new HashSet<>();
    mapping.forEach(reference -> mapped.add(end(reference.asString(""))));
    Set<String> values = new LinkedHashSet<>(mapping.propertyNames());
    for (SchemaView.Choice choice : view.choices()) {
      for (Place branch : choice.branches()) {
        String name = end(branch.keyword("$ref").asString(""));
        if (!name.isEmpty() && !mapped.contains(name)) {
          values.add(name);
        }
      }
    }
    return values;
  }

  private static String end(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
