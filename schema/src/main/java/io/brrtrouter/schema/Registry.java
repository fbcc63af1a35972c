package io.brrtrouter.schema;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every document a compilation can reach, by URI. Resolves references (JSON Schema core section 8.2
 * and 9.2). Used under the compiler's lock.
 */
final class Registry {
  private final Function<URI, Optional<SchemaResource>> loader;
  private final Map<String, Base> bases = new HashMap<>();
  private final List<Document> documents = new ArrayList<>();
  private final Set<String> absent = new HashSet<>();

  /** Whatever is wrong with identifiers in the documents read so far. */
  final Problems problems = new Problems();

  /**
   * Where a reference leads.
   *
   * @param location the schema
   * @param dynamicName the anchor when it is a {@code $dynamicAnchor}, else null
   */
  record Target(Location location, @Nullable String dynamicName) {}

  Registry(Collection<SchemaResource> resources, Function<URI, Optional<SchemaResource>> loader) {
    this.loader = loader;
    resources.forEach(this::add);
  }

  /** The document of a resource; null when another resource has its URI. */
  @Nullable Document document(SchemaResource resource) {
    Base base = bases.get(key(resource.uri()));
    if (base == null) {
      return add(resource);
    }
    return isSame(base.document.resource, resource) ? base.document : null;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(SchemaResource a, SchemaResource b) {
    return a.root() == b.root();
  }

  private Document add(SchemaResource resource) {
    Document document = new Document(resource, this);
    documents.add(document);
    bases.putIfAbsent(key(resource.uri()), document.root);
    document.index();
    return document;
  }

  /** Registers a base; false when its URI belongs to another. */
  boolean add(Base base) {
    Base other = bases.putIfAbsent(key(base.uri), base);
    return other == null || other.equals(base);
  }

  /** Lets the URI under which a document was found lead to the base its own {@code $id} gives. */
  void rename(Base retrieved, Base identified) {
    bases.replace(key(retrieved.uri), retrieved, identified);
  }

  /** The view to compile for: the plain one when no document has anything for a view to drop. */
  View effective(View view) {
    String keyword = DroppedProperties.keyword(view);
    for (Document document : documents) {
      if (document.directions.contains(keyword)) {
        return view;
      }
    }
    return View.PLAIN;
  }

  /** Names that occur in a {@code $dynamicRef} of any document. */
  Set<String> dynamicNames() {
    Set<String> names = new HashSet<>();
    documents.forEach(document -> names.addAll(document.dynamicNames));
    return names;
  }

  /** Follows a reference; null, with a problem recorded, when it leads nowhere. */
  @Nullable Target resolve(Location from, String keyword, String reference, Problems problems) {
    Base base = from.document().site(from.pointer()).base();
    int hash = reference.indexOf('#');
    String address = hash < 0 ? reference : reference.substring(0, hash);
    URI relative = Document.parse(address);
    Optional<String> fragment =
        hash < 0 ? Optional.of("") : Pointers.decodeFragment(reference.substring(hash + 1));
    if (relative == null || fragment.isEmpty()) {
      return unresolved(
          from, keyword, problems, quoted(keyword, reference) + " is not a URI reference");
    }
    Base target = address.isEmpty() ? base : find(Document.resolve(base.uri, relative));
    if (target == null) {
      return unresolved(
          from,
          keyword,
          problems,
          quoted(keyword, reference)
              + " points to the resource "
              + Document.resolve(base.uri, relative)
              + ", which is not available");
    }
    Target found = inside(target, fragment.get());
    return found != null
        ? found
        : unresolved(
            from,
            keyword,
            problems,
            quoted(keyword, reference)
                + " points to nothing in "
                + target.uri
                + suggestion(target, fragment.get()));
  }

  private static @Nullable Target unresolved(
      Location from, String keyword, Problems problems, String message) {
    problems.add(from, keyword, message);
    return null;
  }

  private static String quoted(String keyword, String reference) {
    return "\"" + keyword + "\": \"" + reference + "\"";
  }

  /** The name the last token of a pointer may have been meant to be. */
  private static String suggestion(Base base, String fragment) {
    int slash = fragment.lastIndexOf('/');
    JsonNode parent =
        slash < 0
            ? null
            : new Location(base.document, base.pointer + fragment.substring(0, slash)).value();
    String nearest =
        parent == null
            ? null
            : Wording.nearest(Pointers.lastToken(fragment), parent.propertyNames());
    return nearest == null
        ? ""
        : "; did you mean \"#"
            + fragment.substring(0, slash)
            + "/"
            + Pointers.escape(nearest)
            + "\"?";
  }

  private static @Nullable Target inside(Base base, String fragment) {
    if (fragment.isEmpty() || fragment.charAt(0) == '/') {
      Location location = new Location(base.document, base.pointer + fragment);
      if (location.value() == null) {
        return null;
      }
      base.document.site(location.pointer());
      return new Target(location, null);
    }
    String pointer = base.anchors.get(fragment);
    if (pointer == null) {
      return null;
    }
    String dynamicName = base.dynamicAnchors.containsKey(fragment) ? fragment : null;
    return new Target(new Location(base.document, pointer), dynamicName);
  }

  private @Nullable Base find(URI uri) {
    String key = key(uri);
    Base known = bases.get(key);
    if (known != null || absent.contains(key)) {
      return known;
    }
    URI address = URI.create(key);
    Optional<SchemaResource> loaded = loader.apply(address).or(() -> MetaSchemas.find(address));
    if (loaded.isEmpty()) {
      absent.add(key);
      return null;
    }
    SchemaResource resource = loaded.get();
    add(
        new SchemaResource(
            address,
            resource.root(),
            resource.schemaRoots(),
            resource.sources(),
            resource.dialect()));
    return bases.get(key);
  }

  /** What {@code $schema} selects (JSON Schema core section 8.1.1). */
  Dialect dialect(String uri, Location location) {
    Optional<Dialect> known = Dialect.named(uri.endsWith("#") ? uri.replace("#", "") : uri);
    if (known.isPresent()) {
      return known.get();
    }
    if (Dialect.isOtherDraft(uri)) {
      problems.add(
          location, "$schema", "\"$schema\" asks for " + uri + "; only draft 2020-12 is supported");
      return Dialect.OPENAPI;
    }
    URI address = Document.parse(uri);
    Base base = address == null ? null : find(address);
    if (base == null) {
      problems.add(location, "$schema", "the meta-schema " + uri + " is not available");
      return Dialect.OPENAPI;
    }
    JsonNode metaSchema = new Location(base.document, base.pointer).value();
    JsonNode vocabularies = metaSchema == null ? null : metaSchema.get("$vocabulary");
    return vocabularies == null || !vocabularies.isObject()
        ? Dialect.DRAFT_2020_12
        : dialect(vocabularies, base);
  }

  private Dialect dialect(JsonNode vocabularies, Base base) {
    Set<Vocabulary> enabled = EnumSet.of(Vocabulary.CORE);
    for (Map.Entry<String, JsonNode> entry : vocabularies.properties()) {
      Optional<Vocabulary> vocabulary = Vocabulary.named(entry.getKey());
      if (vocabulary.isPresent()) {
        enabled.add(vocabulary.get());
      } else if (!entry.getValue().isBoolean() || entry.getValue().booleanValue()) {
        problems.add(
            new Location(base.document, base.pointer),
            "$vocabulary",
            "the vocabulary " + entry.getKey() + " is required but not supported");
      }
    }
    return new Dialect(enabled);
  }

  /** What {@link URI#equals} takes for one: resolving drops the empty host of {@code file:///}. */
  private static String key(URI uri) {
    String text = Document.withoutFragment(uri).toString();
    return text.startsWith("file:///") ? "file:" + text.substring("file://".length()) : text;
  }
}
