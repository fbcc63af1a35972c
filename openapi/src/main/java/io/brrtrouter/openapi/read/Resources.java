package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.openapi.source.Pointers;
import io.brrtrouter.schema.OpenApi30Schema;
import io.brrtrouter.schema.SchemaResource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The files of a document as schema resources, schemas of 3.0 converted. */
final class Resources {
  private final Map<LocatedDocument, SchemaResource> resources = new LinkedHashMap<>();
  private final IdentityHashMap<JsonNode, Schema> byNode = new IdentityHashMap<>();
  private final Map<LocatedDocument, Map<String, Schema>> byPointer = new HashMap<>();
  private final SchemaScan scan;

  Resources(Session session, SchemaScan scan) {
    this.scan = scan;
    Map<LocatedDocument, List<String>> roots = scan.roots();
    Readdressing readdressing = new Readdressing(session.resolver.readdressed());
    for (Documents.Source source : session.documents.sources()) {
      LocatedDocument document = source.located();
      List<String> pointers = roots.getOrDefault(document, List.of());
      JsonNode root = readdressing.apply(document.root());
      if (source.version() == Version.V3_0) {
        root = convert(root, Tree.of(pointers));
      }
      resources.put(
          document,
          new SchemaResource(source.base(), root, pointers, document, dialect(source, session)));
    }
  }

  /** A file that is no OpenAPI document is read like the document that needs it. */
  private static Optional<String> dialect(Documents.Source source, Session session) {
    boolean complete = source.located().root().has("openapi");
    return Dialects.of(
        complete ? source : session.documents.of(session.documents.main().document()));
  }

  /** {@return one resource per file} */
  List<SchemaResource> all() {
    return List.copyOf(resources.values());
  }

  /** {@return the record of a schema; the same for every use of it} */
  Schema schema(LocatedNode node) {
    LocatedNode canonical = scan.canonical(node);
    if (canonical.node().isObject()) {
      return byNode.computeIfAbsent(canonical.node(), any -> record(canonical));
    }
    return byPointer
        .computeIfAbsent(canonical.document(), document -> new HashMap<>())
        .computeIfAbsent(canonical.pointer(), pointer -> record(canonical));
  }

  private Schema record(LocatedNode node) {
    SchemaResource resource = resources.get(node.document());
    if (resource == null) {
      throw new IllegalStateException(node + " is in no file of the document");
    }
    return new Schema(resource, node.pointer());
  }

  /** The pointers of schemas as a tree, so a document is copied along the way to them only. */
  private static final class Tree {
    final Map<String, Tree> children = new HashMap<>();
    boolean schema;

    static Tree of(List<String> pointers) {
      Tree root = new Tree();
      for (String pointer : pointers) {
        Tree tree = root;
        for (String token : Pointers.tokens(pointer)) {
          tree = tree.children.computeIfAbsent(token, any -> new Tree());
        }
        tree.schema = true;
      }
      return root;
    }
  }

  private static JsonNode convert(JsonNode node, Tree tree) {
    if (tree.schema) {
      return OpenApi30Schema.convert(node);
    }
    if (tree.children.isEmpty()) {
      return node;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        Tree child = tree.children.get(entry.getKey());
        copy.set(
            entry.getKey(), child == null ? entry.getValue() : convert(entry.getValue(), child));
      }
      return copy;
    }
    ArrayNode copy = ((ArrayNode) node).arrayNode();
    for (int i = 0; i < node.size(); i++) {
      Tree child = tree.children.get(Integer.toString(i));
      copy.add(child == null ? node.get(i) : convert(node.get(i), child));
    }
    return copy;
  }
}
