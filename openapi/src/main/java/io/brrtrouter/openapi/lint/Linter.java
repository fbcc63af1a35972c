package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.source.DocumentReader;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.SourceLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Adds to the findings of reading a document those that need the whole of it: violations of the
 * specification between places far apart as errors, and what is allowed but likely to hurt as
 * warnings. {@code docs/lint.md} lists all rules.
 */
public final class Linter {
  private Linter() {}

  /**
   * Looks at a document as far as it could be read.
   *
   * @param loaded what reading it gave
   * @return its findings and those of lint, ordered by file, line and column
   */
  public static List<Finding> lint(Loaded loaded) {
    Report report = new Report();
    loaded.documents().stream()
        .findFirst()
        .map(LocatedDocument::located)
        .filter(root -> root.node().isObject())
        .ifPresent(root -> check(new Tree(root, loaded.references()), loaded, report));
    List<Finding> findings = new ArrayList<>(loaded.findings());
    Set<SourceLocation> hidden =
        loaded.findings().stream()
            .filter(DocumentReader::hidesValue)
            .map(Finding::location)
            .collect(Collectors.toSet());
    report.findings().stream()
        .filter(finding -> !hidden.contains(finding.location()))
        .forEach(findings::add);
    return ordered(findings, loaded);
  }

  /**
   * {@return findings in the order people read them: by file in the order they were opened, line
   * and column; of those at one place errors first, then by rule and text; each once}
   *
   * @param findings what was found
   * @param loaded the document it was found in
   */
  public static List<Finding> ordered(List<Finding> findings, Loaded loaded) {
    return findings.stream().distinct().sorted(order(loaded)).toList();
  }

  /** {@return the ids of all rules that linting and serving a document report} */
  public static Set<String> rules() {
    return RuleText.all().keySet();
  }

  private static void check(Tree tree, Loaded loaded, Report report) {
    Walk walk = Walk.over(tree);
    new PathRules(report).check(tree.root());
    new PathParameterRules(tree, report).check(walk.sites);
    new OperationRules(tree, report).check(walk.sites);
    new QueryEnumRule(tree, report).check(walk.sites);
    new SecurityRules(tree, report).check(walk.sites);
    new SchemeRules(tree, report).check();
    new LinkRules(tree, report, walk.sites).check(walk.links);
    new ComponentRules(tree, report).check(walk.sites);
    ExampleRules examples = new ExampleRules(tree, report, loaded.resources());
    walk.contents.forEach(examples::check);
    MessageRules messages = new MessageRules(tree, report);
    walk.sites.forEach(messages::check);
    walk.contents.forEach(messages::check);
    EventRules events = new EventRules(tree, report);
    walk.contents.forEach(events::check);
    schemas(tree, walk, examples, report);
    ExtensionRules extensions = new ExtensionRules(report, walk);
    loaded.documents().forEach(extensions::check);
  }

  private static void schemas(Tree tree, Walk walk, ExampleRules examples, Report report) {
    SchemaRules rules = new SchemaRules(report, files(tree, walk));
    CompositionRules composition = new CompositionRules(tree, report);
    for (LocatedNode root : walk.schemas()) {
      for (SchemaNode schema : new SchemaNode(root, SchemaNode.Role.DEFINITION).all()) {
        rules.check(schema);
        composition.check(schema.node());
        examples.check(schema.node());
      }
    }
  }

  /** {@return the parts of multipart bodies: without a type they are octets, section 4.15.4.2} */
  private static Set<JsonNode> files(Tree tree, Walk walk) {
    Set<JsonNode> files = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Walk.Content content : walk.contents) {
      LocatedNode schema = content.node().member("schema");
      if (schema != null && content.mediaType().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
        Tree.entries(tree.resolve(schema), "properties")
            .forEach(property -> files.add(property.node()));
      }
    }
    return files;
  }

  private static Comparator<Finding> order(Loaded loaded) {
    List<String> files = loaded.files().stream().map(Path::toString).toList();
    return Comparator.<Finding>comparingInt(
            finding -> {
              int index = files.indexOf(finding.location().file());
              return index < 0 ? files.size() : index;
            })
        .thenComparing(finding -> finding.location().file())
        .thenComparingInt(finding -> finding.location().line())
        .thenComparingInt(finding -> finding.location().column())
        .thenComparing(Finding::severity)
        .thenComparing(Finding::rule)
        .thenComparing(Finding::message);
  }
}
