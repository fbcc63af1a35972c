package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.ServedOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document as Swagger UI gets it: requests tried out go to this server and to no other, the
 * page's Content Security Policy would not let them go elsewhere; and parameters of a path stand at
 * each of its operations, because Swagger UI follows references to them only there.
 */
final class DocsDocument {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");

  /** More than anybody nests references; they may also go round in a circle. */
  private static final int MOST_HOPS = 16;

  private final ObjectNode root;
  private final Map<String, List<String>> bases = new HashMap<>();
  private final List<String> usual;

  private DocsDocument(ObjectNode root, List<ServedOperation> operations) {
    this.root = root;
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    for (ServedOperation served : operations) {
      String path = served.operation().path();
      String base = served.path().substring(0, served.path().length() - path.length());
      bases
          .computeIfAbsent(served.method() + " " + path, _ -> new ArrayList<>())
          .add(base.isEmpty() ? "/" : base);
    }
    bases.values().forEach(each -> counts.merge(each, 1, Integer::sum));
    this.usual =
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(Map.Entry::getKey)
            .orElse(List.of("/"));
  }

  /**
   * {@return a copy of a document for Swagger UI}
   *
   * @param bundle the document in one piece
   * @param operations what is served of it
   */
  static JsonNode of(JsonNode bundle, List<ServedOperation> operations) {
    return new DocsDocument((ObjectNode) bundle.deepCopy(), operations).made();
  }

  private JsonNode made() {
    root.set("servers", servers(usual));
    if (root.get("paths") instanceof ObjectNode paths) {
      for (String path : List.copyOf(paths.propertyNames())) {
        if (target(paths.get(path)) instanceof ObjectNode item) {
          ObjectNode copy = item.deepCopy();
          paths.set(path, copy);
          pathItem(path, copy);
        }
      }
    }
    return root;
  }

  private void pathItem(String path, ObjectNode item) {
    item.remove("servers");
    JsonNode shared = item.path("parameters");
    item.remove("parameters");
    item.forEachEntry((name, operation) -> {
      if (METHODS.contains(name)) {
        operation(name.toUpperCase(Locale.ROOT), path, operation, shared);
      }
    });
    item.path("additionalOperations")
        .forEachEntry((method, operation) -> operation(method, path, operation, shared));
  }

  private void operation(String method, String path, JsonNode node, JsonNode shared) {
    if (node instanceof ObjectNode operation) {
      addParameters(operation, shared);
      operation.remove("servers");
      List<String> own = bases.getOrDefault(method + " " + path, usual);
      if (!own.equals(usual)) {
        operation.set("servers", servers(own));
      }
    }
  }

  /** Those of the path first; one of the operation replaces one of equal name and place. */
  private void addParameters(ObjectNode operation, JsonNode shared) {
    if (shared.isEmpty()) {
      return;
    }
    JsonNode own = operation.path("parameters");
    ArrayNode all = root.arrayNode();
    for (JsonNode parameter : shared) {
      if (own.valueStream().noneMatch(each -> isSame(each, parameter))) {
        all.add(parameter);
      }
    }
    own.forEach(all::add);
    operation.set("parameters", all);
  }

  private boolean isSame(JsonNode one, JsonNode other) {
    JsonNode left = target(one);
    JsonNode right = target(other);
    return left.path("name").equals(right.path("name")) && left.path("in").equals(right.path("in"));
  }

  private ArrayNode servers(List<String> bases) {
    ArrayNode servers = root.arrayNode();
    bases.forEach(base -> servers.addObject().put("url", base));
    return servers;
  }

  /** What a reference within the document leads to, or the node itself when it is none. */
  private JsonNode target(JsonNode node) {
    JsonNode target = node;
    for (int hops = 0; hops < MOST_HOPS && isLocal(target.path("$ref")); hops++) {
      JsonNode next = root.at(target.get("$ref").stringValue().substring(1));
      if (next.isMissingNode()) {
        return target;
      }
      target = next;
    }
    return target;
  }

  private static boolean isLocal(JsonNode reference) {
    return reference.isString() && reference.stringValue().startsWith("#/");
  }
}
