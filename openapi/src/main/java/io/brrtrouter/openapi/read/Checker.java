package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.read.Documents.Source;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Walks documents along {@link Grammar}: checks every field, follows every reference, hands schemas
 * to {@link SchemaScan}. Each object is checked once however many references point to it.
 */
final class Checker {
  private final Session session;
  private final Findings findings;
  private final FieldCheck fields;
  private final Rules rules;
  private final SchemaScan schemas;
  private final Map<Kind, Set<JsonNode>> checked = new EnumMap<>(Kind.class);
  private final Deque<Work> queue = new ArrayDeque<>();
  private final Set<LocatedDocument> complete = new HashSet<>();

  /** An object still to be checked; targets of references wait here, so chains need no stack. */
  private record Work(LocatedNode node, Kind kind) {}

  Checker(Session session, SchemaScan schemas) {
    this.session = session;
    this.findings = session.findings;
    this.schemas = schemas;
    this.fields = new FieldCheck(session, this::check);
    this.rules = new Rules(session);
  }

  /** Checks a whole document and everything it refers to. */
  void check(LocatedDocument document) {
    complete.add(document);
    queue.add(new Work(document.located(), Kind.OPENAPI));
    do {
      do {
        while (!queue.isEmpty()) {
          Work work = queue.remove();
          check(work.node(), work.kind());
        }
        schemas.resolveReferences();
        enqueueCompleteDocuments();
      } while (!queue.isEmpty());
    } while (schemas.resolveAnchors());
    schemas.finish();
  }

  /** Files that are OpenAPI documents themselves are checked as a whole. */
  private void enqueueCompleteDocuments() {
    for (Source source : List.copyOf(session.documents.sources())) {
      LocatedDocument document = source.located();
      if (document.root().has("openapi") && complete.add(document)) {
        queue.add(new Work(document.located(), Kind.OPENAPI));
      }
    }
  }

  private void check(LocatedNode node, Kind kind) {
    if (kind == Kind.SCHEMA) {
      schemas.root(node);
    } else if (!node.node().isObject()) {
      Types.wrong(node, "an object", findings);
    } else if (!isChecked(node, kind)) {
      if (session.resolver.isReference(node, kind)) {
        reference(node, kind);
      } else {
        object(node, kind);
      }
    }
  }

  private boolean isChecked(LocatedNode node, Kind kind) {
    return !checked
        .computeIfAbsent(kind, any -> Collections.newSetFromMap(new IdentityHashMap<>()))
        .add(node.node());
  }

  private void object(LocatedNode node, Kind kind) {
    fields.check(node, kind);
    rules.check(node, kind);
    if (kind == Kind.PATH_ITEM) {
      pathItemReference(node);
    } else if (kind == Kind.OPERATION) {
      LocatedNode socket = Nodes.object(node, WebSocketExtension.FIELD);
      if (socket != null) {
        check(socket, Kind.WEB_SOCKET);
      }
    }
  }

  private void reference(LocatedNode holder, Kind kind) {
    LocatedNode text = Nodes.required(holder, "$ref");
    if (!text.node().isString()) {
      Types.wrong(text, "text", findings);
      return;
    }
    siblings(holder);
    LocatedNode target = session.resolver.target(holder, kind);
    if (target == null) {
      return;
    }
    if (target.document() != holder.document()) {
      session.report.add(Feature.REFERENCE_EXTERNAL, text.location());
    }
    if (session.resolver.follow(holder, kind) == null && target.node().has("$ref")) {
      cycle(holder, kind, text);
    }
    queue.add(new Work(target, kind));
  }

  /** A path item may add to the one it refers to (OpenAPI 3.1.1 section 4.8.9.1). */
  private void pathItemReference(LocatedNode item) {
    LocatedNode text = item.member("$ref");
    if (text == null || !text.node().isString()) {
      return;
    }
    session.report.add(Feature.PATH_ITEM_REFERENCE, text.location());
    LocatedNode target = session.resolver.target(item, Kind.PATH_ITEM);
    if (target == null) {
      return;
    }
    if (target.document() != item.document()) {
      session.report.add(Feature.REFERENCE_EXTERNAL, text.location());
    }
    queue.add(new Work(target, Kind.PATH_ITEM));
    Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(item.node());
    while (target != null && seen.size() < Resolver.MAX_CHAIN && seen.add(target.node())) {
      conflicts(item, target);
      target = target.node().has("$ref") ? session.resolver.target(target, Kind.PATH_ITEM) : null;
    }
    if (target != null) {
      endless(text, seen.size(), "a Path Item Object without $ref");
    }
  }

  private void endless(LocatedNode text, int steps, String goal) {
    findings.error(
        "reference-cycle",
        text.location(),
        steps < Resolver.MAX_CHAIN
            ? "the reference leads back to itself"
            : "the reference leads through more than " + Resolver.MAX_CHAIN + " others",
        "let one of the references on the way lead to " + goal);
  }

  private void conflicts(LocatedNode item, LocatedNode target) {
    for (LocatedNode member : item.members()) {
      boolean may =
          switch (member.key()) {
            case "$ref", "summary", "description" -> true;
            default -> member.key().startsWith("x-");
          };
      LocatedNode other = target.member(member.key());
      if (!may && other != null) {
        findings.error(
            "path-item-conflict",
            member.nameLocation(),
            "\""
                + member.key()
                + "\" is also defined where $ref points to, at "
                + other.nameLocation(),
            "keep one of the two");
      }
    }
  }

  /** Reports a chain of references that leads back to itself. */
  private void cycle(LocatedNode holder, Kind kind, LocatedNode text) {
    Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    LocatedNode current = holder;
    while (current != null && session.resolver.isReference(current, kind)) {
      if (seen.size() == Resolver.MAX_CHAIN || !seen.add(current.node())) {
        endless(text, seen.size(), kind.aTitle());
        return;
      }
      current = session.resolver.target(current, kind);
    }
  }

  private void siblings(LocatedNode holder) {
    boolean overrides = session.version(holder).atLeast(Version.V3_1);
    for (LocatedNode member : holder.members()) {
      boolean allowed =
          switch (member.key()) {
            case "$ref" -> true;
            case "summary", "description" -> overrides;
            default -> false;
          };
      if (!allowed) {
        findings.warning(
            "reference-sibling",
            member.nameLocation(),
            "\"" + member.key() + "\" beside $ref is ignored",
            overrides
                ? "only summary and description may stand beside $ref"
                : "remove it, or set it where the reference points to");
      } else if (member.key().length() > 4 && !member.node().isString()) {
        Types.wrong(member, "text", findings);
      }
    }
  }
}
