package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Reference;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.openapi.source.Pointers;
import io.brrtrouter.schema.SchemaResource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Copies a document into one tree and gives every reference to another file a target in it. */
public final class Bundler {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> IDENTIFIERS = Set.of("$id", "$anchor", "$dynamicAnchor");

  private final LocatedDocument main;

  /** References by the object that holds them, then by the member that is the reference. */
  private final IdentityHashMap<JsonNode, Map<String, Reference>> references =
      new IdentityHashMap<>();

  /** Schemas with something of {@link #IDENTIFIERS}. */
  private final Set<JsonNode> identified = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Where in the result the objects of other files are, by file and pointer. */
  private final Map<String, String> addresses = new HashMap<>();

  private final Map<String, Set<String>> names = new HashMap<>();
  private final Deque<Embedded> queue = new ArrayDeque<>();
  private final IdentityHashMap<JsonNode, LocatedNode> replaced = new IdentityHashMap<>();

  /** Path items being put in place, and where. */
  private final Map<String, String> open = new HashMap<>();

  /** An object of another file that becomes a component. */
  private record Embedded(String section, String name, LocatedNode target) {}

  private Bundler(Loaded loaded) {
    this.main = loaded.documents().getFirst();
    for (Reference reference : loaded.references()) {
      LocatedNode holder = reference.from().parent();
      if (holder != null) {
        references
            .computeIfAbsent(holder.node(), any -> new HashMap<>())
            .put(reference.from().key(), reference);
      }
    }
    for (SchemaResource resource : loaded.resources()) {
      resource.schemaRoots().forEach(root -> identify(resource.root().at(root)));
    }
    main.root()
        .path("components")
        .propertyStream()
        .forEach(section ->
            names.put(section.getKey(), new HashSet<>(section.getValue().propertyNames())));
    loaded.references().forEach(this::reuse);
  }

  /**
   * Bundles a document.
   *
   * @param loaded a document of at least one file
   * @return a new tree
   */
  public static JsonNode bundle(Loaded loaded) {
    if (loaded.documents().size() == 1) {
      return loaded.documents().getFirst().root().deepCopy();
    }
    return new Bundler(loaded).bundle();
  }

  private void identify(JsonNode schema) {
    if (IDENTIFIERS.stream().anyMatch(schema::has)) {
      identified.add(schema);
    }
    Keyword.subschemas(schema).forEach(this::identify);
  }

  /** A component that is nothing but a reference to another file makes room for what it means. */
  private void reuse(Reference reference) {
    LocatedNode holder = reference.from().parent();
    LocatedNode target = reference.target();
    if (holder == null || isMain(target) || !isMain(holder) || holder.node().size() != 1) {
      return;
    }
    List<String> path = Pointers.tokens(holder.pointer());
    boolean component =
        path.size() == 3
            && path.get(0).equals("components")
            && path.get(1).equals(reference.section())
            && !path.get(1).equals("pathItems");
    if (component
        && !target.node().has("$ref")
        && addresses.putIfAbsent(target.toString(), address(holder.pointer())) == null) {
      replaced.put(holder.node(), target);
    }
  }

  private JsonNode bundle() {
    ObjectNode root = (ObjectNode) copy(main.root(), "");
    while (!queue.isEmpty()) {
      Embedded embedded = queue.remove();
      String pointer = "/components/" + embedded.section() + "/" + embedded.name();
      object(object(root, "components"), embedded.section())
          .set(embedded.name(), copy(embedded.target().node(), pointer));
    }
    return root;
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    if (parent.get(name) instanceof ObjectNode present) {
      return present;
    }
    ObjectNode added = NODES.objectNode();
    parent.set(name, added);
    return added;
  }

  /**
   * Copies a value of any file.
   *
   * @param at JSON Pointer of the copy in the result
   */
  private JsonNode copy(JsonNode node, String at) {
    if (node instanceof ArrayNode array) {
      ArrayNode items = NODES.arrayNode(array.size());
      for (int i = 0; i < array.size(); i++) {
        items.add(copy(array.get(i), at + "/" + i));
      }
      return items;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    LocatedNode replacement = replaced.get(object);
    if (replacement != null) {
      return copy(replacement.node(), at);
    }
    Map<String, Reference> held = references.getOrDefault(object, Map.of());
    Reference reference = held.get("$ref");
    if (reference != null
        && reference.section().equals("pathItems")
        && !isMain(reference.target())) {
      return pathItem(object, reference.target(), at);
    }
    return members(object, held, at);
  }

  private ObjectNode members(ObjectNode object, Map<String, Reference> held, String at) {
    ObjectNode copy = NODES.objectNode();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      Reference reference = held.get(name);
      if (reference != null && name.equals("$dynamicRef")) {
        dynamic(copy, object.has("$ref"), address(reference));
      } else if (reference != null) {
        copy.put(name, address(reference));
      } else if (!IDENTIFIERS.contains(name) || !identified.contains(object)) {
        copy.set(name, copy(member.getValue(), at + "/" + Pointers.escape(name)));
      }
    }
    return copy;
  }

  /** Without anchors a dynamic reference is a reference; two in one schema are an {@code allOf}. */
  private static void dynamic(ObjectNode copy, boolean another, String address) {
    if (!another) {
      copy.put("$ref", address);
    } else {
      copy.set("allOf", NODES.arrayNode().add(NODES.objectNode().put("$ref", address)));
    }
  }

  private JsonNode pathItem(ObjectNode holder, LocatedNode target, String at) {
    String place = open.putIfAbsent(target.toString(), at);
    if (place != null) {
      return NODES.objectNode().put("$ref", address(place));
    }
    ObjectNode merged = NODES.objectNode();
    if (copy(target.node(), at) instanceof ObjectNode copied) {
      merged.setAll(copied);
    }
    for (Map.Entry<String, JsonNode> member : holder.properties()) {
      String name = member.getKey();
      if (!name.equals("$ref")) {
        merged.set(name, copy(member.getValue(), at + "/" + Pointers.escape(name)));
      }
    }
    open.remove(target.toString());
    return merged;
  }

  private String address(Reference reference) {
    LocatedNode target = reference.target();
    if (!isMain(target)) {
      return addresses.computeIfAbsent(
          target.toString(), any -> embed(reference.section(), target));
    }
    return isMain(reference.from()) && stays(reference)
        ? reference.from().node().stringValue()
        : address(target.pointer());
  }

  /** A pointer from the document's root, and a discriminator mapping by name, mean the same. */
  private static boolean stays(Reference reference) {
    String text = reference.from().node().stringValue();
    String pointer = reference.target().pointer();
    return text.startsWith("#")
        ? pointer.equals(Uris.decode(text.substring(1)))
        : pointer.equals("/components/schemas/" + text);
  }

  private String embed(String section, LocatedNode target) {
    String name = name(target);
    Set<String> taken = names.computeIfAbsent(section, any -> new HashSet<>());
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    queue.add(new Embedded(section, free, target));
    return address("/components/" + section + "/" + free);
  }

  /** The name a target has where it stands: its member name, or its file's name. */
  private static String name(LocatedNode target) {
    String name = target.key();
    if (target.parent() == null) {
      String file = String.valueOf(target.document().path().getFileName());
      int dot = file.indexOf('.');
      name = dot > 0 ? file.substring(0, dot) : file;
    }
    return name.isEmpty() ? "_" : name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private boolean isMain(LocatedNode node) {
    return node.document() == main;
  }

  private static String address(String pointer) {
    return "#" + Uris.encodeFragment(pointer);
  }
}
