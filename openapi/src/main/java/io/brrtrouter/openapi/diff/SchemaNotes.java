package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compares what schemas say besides which values are valid. */
final class SchemaNotes {
  private static final List<String> DOCUMENTATION =
      List.of("title", "description", "examples", "example", "externalDocs", "$comment");

  private SchemaNotes() {}

  static void compare(PairComparison pair) {
    if (pair.before().parts().isEmpty() || pair.after().parts().isEmpty()) {
      return;
    }
    defaults(pair);
    deprecation(pair);
    if (!all(pair.before(), "xml").equals(all(pair.after(), "xml"))) {
      pair.add(
          SchemaRule.XML_CHANGED,
          "xml",
          "xml changed from %s to %s"
              .formatted(shown(pair.before(), "xml"), shown(pair.after(), "xml")));
    }
    documentation(pair);
  }

  private static void defaults(PairComparison pair) {
    Optional<JsonNode> old = pair.before().first("default");
    Optional<JsonNode> now = pair.after().first("default");
    if (!old.map(Texts::canonical).equals(now.map(Texts::canonical))) {
      pair.add(
          pair.either(SchemaRule.REQUEST_DEFAULT_CHANGED, SchemaRule.RESPONSE_DEFAULT_CHANGED),
          "default",
          "the default changed from %s to %s"
              .formatted(shown(pair.before(), "default"), shown(pair.after(), "default")));
    }
  }

  private static void deprecation(PairComparison pair) {
    boolean was = pair.before().isTrue("deprecated");
    boolean is = pair.after().isTrue("deprecated");
    if (was != is) {
      pair.add(
          SchemaRule.SCHEMA_DEPRECATED,
          "deprecated",
          "deprecated changed from " + was + " to " + is);
    }
  }

  private static void documentation(PairComparison pair) {
    List<String> changed = new ArrayList<>();
    for (String keyword : keywords(pair)) {
      if (!Objects.equals(all(pair.before(), keyword), all(pair.after(), keyword))) {
        changed.add(keyword);
      }
    }
    if (!changed.isEmpty()) {
      pair.add(
          SchemaRule.SCHEMA_DOCUMENTATION_CHANGED,
          changed.getFirst(),
          Texts.cut(String.join(", ", changed)) + " changed");
    }
  }

  private static Set<String> keywords(PairComparison pair) {
    Set<String> keywords = new LinkedHashSet<>(DOCUMENTATION);
    for (SchemaView view : List.of(pair.before(), pair.after())) {
      for (Place part : view.parts()) {
        part.node().propertyNames().stream()
            .filter(name -> name.startsWith("x-"))
            .forEach(keywords::add);
      }
    }
    return keywords;
  }

  private static Set<String> all(SchemaView view, String keyword) {
    Set<String> texts = new TreeSet<>();
    view.values(keyword).forEach(each -> texts.add(Texts.canonical(each)));
    return texts;
  }

  private static String shown(SchemaView view, String keyword) {
    return view.first(keyword).map(Texts::shown).orElse("none");
  }
}
