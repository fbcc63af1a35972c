package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Each template expression of a path corresponds to a path parameter and the other way round
 * (OpenAPI 3.1.1 sections 3.5 and 4.8.12.2).
 */
final class PathParameterRules {
  private static final Pattern EXPRESSION = Pattern.compile("\\{([^{}]*)\\}");

  private final Tree tree;
  private final Report report;

  PathParameterRules(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
  }

  void check(List<Site> sites) {
    Map<LocatedNode, List<Site>> byPath = new LinkedHashMap<>();
    for (Site site : sites) {
      if (site.origin() == Site.Origin.PATH && isReadable(site)) {
        byPath.computeIfAbsent(site.entry(), entry -> new ArrayList<>()).add(site);
      }
    }
    byPath.forEach(this::path);
  }

  /** Where parameters stand behind a reference that cannot be there, nobody knows them. */
  private static boolean isReadable(Site site) {
    LocatedNode own = site.node().member("parameters");
    LocatedNode shared = site.item().member("parameters");
    return !site.node().node().has("$ref")
        && (own == null || own.node().isArray())
        && (shared == null || shared.node().isArray());
  }

  private void path(LocatedNode entry, List<Site> operations) {
    Set<String> inTemplate = names(entry.key());
    Map<Site, Set<String>> declared = new LinkedHashMap<>();
    for (Site site : operations) {
      declared.put(site, declared(site, inTemplate));
    }
    for (String name : inTemplate) {
      List<Site> without =
          declared.entrySet().stream()
              .filter(each -> !each.getValue().contains(name))
              .map(Map.Entry::getKey)
              .toList();
      String fix =
          "add {name: "
              + name
              + ", in: path, required: true, schema: {type: string}} to \"parameters\"";
      if (without.size() == operations.size()) {
        report.add(
            Rule.PATH_PARAMETER_UNDECLARED,
            entry.nameLocation(),
            "parameter \"" + name + "\" is in the path template but not declared",
            fix);
        continue;
      }
      for (Site site : without) {
        report.add(
            Rule.PATH_PARAMETER_UNDECLARED,
            site.node().nameLocation(),
            "parameter \""
                + name
                + "\" of "
                + entry.key()
                + " is not declared for "
                + site.method(),
            fix);
      }
    }
  }

  /**
   * {@return the names of the path parameters of an operation; those not in the template are
   * findings}
   */
  private Set<String> declared(Site site, Set<String> inTemplate) {
    Set<String> names = new LinkedHashSet<>();
    for (LocatedNode place : site.parameters()) {
      LocatedNode parameter = tree.resolve(place);
      String name = Report.text(parameter, "name");
      if (!Report.text(parameter, "in").equals("path") || name.isEmpty()) {
        continue;
      }
      names.add(name);
      if (!inTemplate.contains(name)) {
        report.add(
            Rule.PATH_PARAMETER_UNUSED,
            place.location(),
            "path parameter \"" + name + "\" is not in the path " + site.template(),
            report.didYouMean(
                name, inTemplate, "remove it, or write {" + name + "} into the path"));
      }
    }
    return names;
  }

  /** {@return the names of a template's expressions, in order} */
  static Set<String> names(String template) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = EXPRESSION.matcher(template);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
