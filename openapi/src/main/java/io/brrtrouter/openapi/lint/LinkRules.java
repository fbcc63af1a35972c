package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.net.URI;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Links lead to operations of the document (OpenAPI 3.1.1 section 4.8.20). */
@SuppressWarnings("IdentityHashMapUsage")
final class LinkRules {
  private final Tree tree;
  private final Report report;
  private final Map<String, Site> byId = new HashMap<>();
  private final Map<JsonNode, Site> byNode = new IdentityHashMap<>();

  /** What parameters links to an operation may name, by operation: many may lead to one. */
  private final Map<JsonNode, Names> names = new IdentityHashMap<>();

  /** Names of parameters, alone and with their place in front. */
  private record Names(Set<String> plain, Set<String> qualified) {}

  LinkRules(Tree tree, Report report, List<Site> sites) {
    this.tree = tree;
    this.report = report;
    for (Site site : sites) {
      byId.putIfAbsent(Report.text(site.node(), "operationId"), site);
      byNode.putIfAbsent(site.node().node(), site);
    }
  }

  void check(List<LocatedNode> links) {
    for (LocatedNode link : links) {
      Site target = target(link);
      if (target != null) {
        parameters(link, target);
      }
    }
  }

  private @Nullable Site target(LocatedNode link) {
    String id = Report.text(link, "operationId");
    String reference = Report.text(link, "operationRef");
    if (!id.isEmpty()) {
      Site site = byId.get(id);
      if (site == null) {
        unknown(
            link,
            "operationId",
            "no operation has the operationId \"" + id + "\"",
            report.didYouMean(id, byId.keySet(), "give it to the operation that is meant"));
      }
      return site;
    }
    return reference.startsWith("#/") ? byReference(link, reference) : null;
  }

  private @Nullable Site byReference(LocatedNode link, String reference) {
    LocatedNode node = link.document().at(decoded(reference.substring(1)));
    Site site = node == null ? null : byNode.get(node.node());
    if (site != null) {
      return site;
    }
    unknown(
        link,
        "operationRef",
        "\"" + reference + "\" is no operation",
        "write for example \"#/paths/~1pets~1%7BpetId%7D/get\"");
    return null;
  }

  private static String decoded(String fragment) {
    try {
      String path =
          URI.create("#" + fragment.replace("{", "%7B").replace("}", "%7D")).getFragment();
      return path == null ? fragment : path;
    } catch (IllegalArgumentException e) {
      return fragment;
    }
  }

  private void unknown(LocatedNode link, String field, String message, String fix) {
    LocatedNode value = link.member(field);
    report.add(
        Rule.UNKNOWN_OPERATION, value == null ? link.location() : value.location(), message, fix);
  }

  private void parameters(LocatedNode link, Site target) {
    LocatedNode parameters = link.member("parameters");
    if (parameters == null) {
      return;
    }
    Names known = names.computeIfAbsent(target.node().node(), _ -> names(target));
    for (LocatedNode entry : parameters.members()) {
      if (!known.plain().contains(entry.key()) && !known.qualified().contains(entry.key())) {
        report.add(
            Rule.UNKNOWN_LINK_PARAMETER,
            entry.nameLocation(),
            target.name() + " has no parameter \"" + entry.key() + "\"",
            report.didYouMean(entry.key(), known.plain(), "name one of its parameters"));
      }
    }
  }

  private Names names(Site operation) {
    Set<String> plain = new LinkedHashSet<>();
    Set<String> qualified = new LinkedHashSet<>();
    for (LocatedNode place : operation.parameters()) {
      LocatedNode parameter = tree.resolve(place);
      String name = Report.text(parameter, "name");
      plain.add(name);
      qualified.add(Report.text(parameter, "in") + "." + name);
    }
    return new Names(plain, qualified);
  }
}
