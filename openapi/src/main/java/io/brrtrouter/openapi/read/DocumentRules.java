package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Rules on the OpenAPI Object and on tags. */
final class DocumentRules {
  private final Session session;
  private final Findings findings;

  DocumentRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  void document(LocatedNode root) {
    JsonNode node = root.node();
    boolean contents = node.has("paths") || node.has("components") || node.has("webhooks");
    if (session.version(root).atLeast(Version.V3_1) && !contents) {
      findings.error(
          "missing-field",
          root.location(),
          "the document has neither \"paths\" nor \"components\" nor \"webhooks\"",
          "add at least one of them");
    }
    for (LocatedNode webhook : Nodes.members(root, "webhooks")) {
      session.report.add(Feature.WEBHOOK, webhook.nameLocation());
    }
    self(root);
    LocatedNode dialect = root.member("jsonSchemaDialect");
    if (dialect != null && Dialects.of(session.documents.of(root.document())).isPresent()) {
      session.dialects.use(dialect);
    }
    tags(root);
  }

  private void self(LocatedNode root) {
    LocatedNode self = root.member("$self");
    if (self == null || !self.node().isString()) {
      return;
    }
    session.report.add(Feature.SELF, self.nameLocation());
    if (self.node().stringValue().indexOf('#') >= 0) {
      findings.error(
          "malformed-uri",
          self.location(),
          "\"$self\" has a fragment",
          "write the URI of the whole document, without #");
    }
  }

  private void tags(LocatedNode root) {
    Map<String, LocatedNode> tags = new LinkedHashMap<>();
    for (LocatedNode tag : Nodes.items(root, "tags")) {
      session.report.add(Feature.TAG, tag.location());
      String name = Nodes.text(tag, "name");
      LocatedNode first = name == null ? null : tags.putIfAbsent(name, tag);
      if (first != null) {
        findings.error(
            "duplicate-tag",
            Nodes.required(tag, "name").location(),
            "tag \"" + name + "\" is already declared in line " + first.location().line(),
            "keep one of the two");
      }
    }
    if (session.version(root).atLeast(Version.V3_2)) {
      tags.values().forEach(tag -> parent(tag, tags));
      circles(tags);
    }
  }

  private void parent(LocatedNode tag, Map<String, LocatedNode> tags) {
    LocatedNode parent = tag.member("parent");
    if (parent == null || !parent.node().isString()) {
      return;
    }
    String name = parent.node().stringValue();
    if (!tags.containsKey(name)) {
      findings.error(
          "unknown-tag",
          parent.location(),
          "the parent tag \"" + name + "\" is not declared",
          findings
              .nearest(name, tags.keySet())
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("add it to \"tags\""));
    }
  }

  /** Follows each tag up once; a walk that meets itself is a circle. */
  private void circles(Map<String, LocatedNode> tags) {
    Map<String, String> walks = new HashMap<>();
    for (String start : tags.keySet()) {
      String name = start;
      while (name != null && tags.containsKey(name) && walks.putIfAbsent(name, start) == null) {
        name = Nodes.text(tags.get(name), "parent");
      }
      LocatedNode tag = name == null ? null : tags.get(name);
      if (tag != null && start.equals(walks.get(name)) && Nodes.has(tag, "parent")) {
        findings.error(
            "tag-cycle",
            Nodes.required(tag, "parent").location(),
            "tag \"" + name + "\" is its own ancestor",
            "let one tag of the circle have no parent");
      }
    }
  }

  void license(LocatedNode license) {
    Exclusive.check(license, findings, "identifier", "url");
  }
}
