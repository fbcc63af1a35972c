package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Rules on the OpenAPI Object and on servers and tags. */
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

  void server(LocatedNode server) {
    session.report.add(Feature.SERVER, server.location());
    LocatedNode url = server.member("url");
    if (url == null || !url.node().isString()) {
      return;
    }
    Set<String> names = Templates.names(url, findings);
    withoutQuery(url);
    resolvable(server, url);
    Set<String> declared = new HashSet<>();
    for (LocatedNode variable : Nodes.members(server, "variables")) {
      declared.add(variable.key());
      if (!names.contains(variable.key())) {
        findings.warning(
            "server-variable-unused",
            variable.nameLocation(),
            "the URL has no {" + variable.key() + "}",
            "use the variable in \"url\", or remove it");
      }
    }
    for (String name : names) {
      if (!declared.contains(name)) {
        findings.error(
            "server-variable-undefined",
            url.location(),
            "{" + name + "} of the URL is not defined",
            "add it under \"variables\" with a \"default\"");
      }
    }
  }

  /** The URL with the defaults of its variables must be one (OpenAPI 3.1.1 section 4.8.5.1). */
  private void resolvable(LocatedNode server, LocatedNode url) {
    String resolved = url.node().stringValue();
    for (LocatedNode variable : Nodes.members(server, "variables")) {
      String value = variable.node().path("default").asString("x");
      resolved = resolved.replace("{" + variable.key() + "}", value);
    }
    if (resolved.indexOf('{') < 0 && Uris.parse(resolved) == null) {
      findings.error(
          "malformed-server-url",
          url.location(),
          "\"" + resolved + "\" is not a URL",
          "percent-encode what a URL cannot contain");
    }
  }

  private void withoutQuery(LocatedNode url) {
    String text = url.node().stringValue();
    boolean extra = text.indexOf('?') >= 0 || text.indexOf('#') >= 0;
    if (extra && session.version(url).atLeast(Version.V3_2)) {
      findings.error(
          "malformed-server-url",
          url.location(),
          "the URL of the server has a query or a fragment",
          "end it with the path");
    }
  }

  void variable(LocatedNode variable) {
    session.report.add(Feature.SERVER_VARIABLE, variable.nameLocation());
    LocatedNode enumeration = variable.member("enum");
    if (enumeration == null || !enumeration.node().isArray()) {
      return;
    }
    boolean must = session.version(variable).atLeast(Version.V3_1);
    if (enumeration.node().isEmpty()) {
      soft(
          must,
          "empty-list",
          enumeration,
          "\"enum\" has no entries",
          "add the allowed values, or remove \"enum\" to allow any");
      return;
    }
    LocatedNode fallback = variable.member("default");
    if (fallback != null
        && fallback.node().isString()
        && !Nodes.texts(variable, "enum").contains(fallback.node().stringValue())) {
      soft(
          must,
          "server-variable-default",
          fallback,
          "the default \"" + fallback.node().stringValue() + "\" is not in \"enum\"",
          "add it to \"enum\", or choose one of "
              + String.join(", ", Nodes.texts(variable, "enum")));
    }
  }

  /** What 3.0 only recommends is a warning there. */
  private void soft(boolean must, String rule, LocatedNode at, String message, String fix) {
    if (must) {
      findings.error(rule, at.location(), message, fix);
    } else {
      findings.warning(rule, at.location(), message, fix);
    }
  }
}
