package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which schemas look different in requests and in responses: those that lead to a property
 * that is {@code readOnly} or {@code writeOnly}.
 */
final class Views {
  private final References references;
  private final Map<Site, List<Site>> users = new HashMap<>();
  private final Set<Site> walked = new HashSet<>();
  private final Set<Site> differing = new HashSet<>();

  Views(References references) {
    this.references = references;
  }

  /** {@return the view to generate a group for: plain when both sides are alike} */
  View of(Group group, View view) {
    boolean differs = false;
    for (Layer layer : group.layers()) {
      walk(layer.site());
      differs |= differing.contains(layer.site());
    }
    return differs ? view : View.PLAIN;
  }

  private void walk(Site start) {
    if (walked.contains(start)) {
      return;
    }
    List<Site> marked = new ArrayList<>();
    Deque<Site> pending = new ArrayDeque<>(List.of(start));
    walked.add(start);
    while (!pending.isEmpty()) {
      Site site = pending.pop();
      if (site.flag("readOnly") || site.flag("writeOnly")) {
        marked.add(site);
      }
      for (Site used : used(site)) {
        users.computeIfAbsent(used, any -> new ArrayList<>()).add(site);
        if (walked.add(used)) {
          pending.push(used);
        } else if (differing.contains(used)) {
          marked.add(site);
        }
      }
    }
    spread(marked);
  }

  /** Marks all that lead to a marked schema. */
  private void spread(List<Site> marked) {
    Deque<Site> pending = new ArrayDeque<>(marked);
    while (!pending.isEmpty()) {
      Site site = pending.pop();
      if (differing.add(site)) {
        pending.addAll(users.getOrDefault(site, List.of()));
      }
    }
  }

  private List<Site> used(Site site) {
    List<Site> used = new ArrayList<>();
    if (!site.node.isObject()) {
      return used;
    }
    used.addAll(site.map("properties").values());
    for (String keyword : List.of("allOf", "oneOf", "anyOf")) {
      used.addAll(site.list(keyword));
    }
    for (String keyword : List.of("items", "additionalProperties", "unevaluatedProperties")) {
      if (site.node.path(keyword).isObject()) {
        used.add(site.child(keyword));
      }
    }
    if (site.node.path("$ref").isString()) {
      references.target(site, "$ref").ifPresent(used::add);
    }
    return used;
  }
}
