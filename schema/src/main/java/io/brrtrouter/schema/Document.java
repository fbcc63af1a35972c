package io.brrtrouter.schema;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A resource with an index of the schemas in it: which base URI and dialect each has, and which
 * anchors exist. Written while its registry is locked by a compilation, read only then.
 */
final class Document {
  private static final Set<String> ONE_SCHEMA =
      Set.of(
          "additionalProperties",
          "unevaluatedProperties",
          "unevaluatedItems",
          "items",
          "contains",
          "not",
          "if",
          "then",
          "else",
          "propertyNames",
          "contentSchema");
  private static final Set<String> SCHEMA_ARRAY = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> SCHEMA_MAP =
      Set.of(
          "properties",
          "patternProperties",
          "$defs",
          "definitions",
          "dependentSchemas",
          "dependencies");
  private static final Pattern ANCHOR = Pattern.compile("[A-Za-z_][-A-Za-z0-9._]*");

  final SchemaResource resource;
  final Base root;

  /** Names after the {@code #} of every {@code $dynamicRef} seen. */
  final Set<String> dynamicNames = new HashSet<>();

  /** Which of {@code readOnly} and {@code writeOnly} are true somewhere. */
  final Set<String> directions = new HashSet<>();

  final Registry registry;
  private @Nullable Dialect dialect;

  /** Whether a schema says by {@code $schema} which dialect it and those inside it have. */
  private boolean hasDialects;

  private final Map<String, Site> sites = new HashMap<>();
  private final Map<String, Base> bases = new HashMap<>();

  /** What holds for a schema because of where it stands. */
  record Site(Base base, Dialect dialect) {}

  Document(SchemaResource resource, Registry registry) {
    this.resource = resource;
    this.registry = registry;
    this.root = new Base(withoutFragment(resource.uri()), this, "");
    bases.put("", root);
  }

  /** Indexes the schemas the resource announces. */
  void index() {
    for (String pointer : resource.schemaRoots()) {
      site(pointer);
    }
  }

  /**
   * The base and dialect of the schema at a pointer. A place that is not known to be a schema,
   * below an unknown keyword for example, is indexed when first asked for.
   */
  Site site(String pointer) {
    Site known = sites.get(pointer);
    if (known != null) {
      return known;
    }
    JsonNode schema = Pointers.find(resource.root(), pointer);
    Site outer = new Site(baseAt(pointer), enclosingDialect(pointer));
    if (schema == null) {
      return outer;
    }
    scan(schema, pointer, outer);
    return sites.getOrDefault(pointer, outer);
  }

  /** The base in force at a pointer: that of the nearest schema with {@code $id} around it. */
  Base baseAt(String pointer) {
    String prefix = bases.size() == 1 ? "" : pointer;
    Base base = bases.get(prefix);
    while (base == null) {
      prefix = prefix.substring(0, prefix.lastIndexOf('/'));
      base = bases.get(prefix);
    }
    return base;
  }

  private Dialect enclosingDialect(String pointer) {
    if (!hasDialects) {
      return dialectOfResource();
    }
    String prefix = pointer;
    while (!prefix.isEmpty()) {
      prefix = prefix.substring(0, prefix.lastIndexOf('/'));
      Site site = sites.get(prefix);
      if (site != null) {
        return site.dialect();
      }
    }
    return dialectOfResource();
  }

  /** Found out when first needed: its meta-schema may be another resource. */
  private Dialect dialectOfResource() {
    if (dialect == null) {
      dialect =
          resource
              .dialect()
              .map(uri -> registry.dialect(uri, new Location(this, "")))
              .orElse(Dialect.OPENAPI);
    }
    return dialect;
  }

  private void scan(JsonNode schema, String pointer, Site outer) {
    if (schema.isBoolean()) {
      sites.put(pointer, outer);
    }
    if (!schema.isObject() || sites.containsKey(pointer)) {
      return;
    }
    Base base = identify(schema, pointer, outer.base());
    Dialect dialect = dialect(schema, pointer, outer.dialect());
    Site site =
        base.equals(outer.base()) && dialect.equals(outer.dialect())
            ? outer
            : new Site(base, dialect);
    sites.put(pointer, site);
    anchor(schema, pointer, base);
    JsonNode dynamic = schema.get("$dynamicRef");
    if (dynamic != null && dynamic.isString()) {
      String text = dynamic.stringValue();
      dynamicNames.add(text.substring(text.indexOf('#') + 1));
    }
    noteDirection(schema, "readOnly");
    noteDirection(schema, "writeOnly");
    forEachSubschema(schema, pointer, (child, place) -> scan(child, place, site));
  }

