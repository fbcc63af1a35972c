package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.SchemaCopies;
import io.brrtrouter.schema.SchemaResource;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the schemas that some schemas lead to, so that a program without the document can
 * compile them. Schemas stay at their places, so that references between them mean what they did.
 */
final class SchemaTexts {
  /** What says nothing about validity. */
  private static final Set<String> FOR_PEOPLE =
      Set.of(
          "title",
          "summary",
          "description",
          "default",
          "deprecated",
          "example",
          "examples",
          "externalDocs",
          "xml",
          "$comment");

  /** Keywords that hold schemas by names of the document's choice. */
  private static final Set<String> BY_NAME =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

  /** Keywords that hold a schema, or a list of them. */
  private static final Set<String> SCHEMAS =
      Set.of(
          "additionalItems",
          "additionalProperties",
          "allOf",
          "anyOf",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "oneOf",
          "prefixItems",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");

  private final References references;
  private final Map<URI, SchemaResource> resources = new LinkedHashMap<>();
  private final Set<Site> roots = new LinkedHashSet<>();
  private final Deque<Site> unread = new ArrayDeque<>();

  SchemaTexts(List<SchemaResource> resources) {
    references = new References(resources);
    resources.forEach(resource -> this.resources.put(resource.uri(), resource));
  }

  /** Adds a schema with all schemas it leads to. */
  void add(Origin schema) {
    SchemaResource resource = resources.get(schema.resource());
    if (resource != null) {
      addRoot(resource, schema.pointer());
    }
    while (!unread.isEmpty()) {
      Site root = unread.removeFirst();
      follow(root, root.node, root.pointer);
    }
  }

  /** A schema inside of another one comes with it: names and anchors there may matter. */
  private void addRoot(SchemaResource resource, String pointer) {
    String outermost =
        resource.schemaRoots().stream()
            .filter(each -> pointer.equals(each) || pointer.startsWith(each + "/"))
            .min(Comparator.comparingInt(String::length))
            .orElse(pointer);
    Optional<JsonNode> node = resource.find(outermost);
    if (node.isPresent()) {
      Site root = new Site(resource, outermost, node.get());
      if (roots.add(root)) {
        unread.add(root);
      }
    }
  }

  private void follow(Site root, JsonNode node, String pointer) {
    if (node.isObject()) {
      Site site = new Site(root.resource, pointer, node);
      refer(site, site.text("$ref"));
      refer(site, site.text("$dynamicRef"));
      node.path("discriminator")
          .path("mapping")
          .forEach(target -> {
            if (target.isString()) {
              refer(site, target.stringValue());
              refer(site, "#/components/schemas/" + target.stringValue());
            }
          });
      node.propertyNames()
          .forEach(name -> {
            Site child = site.child(name);
            follow(root, child.node, child.pointer);
          });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        follow(root, node.get(i), pointer + "/" + i);
      }
    }
  }

  private void refer(Site site, String reference) {
    if (!reference.isEmpty()) {
      try {
        references
            .follow(site, reference)
            .ifPresent(target -> addRoot(target.resource, target.pointer));
      } catch (IllegalArgumentException noReference) {
        // A string of a mapping or an example that happens to stand where references do.
        return;
      }
    }
  }

  /** {@return what a program has to carry} */
  SchemaCopies copies() {
    return new SchemaCopies(all(), names(), dialects());
  }

  /** {@return the schemas} */
  List<SchemaCopies.SchemaText> all() {
    Map<URI, String> names = names();
    List<SchemaCopies.SchemaText> texts = new ArrayList<>();
    for (Site root : roots) {
      String name = names.getOrDefault(root.resource.uri(), "");
      texts.add(new SchemaCopies.SchemaText(name, root.pointer, slim(root.node).toString()));
    }
    return texts;
  }

  /**
   * {@return what files are called: their places relative to each other, because the others depend
   * on the machine}
   */
  Map<URI, String> names() {
    String common = null;
    for (Site root : roots) {
      String text = root.resource.uri().toString();
      String directory = text.substring(0, text.lastIndexOf('/') + 1);
      common = common == null ? directory : common(common, directory);
    }
    Map<URI, String> names = new HashMap<>();
    for (Site root : roots) {
      URI uri = root.resource.uri();
      names.put(uri, "document:/" + uri.toString().substring(common == null ? 0 : common.length()));
    }
    return names;
  }

  private static String common(String first, String second) {
    int end = 0;
    while (end < Math.min(first.length(), second.length())
        && first.charAt(end) == second.charAt(end)) {
      end++;
    }
    return first.substring(0, first.lastIndexOf('/', Math.max(0, end - 1)) + 1);
  }

  /** {@return what {@code $schema} means where no schema has one, by what the file is called} */
  Map<String, String> dialects() {
    Map<URI, String> names = names();
    Map<String, String> dialects = new LinkedHashMap<>();
    for (Site root : roots) {
      root.resource
          .dialect()
          .ifPresent(dialect -> dialects.put(names.getOrDefault(root.resource.uri(), ""), dialect));
    }
    return dialects;
  }

  /** {@return a schema without what is for people} */
  private static JsonNode slim(JsonNode schema) {
    if (schema.isArray()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      schema.forEach(each -> all.add(slim(each)));
      return all;
    }
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode slim = JsonNodeFactory.instance.objectNode();
    schema.forEachEntry((keyword, value) -> {
      if (BY_NAME.contains(keyword) && value.isObject()) {
        ObjectNode named = slim.putObject(keyword);
        value.forEachEntry((name, each) -> named.set(name, slim(each)));
      } else if (SCHEMAS.contains(keyword)) {
        slim.set(keyword, slim(value));
      } else if (!FOR_PEOPLE.contains(keyword) && !keyword.startsWith("x-")) {
        slim.set(keyword, value);
      }
    });
    return slim;
  }
}
