package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Links lead to operations of the document (OpenAPI 3.1.1 section 4.8.20). */
final class LinkRules {
  private final Tree tree;
  private final Report report;
  private final Map<String, Site> byId = new HashMap<>();
  private final List<Site> sites;

  LinkRules(Tree tree, Report report, List<Site> sites) {
    this.tree = tree;
    this.report = report;
    this.sites = sites;
    sites.forEach(site -> byId.putIfAbsent(Report.text(site.node(), "operationId"), site));
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
    for (Site site : sites) {
      if (node != null && Tree.isSame(site.node(), node)) {
        return site;
      }
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
    List<String> names = new ArrayList<>();
    List<String> qualified = new ArrayList<>();
    for (LocatedNode place : target.parameters()) {
      LocatedNode parameter = tree.resolve(place);
      String name = Report.text(parameter, "name");
      names.add(name);
      qualified.add(Report.text(parameter, "in") + "." + name);
    }
    for (LocatedNode entry : parameters.members()) {
      if (!names.contains(entry.key()) && !qualified.contains(entry.key())) {
        report.add(
            Rule.UNKNOWN_LINK_PARAMETER,
            entry.nameLocation(),
            target.name() + " has no parameter \"" + entry.key() + "\"",
            report.didYouMean(entry.key(), names, "name one of its parameters"));
      }
    }
  }
}
