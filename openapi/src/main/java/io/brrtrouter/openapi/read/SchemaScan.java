package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Walks schemas: checks keywords against the meta-schemas, collects {@code $id}, anchors and
 * references, and finds the outermost schemas of every file.
 */
final class SchemaScan {
  private static final Set<String> TYPES =
      new TreeSet<>(Set.of("null", "boolean", "object", "array", "number", "string", "integer"));

  private final Session session;
  private final Findings findings;
  private final SchemaObjects objects;
  private final IdentityHashMap<JsonNode, LocatedNode> visited = new IdentityHashMap<>();
  private final Map<LocatedDocument, Map<String, LocatedNode>> roots = new LinkedHashMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  /** References by anchor, which wait until every file met so far is scanned. */
  private final Deque<Pending> anchored = new ArrayDeque<>();

  private final SchemaCycles cycles;

  /** A reference that waits until every {@code $id} and anchor met so far is known. */
  private record Pending(LocatedNode schema, LocatedNode text, String keyword, URI base) {}

  SchemaScan(Session session) {
    this.session = session;
    this.findings = session.findings;
    this.objects = new SchemaObjects(session);
    this.cycles = new SchemaCycles(findings);
  }

  /** {@return JSON Pointers of the outermost schemas by file} */
  Map<LocatedDocument, List<String>> roots() {
    Map<LocatedDocument, List<String>> outermost = new LinkedHashMap<>();
    roots.forEach((document, byPointer) -> outermost.put(document, outermost(byPointer.keySet())));
    return outermost;
  }

  private static List<String> outermost(Collection<String> pointers) {
    Set<String> all = new HashSet<>(pointers);
    return pointers.stream()
        .filter(pointer -> {
          int slash = pointer.lastIndexOf('/');
          for (; slash >= 0; slash = pointer.lastIndexOf('/', slash - 1)) {
            if (all.contains(pointer.substring(0, slash))) {
              return false;
            }
          }
          return true;
        })
        .toList();
  }

  /** {@return where a schema stands that was scanned; the same place for every alias of it} */
  LocatedNode canonical(LocatedNode schema) {
    return visited.getOrDefault(schema.node(), schema);
  }

  /** Scans a schema that is not part of another schema. */
  void root(LocatedNode schema) {
    if (visited.containsKey(schema.node())) {
      return;
    }
    roots
        .computeIfAbsent(schema.document(), document -> new LinkedHashMap<>())
        .put(schema.pointer(), schema);
    scan(schema, session.documents.of(schema.document()).base());
  }

  /** Resolves all references met so far but those by anchor; their targets are scanned too. */
  void resolveReferences() {
    while (!pending.isEmpty()) {
      Pending reference = pending.remove();
      String fragment = Uris.fragment(reference.text().node().stringValue());
      boolean mapping = reference.keyword().equals("mapping");
      if (mapping || fragment.isEmpty() || fragment.startsWith("/")) {
        resolve(reference);
      } else {
        anchored.add(reference);
      }
    }
  }

  /**
   * Resolves the references by anchor that are left, unless that opens further files.
   *
   * @return whether there may be more to check and to resolve
   */
  boolean resolveAnchors() {
    int files = session.documents.sources().size();
    anchored.forEach(reference -> openSchemaFile(reference.text(), reference.base()));
    if (session.documents.sources().size() == files) {
      while (!anchored.isEmpty()) {
        resolve(anchored.remove());
      }
    }
    return session.documents.sources().size() > files || !pending.isEmpty();
  }

  /** Reports schemas that lead back to themselves. */
  void finish() {
    cycles.report();
  }

  private void resolve(Pending reference) {
    LocatedNode target = target(reference);
    if (target == null) {
      return;
    }
    if (target.document() != reference.schema().document()) {
      session.report.add(Feature.REFERENCE_EXTERNAL, reference.text().location());
    }
    root(target);
    if (reference.keyword().equals("$ref")) {
      cycles.reference(reference.schema(), reference.text(), target);
    }
  }

  private @Nullable LocatedNode target(Pending reference) {
    if (reference.keyword().equals("mapping")) {
      return objects.mappingTarget(reference.text(), reference.base());
    }
    return session.resolver.resolve(reference.text(), reference.base(), Kind.SCHEMA);
  }

  /** A file whose root must be a schema, because an anchor of it is meant, is scanned first. */
  private void openSchemaFile(LocatedNode text, URI base) {
    URI uri = Uris.resolve(base, Uris.withoutFragment(text.node().stringValue()));
    if (uri != null && !session.resolver.isIdentified(uri)) {
      Documents.Source source =
          session.documents.open(uri, session.documents.of(text.document()), text);
      if (source != null && !source.located().root().has("openapi")) {
        root(source.located().located());
      }
    }
  }

