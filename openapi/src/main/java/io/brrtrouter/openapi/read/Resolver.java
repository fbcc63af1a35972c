package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.Reference;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.openapi.source.Pointers;
import io.brrtrouter.schema.SourceLocation;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds what references point to, by address and never by copy; remembers every reference. */
final class Resolver {
  /** How many references may lead to one another; every one of a chain walks it to its end. */
  static final int MAX_CHAIN = 32;

  private final Documents documents;
  private final Findings findings;
  private final List<Reference> references = new ArrayList<>();

  /** Targets by the object that holds the reference; null values are references that failed. */
  private final IdentityHashMap<JsonNode, @Nullable LocatedNode> targets = new IdentityHashMap<>();

  /** References by another address than the file's own, as they would be written with that. */
  private final IdentityHashMap<JsonNode, Map<String, String>> readdressed =
      new IdentityHashMap<>();

  private final Map<URI, LocatedNode> identified = new HashMap<>();
  private final Map<URI, Map<String, LocatedNode>> anchors = new HashMap<>();

  Resolver(Documents documents, Findings findings) {
    this.documents = documents;
    this.findings = findings;
  }

  /** {@return every reference that has a target} */
  List<Reference> references() {
    return references;
  }

  /** Notes a schema with {@code $id} (JSON Schema core section 8.2.1). */
  void identify(URI uri, LocatedNode schema) {
    LocatedNode other = identified.putIfAbsent(uri, schema);
    if (other != null && !Nodes.same(other.node(), schema.node())) {
      LocatedNode id = schema.member("$id");
      findings.error(
          "duplicate-id",
          id == null ? schema.location() : id.location(),
          "the schema at " + other.location() + " has the same $id",
          "give each schema its own $id");
    }
  }

  /** {@return whether a schema scanned so far has this {@code $id}} */
  boolean isIdentified(URI uri) {
    return identified.containsKey(uri);
  }

  /** Notes {@code $anchor} or {@code $dynamicAnchor} (section 8.2.2). */
  void anchor(URI base, String name, LocatedNode schema, LocatedNode at) {
    LocatedNode other =
        anchors.computeIfAbsent(base, uri -> new HashMap<>()).putIfAbsent(name, schema);
    if (other != null && !Nodes.same(other.node(), schema.node())) {
      findings.error(
          "duplicate-anchor",
          at.location(),
          "the schema at " + other.location() + " has the same anchor \"" + name + "\"",
          "give each schema its own anchor");
    }
  }

  /**
   * Resolves the {@code $ref} of a Reference or Path Item Object, once.
   *
   * @param holder the object with {@code $ref}
   * @param kind what should stand there
   * @return the target, which may hold a {@code $ref} itself; null after a finding
   */
  @Nullable LocatedNode target(LocatedNode holder, Kind kind) {
    if (targets.containsKey(holder.node())) {
      return targets.get(holder.node());
    }
    LocatedNode text = holder.member("$ref");
    LocatedNode target = null;
    if (text != null && text.node().isString()) {
      target = resolve(text, documents.of(holder.document()).base(), kind);
    }
    targets.put(holder.node(), target);
    return target;
  }

  /**
   * Resolves a reference.
   *
   * @param text the URI reference
   * @param base the base URI at its place
   * @param kind what should stand there
   * @return the target, or null after a finding
   */
  @Nullable LocatedNode resolve(LocatedNode text, URI base, Kind kind) {
    LocatedNode target = find(text, base);
    if (target == null || !fits(text, target, kind)) {
      return null;
    }
    remember(text, kind, target);
    return target;
  }

  void remember(LocatedNode text, Kind kind, LocatedNode target) {
    references.add(new Reference(String.valueOf(kind.section()), text, target));
  }

