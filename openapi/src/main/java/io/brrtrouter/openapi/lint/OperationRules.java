package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules on operations: names, tags, responses. */
final class OperationRules {
  private static final String SNAKE_CASE = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

  private final Tree tree;
  private final Report report;

  OperationRules(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
  }

  void check(List<Site> sites) {
    Map<String, Site> named = new LinkedHashMap<>();
    Set<String> declared = declaredTags();
    for (Site site : sites) {
      operationId(site, named);
      tags(site, declared);
      responses(site);
    }
    casing(
        named.values().stream()
            .map(site -> site.node().member("operationId"))
            .filter(Objects::nonNull)
            .toList());
  }

  private void operationId(Site site, Map<String, Site> named) {
    LocatedNode id = site.node().member("operationId");
    if (id == null) {
      if (site.origin() == Site.Origin.PATH && !site.node().node().has("$ref")) {
        report.add(
            Rule.MISSING_OPERATION_ID,
            site.node().nameLocation(),
            site.name() + " has no operationId",
            "add one, for example operationId: " + snakeCase(site.name()));
      }
      return;
    }
    String name = Report.text(site.node(), "operationId");
    if (name.isEmpty()) {
      return;
    }
    Site first = named.putIfAbsent(name, site);
    if (first != null && !Tree.isSame(first.node(), site.node())) {
      report.add(
          Rule.DUPLICATE_OPERATION_ID,
          id.location(),
          "operationId \""
              + name
              + "\" is already the one of "
              + first.name()
              + " "
              + Report.elsewhere(first.node().nameLocation(), id.location()),
          "give each operation its own");
    }
  }

  /**
   * One finding when the whole document has another style, else one for each that stands out. A
   * single word is in every style.
   */
  private void casing(List<LocatedNode> ids) {
    List<LocatedNode> others =
        ids.stream().filter(id -> !id.node().stringValue().matches(SNAKE_CASE)).toList();
    boolean mixed =
        ids.stream().map(id -> id.node().stringValue()).anyMatch(OperationRules::isSnakeCase);
    boolean all = !mixed && others.size() > 1;
    for (LocatedNode id : all ? others.subList(0, 1) : others) {
      String name = id.node().stringValue();
      report.add(
          Rule.OPERATION_ID_CASING,
          id.location(),
          all
              ? "no operationId is in snake_case: \""
                  + name
                  + "\" and "
                  + (others.size() - 1)
                  + " more"
              : "operationId \"" + name + "\" is not in snake_case",
          "write \"" + snakeCase(name) + "\"" + (all ? " and so on" : ""));
    }
  }

  private static boolean isSnakeCase(String name) {
    return name.indexOf('_') > 0 && name.matches(SNAKE_CASE);
  }

  /** {@return the words of a text in lower case with underscores between them} */
  private static String snakeCase(String text) {
    String words =
        text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .replaceAll("^_+|_+$", "")
            .toLowerCase(Locale.ROOT);
    return words.isEmpty() || Character.isDigit(words.charAt(0)) ? "op_" + words : words;
  }

  private Set<String> declaredTags() {
    Set<String> declared = new LinkedHashSet<>();
    for (LocatedNode tag : Tree.items(tree.root(), "tags")) {
      declared.add(Report.text(tag, "name"));
    }
    return declared;
  }

  private void tags(Site site, Set<String> declared) {
    LocatedNode tags = site.node().member("tags");
    if (declared.isEmpty() || tags == null) {
      return;
    }
    for (LocatedNode tag : tags.items()) {
      String name = tag.node().asString("");
      if (!declared.contains(name)) {
        report.add(
            Rule.UNDECLARED_TAG,
            tag.location(),
            "tag \"" + name + "\" is not declared under \"tags\" of the document",
            report.didYouMean(name, declared, "declare it"));
      }
    }
  }

  private void responses(Site site) {
    LocatedNode responses = site.node().member("responses");
    if (responses == null || responses.node().isEmpty() || responses.node().has("$ref")) {
      return;
    }
    boolean success =
        responses.members().stream()
            .anyMatch(each -> each.key().matches("[123]..") || each.key().equals("default"));
    if (!success) {
      report.add(
          Rule.MISSING_SUCCESS_RESPONSE,
          responses.nameLocation(),
          site.name() + " describes only what goes wrong: " + codes(responses),
          "add the response of a successful call");
    }
  }

  private static String codes(LocatedNode responses) {
    return responses.members().stream()
        .map(LocatedNode::key)
        .filter(key -> !key.startsWith("x-"))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }
}