  private void scan(LocatedNode schema, URI base) {
    Version version = session.version(schema);
    JsonNode node = schema.node();
    if (node.isBoolean() && version.atLeast(Version.V3_1)) {
      return;
    }
    if (!node.isObject()) {
      Types.wrong(
          schema, version == Version.V3_0 ? "an object" : "an object, true or false", findings);
      return;
    }
    if (visited.putIfAbsent(node, schema) != null) {
      return;
    }
    URI inner = version.atLeast(Version.V3_1) ? identify(schema, base) : base;
    cycles.schema(schema);
    if (version == Version.V3_0 && node.has("$ref")) {
      referenceOnly(schema, inner);
      return;
    }
    Map<String, Keyword> keywords = Keyword.of(version);
    for (LocatedNode member : schema.members()) {
      Keyword keyword = keywords.get(member.key());
      if (keyword != null) {
        keyword(schema, member, keyword, inner);
      } else {
        objects.unknown(schema, member, version);
      }
    }
    objects.check(schema, version);
  }

  /** In 3.0 a schema with {@code $ref} is a Reference Object. */
  private void referenceOnly(LocatedNode schema, URI base) {
    Keyword reference = new Keyword(Keyword.Rule.REFERENCE, Feature.SCHEMA_KEYWORD);
    for (LocatedNode member : schema.members()) {
      if (member.key().equals("$ref")) {
        keyword(schema, member, reference, base);
      } else if (!member.key().startsWith("x-")) {
        findings.warning(
            "reference-sibling",
            member.nameLocation(),
            "\"" + member.key() + "\" beside $ref is ignored",
            "wrap the $ref in allOf to add to it");
      }
    }
  }

