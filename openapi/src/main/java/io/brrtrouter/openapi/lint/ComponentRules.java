package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Reference;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Components that nothing leads to. */
@SuppressWarnings("IdentityHashMapUsage")
final class ComponentRules {
  private static final Map<String, String> NOUNS =
      Map.ofEntries(
          Map.entry("schemas", "schema"),
          Map.entry("responses", "response"),
          Map.entry("parameters", "parameter"),
          Map.entry("examples", "example"),
          Map.entry("requestBodies", "request body"),
          Map.entry("headers", "header"),
          Map.entry("securitySchemes", "security scheme"),
          Map.entry("links", "link"),
          Map.entry("callbacks", "callback"),
          Map.entry("pathItems", "path item"),
          Map.entry("mediaTypes", "media type"));

  private final Tree tree;
  private final Report report;
  private final Map<JsonNode, List<LocatedNode>> uses = new IdentityHashMap<>();
  private final List<LocatedNode> entrances = new ArrayList<>();

  ComponentRules(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
  }

  void check(List<Site> sites) {
    LocatedNode components = tree.root().member("components");
    if (components == null || sites.isEmpty()) {
      // A document of components only is there for other documents.
      return;
    }
    tree.references().forEach(this::use);
    securitySchemes(components, sites);
    Set<JsonNode> reached = reached();
    for (LocatedNode section : components.members()) {
      String noun = NOUNS.get(section.key());
      if (noun == null) {
        continue;
      }
      for (LocatedNode component : section.members()) {
        if (!reached.contains(component.node()) && !component.key().equals("$ref")) {
          report.add(
              Rule.UNUSED_COMPONENT,
              component.nameLocation(),
              noun + " \"" + component.key() + "\" is not used",
              "refer to it or remove it");
        }
      }
    }
  }

  private void use(Reference reference) {
    LocatedNode used = component(reference.target());
    LocatedNode user = component(reference.from());
    if (user == null) {
      entrances.add(used == null ? reference.target() : used);
    } else if (used != null) {
      uses.computeIfAbsent(user.node(), node -> new ArrayList<>()).add(used);
      if (extendsChoice(reference)) {
        // The base's discriminator names its extensions without referring to them.
        uses.computeIfAbsent(used.node(), node -> new ArrayList<>()).add(user);
      }
    }
  }

  private static boolean extendsChoice(Reference reference) {
    LocatedNode item = reference.from().parent();
    LocatedNode list = item == null ? null : item.parent();
    return list != null
        && list.key().equals("allOf")
        && reference.target().member("discriminator") != null;
  }

  private void securitySchemes(LocatedNode components, List<Site> sites) {
    Set<String> named = new HashSet<>();
    Tree.items(tree.root(), "security")
        .forEach(requirement -> requirement.members().forEach(each -> named.add(each.key())));
    for (Site site : sites) {
      Tree.items(site.node(), "security")
          .forEach(requirement -> requirement.members().forEach(each -> named.add(each.key())));
    }
    Tree.entries(components, "securitySchemes").stream()
        .filter(scheme -> named.contains(scheme.key()))
        .forEach(entrances::add);
  }

  /** {@return the component of the document that a place is in, if it is in one} */
  private @Nullable LocatedNode component(LocatedNode place) {
    LocatedNode component = null;
    LocatedNode section = null;
    LocatedNode holder = null;
    for (LocatedNode node = place; node != null; node = node.parent()) {
      if (node.parent() == null) {
        boolean ours = node.document().equals(tree.root().document());
        return ours && holder != null && holder.key().equals("components") ? component : null;
      }
      component = section;
      section = holder;
      holder = node;
    }
    return null;
  }

  private Set<JsonNode> reached() {
    Set<JsonNode> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<LocatedNode> open = new ArrayDeque<>(entrances);
    while (!open.isEmpty()) {
      LocatedNode next = open.pop();
      if (reached.add(next.node())) {
        open.addAll(uses.getOrDefault(next.node(), List.of()));
      }
    }
    return reached;
  }
}
