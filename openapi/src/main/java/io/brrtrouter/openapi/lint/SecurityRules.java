package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Security requirements name security schemes (OpenAPI 3.1.1 section 4.8.30). */
final class SecurityRules {
  private final Tree tree;
  private final Report report;
  private final Map<String, LocatedNode> schemes = new LinkedHashMap<>();

  /** By name of the scheme. */
  private final Map<String, Set<String>> declaredScopes = new HashMap<>();

  SecurityRules(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
    LocatedNode components = tree.root().member("components");
    if (components != null) {
      Tree.entries(components, "securitySchemes").forEach(each -> schemes.put(each.key(), each));
    }
  }

  void check(List<Site> sites) {
    requirements(tree.root());
    sites.forEach(site -> requirements(site.node()));
  }

  private void requirements(LocatedNode object) {
    for (LocatedNode requirement : Tree.items(object, "security")) {
      requirement.members().forEach(this::requirement);
    }
  }

  private void requirement(LocatedNode entry) {
    LocatedNode scheme = schemes.get(entry.key());
    if (scheme != null) {
      scopes(entry, tree.resolve(scheme));
    } else if (!isUri(entry.key())) {
      report.add(
          Rule.UNKNOWN_SECURITY_SCHEME,
          entry.nameLocation(),
          "security scheme \"" + entry.key() + "\" is not defined",
          report.didYouMean(
              entry.key(), schemes.keySet(), "define it under /components/securitySchemes"));
    }
  }

  /** OpenAPI 3.2, Security Requirement Object: a requirement may name a scheme by URI. */
  private boolean isUri(String name) {
    return Report.text(tree.root(), "openapi").startsWith("3.2") && name.matches(".*[/#:].*");
  }

  private void scopes(LocatedNode entry, LocatedNode scheme) {
    LocatedNode flows = scheme.member("flows");
    if (!Report.text(scheme, "type").equals("oauth2") || flows == null) {
      return;
    }
    Set<String> declared = declaredScopes.computeIfAbsent(entry.key(), _ -> scopes(flows));
    for (LocatedNode scope : entry.items()) {
      String name = scope.node().asString("");
      if (!declared.contains(name)) {
        report.add(
            Rule.UNDECLARED_SCOPE,
            scope.location(),
            "no flow of security scheme \"" + entry.key() + "\" has the scope \"" + name + "\"",
            report.didYouMean(name, declared, "add it to the flow's \"scopes\""));
      }
    }
  }

  /** {@return the scopes that any of some flows lists} */
  private static Set<String> scopes(LocatedNode flows) {
    Set<String> declared = new HashSet<>();
    for (LocatedNode flow : flows.members()) {
      LocatedNode scopes = flow.member("scopes");
      if (scopes != null) {
        scopes.members().forEach(scope -> declared.add(scope.key()));
      }
    }
    return declared;
  }
}