  private URI identify(LocatedNode schema, URI base) {
    String id = Nodes.text(schema, "$id");
    URI resolved = id == null ? null : Uris.resolve(base, Uris.withoutFragment(id));
    URI inner = resolved == null ? base : resolved;
    if (resolved != null) {
      session.resolver.identify(resolved, schema);
    }
    for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
      LocatedNode anchor = schema.member(keyword);
      if (anchor != null && anchor.node().isString()) {
        session.resolver.anchor(inner, anchor.node().stringValue(), schema, anchor);
      }
    }
    return inner;
  }

  private void keyword(LocatedNode schema, LocatedNode value, Keyword keyword, URI base) {
    if (keyword.feature() != Feature.DIALECT && !value.key().equals("format")) {
      session.report.add(keyword.feature(), value.key(), value.nameLocation());
    }
    JsonNode node = value.node();
    switch (keyword.rule()) {
      case ANY -> {}
      case TEXT -> {
        if (expect(node.isString(), value, "text") && value.key().equals("format")) {
          objects.format(value);
        }
      }
      case FLAG -> expect(node.isBoolean(), value, "true or false");
      case NUMBER -> expect(node.isNumber(), value, "a number");
      case POSITIVE -> positive(value);
      case COUNT -> count(value);
      case LIST -> list(value);
      case NAMES -> names(value);
      case NAMES_BY_NAME -> {
        if (expect(node.isObject(), value, "an object")) {
          value.members().forEach(this::names);
        }
      }
      case TYPE_NAME, TYPE -> type(value, keyword.rule() == Keyword.Rule.TYPE);
      case PATTERN -> {
        if (expect(node.isString(), value, "text")) {
          objects.pattern(node.stringValue(), value.location());
        }
      }
      case SCHEMA -> schema(value, base);
      case SCHEMAS -> schemas(value, base);
      case SCHEMAS_BY_NAME, SCHEMAS_BY_PATTERN -> schemasByName(value, keyword.rule(), base);
      case REFERENCE -> {
        if (expect(node.isString(), value, "text")) {
          pending.add(new Pending(schema, value, value.key(), base));
        }
      }
      case ANCHOR -> objects.anchor(value);
      case ID -> objects.id(value);
      case URI -> session.dialects.use(value);
      case VOCABULARY -> expect(node.isObject(), value, "an object");
      case DISCRIMINATOR -> discriminator(schema, value, base);
      case XML -> objects.fields(value, Kind.XML);
      case EXTERNAL_DOCS -> objects.fields(value, Kind.EXTERNAL_DOCS);
    }
  }

  private boolean expect(boolean holds, LocatedNode value, String wanted) {
    if (!holds) {
      Types.wrong(value, wanted, findings);
    }
    return holds;
  }

  private void positive(LocatedNode value) {
    if (expect(value.node().isNumber(), value, "a number")
        && value.node().decimalValue().signum() <= 0) {
      findings.error(
          "bound-out-of-range",
          value.location(),
          "\"" + value.key() + "\" must be greater than 0",
          "write a positive number");
    }
  }

  private void count(LocatedNode value) {
    JsonNode node = value.node();
    if (!expect(node.isNumber(), value, "a number")) {
      return;
    }
    BigDecimal number = node.decimalValue();
    if (number.signum() < 0 || number.stripTrailingZeros().scale() > 0) {
      findings.error(
          "bound-out-of-range",
          value.location(),
          "\"" + value.key() + "\" must be an integer of at least 0",
          "write 0, 1, 2 or more");
    }
  }

  private void list(LocatedNode value) {
    boolean wantsEntries = value.key().equals("enum") && session.version(value) == Version.V3_0;
    if (expect(value.node().isArray(), value, "a list") && wantsEntries && value.node().isEmpty()) {
      empty(value, "value");
    }
  }

  private void empty(LocatedNode value, String what) {
    findings.error(
        "empty-list",
        value.location(),
        "\"" + value.key() + "\" has no entries",
        "add at least one " + what + ", or remove the keyword");
  }

  private void names(LocatedNode value) {
    if (!expect(value.node().isArray(), value, "a list")) {
      return;
    }
    if (session.version(value) == Version.V3_0 && value.node().isEmpty()) {
      empty(value, "name");
    }
    different(value);
  }

  /** Checks that entries are texts and differ. */
  private void different(LocatedNode list) {
    Set<String> seen = new HashSet<>();
    for (LocatedNode item : list.items()) {
      if (expect(item.node().isString(), item, "text") && !seen.add(item.node().stringValue())) {
        findings.error(
            "duplicate-entry",
            item.location(),
            "\"" + item.node().stringValue() + "\" is in \"" + list.key() + "\" already",
            "remove it");
      }
    }
  }

  private void type(LocatedNode value, boolean several) {
    JsonNode node = value.node();
    if (node.isArray() && several) {
      if (node.isEmpty()) {
        empty(value, "type");
      }
      different(value);
      value.items().stream().filter(item -> item.node().isString()).forEach(this::typeName);
    } else if (node.isArray()) {
      findings.error(
          "newer-version",
          value.location(),
          "a list of types exists since OpenAPI 3.1, this document is 3.0",
          "write one type, and nullable: true to allow null");
    } else if (expect(node.isString(), value, several ? "text or a list" : "text")) {
      typeName(value);
    }
  }

  private void typeName(LocatedNode value) {
    String name = value.node().stringValue();
    boolean nullBefore31 = name.equals("null") && session.version(value) == Version.V3_0;
    if (nullBefore31) {
      findings.error(
          "newer-version",
          value.location(),
          "type \"null\" exists since OpenAPI 3.1, this document is 3.0",
          "write nullable: true beside another type");
    } else if (!TYPES.contains(name)) {
      findings.error(
          "unknown-value",
          value.location(),
          "\"" + name + "\" is not a type",
          findings
              .nearest(name, TYPES)
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("use one of " + String.join(", ", TYPES)));
    }
  }

  private void schema(LocatedNode value, URI base) {
    boolean flagOf30 =
        session.version(value) == Version.V3_0
            && value.key().equals("additionalProperties")
            && value.node().isBoolean();
    if (!flagOf30) {
      scan(value, base);
    }
  }

  private void schemas(LocatedNode value, URI base) {
    if (!expect(value.node().isArray(), value, "a list")) {
      return;
    }
    if (value.node().isEmpty()) {
      empty(value, "schema");
    }
    value.items().forEach(item -> scan(item, base));
  }

  private void schemasByName(LocatedNode value, Keyword.Rule rule, URI base) {
    if (!expect(value.node().isObject(), value, "an object")) {
      return;
    }
    for (LocatedNode member : value.members()) {
      if (rule == Keyword.Rule.SCHEMAS_BY_PATTERN) {
        objects.pattern(member.key(), member.nameLocation());
      }
      scan(member, base);
    }
  }

  private void discriminator(LocatedNode schema, LocatedNode value, URI base) {
    objects.fields(value, Kind.DISCRIMINATOR);
    List<LocatedNode> texts = new ArrayList<>(Nodes.members(value, "mapping"));
    LocatedNode fallback = value.member("defaultMapping");
    if (fallback != null) {
      texts.add(fallback);
    }
    for (LocatedNode text : texts) {
      if (text.node().isString()) {
        pending.add(new Pending(schema, text, "mapping", base));
      }
    }
  }
}