  private void noteDirection(JsonNode schema, String keyword) {
    if (DroppedProperties.isTrue(schema, keyword)) {
      directions.add(keyword);
    }
  }

  private static void forEachSubschema(
      JsonNode schema, String pointer, BiConsumer<JsonNode, String> action) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      String keyword = entry.getKey();
      JsonNode value = entry.getValue();
      if (ONE_SCHEMA.contains(keyword)) {
        action.accept(value, Pointers.child(pointer, keyword));
      } else if (SCHEMA_ARRAY.contains(keyword) && value.isArray()) {
        String place = Pointers.child(pointer, keyword);
        for (int i = 0; i < value.size(); i++) {
          action.accept(value.get(i), Pointers.child(place, i));
        }
      } else if (SCHEMA_MAP.contains(keyword) && value.isObject()) {
        String place = Pointers.child(pointer, keyword);
        value.forEachEntry((name, child) -> action.accept(child, Pointers.child(place, name)));
      }
    }
  }

  private Base identify(JsonNode schema, String pointer, Base outer) {
    JsonNode id = schema.get("$id");
    if (id == null) {
      return outer;
    }
    URI uri = id.isString() ? parse(id.stringValue()) : null;
    if (uri == null || (uri.getRawFragment() != null && !uri.getRawFragment().isEmpty())) {
      registry.problems.add(
          new Location(this, pointer), "$id", "\"$id\" must be a URI reference without fragment");
      return outer;
    }
    URI absolute = withoutFragment(resolve(outer.uri, uri));
    Base base = new Base(absolute, this, pointer);
    bases.put(pointer, base);
    if (pointer.isEmpty()) {
      registry.rename(root, base);
    }
    if (!registry.add(base)) {
      registry.problems.add(
          new Location(this, pointer),
          "$id",
          "\"$id\" " + absolute + " is already taken by another schema");
    }
    return base;
  }

  private Dialect dialect(JsonNode schema, String pointer, Dialect outer) {
    JsonNode uri = schema.get("$schema");
    if (uri == null) {
      return outer;
    }
    hasDialects = true;
    if (!uri.isString()) {
      registry.problems.add(new Location(this, pointer), "$schema", "\"$schema\" must be a URI");
      return outer;
    }
    return registry.dialect(uri.stringValue(), new Location(this, pointer));
  }

  private void anchor(JsonNode schema, String pointer, Base base) {
    String name = anchorName(schema, pointer, "$anchor");
    if (name != null && base.anchors.put(name, pointer) != null) {
      registry.problems.add(
          new Location(this, pointer), "$anchor", "anchor \"" + name + "\" is already taken");
    }
    String dynamic = anchorName(schema, pointer, "$dynamicAnchor");
    if (dynamic != null) {
      base.dynamicAnchors.put(dynamic, pointer);
      if (base.anchors.put(dynamic, pointer) != null && !dynamic.equals(name)) {
        registry.problems.add(
            new Location(this, pointer),
            "$dynamicAnchor",
            "anchor \"" + dynamic + "\" is already taken");
      }
    }
  }

  private @Nullable String anchorName(JsonNode schema, String pointer, String keyword) {
    JsonNode value = schema.get(keyword);
    if (value == null) {
      return null;
    }
    if (!value.isString() || !ANCHOR.matcher(value.stringValue()).matches()) {
      registry.problems.add(
          new Location(this, pointer),
          keyword,
          "\""
              + keyword
              + "\" must start with a letter or \"_\" and go on with letters, digits, \"-\", \"_\" or \".\"");
      return null;
    }
    return value.stringValue();
  }

  static @Nullable URI parse(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** RFC 3986 section 5.2, where {@link URI#resolve} does not do it. */
  static URI resolve(URI base, URI reference) {
    return reference.toString().isEmpty() ? base : base.resolve(reference);
  }

  static URI withoutFragment(URI uri) {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : URI.create(text.substring(0, hash));
  }
}