  private @Nullable LocatedNode find(LocatedNode text, URI base) {
    String reference = text.node().stringValue();
    SourceLocation at = text.location();
    URI uri = Uris.resolve(base, Uris.withoutFragment(reference));
    String fragment = Uris.decode(Uris.fragment(reference));
    if (fragment == null && Uris.parse(reference) != null) {
      findings.error(
          "reference-malformed",
          at,
          "\"" + reference + "\" has escapes in its fragment that are not UTF-8",
          "percent-encode the UTF-8 octets of the name");
      return null;
    }
    if (uri == null || fragment == null || Uris.parse(reference) == null) {
      findings.error(
          "reference-malformed",
          at,
          "\"" + reference + "\" is not a URI reference",
          "write \"" + Uris.encode(reference) + "\"");
      return null;
    }
    LocatedNode schema = identified.get(uri);
    if (schema != null) {
      return inside(schema, uri, fragment, reference, at);
    }
    Documents.Source source = documents.open(uri, documents.of(text.document()), text);
    if (source == null) {
      return null;
    }
    if (!uri.equals(source.base())) {
      readdress(text, source.base() + "#" + Uris.fragment(reference));
    }
    return inside(source.located().located(), source.base(), fragment, reference, at);
  }

  private void readdress(LocatedNode text, String reference) {
    LocatedNode holder = text.parent();
    if (holder != null) {
      readdressed.computeIfAbsent(holder.node(), any -> new HashMap<>()).put(text.key(), reference);
    }
  }

  /** {@return references to write differently, by the object that holds them and the member} */
  IdentityHashMap<JsonNode, Map<String, String>> readdressed() {
    return readdressed;
  }

  private @Nullable LocatedNode inside(
      LocatedNode root, URI uri, String fragment, String reference, SourceLocation at) {
    if (fragment.isEmpty()) {
      return root;
    }
    if (!fragment.startsWith("/")) {
      LocatedNode anchored = anchors.getOrDefault(uri, Map.of()).get(fragment);
      if (anchored == null) {
        findings.error(
            "reference-unresolved",
            at,
            "\"" + reference + "\" names no $anchor of " + root.document().name(),
            "define the anchor, or use a JSON Pointer that begins with /");
      }
      return anchored;
    }
    LocatedNode node = root;
    for (String token : Pointers.tokens(fragment)) {
      LocatedNode child = node.child(token);
      if (child == null) {
        unresolved(reference, node, token, at);
        return null;
      }
      node = child;
    }
    return node;
  }

  private void unresolved(String reference, LocatedNode node, String token, SourceLocation at) {
    String where = node.pointer().isEmpty() ? "the root" : "\"" + node.pointer() + "\"";
    findings.error(
        "reference-unresolved",
        at,
        "\"" + reference + "\" points nowhere: " + where + " has no \"" + token + "\"",
        findings
            .nearest(token, node.node().propertyNames())
            .map(name -> "did you mean \"" + name + "\"?")
            .orElse("define it, or correct the reference"));
  }

  /** Refuses a reference to a component of another kind, unless both are schemas of some sort. */
  private boolean fits(LocatedNode text, LocatedNode target, Kind kind) {
    List<String> path = Pointers.tokens(target.pointer());
    boolean component = path.size() == 3 && path.get(0).equals("components");
    if (!component || path.get(1).equals(kind.section()) || path.get(1).startsWith("x-")) {
      return true;
    }
    findings.error(
        "reference-kind",
        text.location(),
        kind.aTitle() + " should stand here, but \"" + target.pointer() + "\" is none",
        "refer to something below /components/" + kind.section());
    return false;
  }

  /**
   * Follows Reference Objects to the object they stand for.
   *
   * @param node an object or a Reference Object
   * @param kind what it should be
   * @return the object; null when a reference has no target or the chain is a cycle
   */
  @Nullable LocatedNode follow(LocatedNode node, Kind kind) {
    LocatedNode current = node;
    for (int steps = 0; current != null && isReference(current, kind); steps++) {
      if (steps > MAX_CHAIN) {
        return null;
      }
      current = target(current, kind);
    }
    return current;
  }

  boolean isReference(LocatedNode node, Kind kind) {
    LocatedDocument document = node.document();
    return node.node().has("$ref") && kind.replaceable(documents.of(document).version());
  }
}
