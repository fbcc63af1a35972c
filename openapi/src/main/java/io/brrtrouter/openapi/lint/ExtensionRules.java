package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.List;
import java.util.Set;

/** Extensions of this product are known by name; a misspelt one would silently do nothing. */
final class ExtensionRules {
  private static final String PREFIX = "x-brrtrouter-";

  /** All are written on operations. */
  static final List<String> KNOWN =
      List.of("x-brrtrouter-body-limit", "x-brrtrouter-deadline-ms", "x-brrtrouter-response-check");

  /** Values in which anything may stand. */
  private static final Set<String> DATA =
      Set.of("example", "examples", "default", "enum", "const", "value", "dataValue");

  private final Report report;
  private final Set<LocatedNode> operations;

  ExtensionRules(Report report, Set<LocatedNode> operations) {
    this.report = report;
    this.operations = operations;
  }

  void check(LocatedNode node) {
    for (LocatedNode member : node.members()) {
      if (member.key().startsWith(PREFIX)) {
        extension(member, node);
      } else if (!DATA.contains(member.key()) && !member.key().startsWith("x-")) {
        check(member);
      }
    }
    node.items().forEach(this::check);
  }

  private void extension(LocatedNode member, LocatedNode holder) {
    if (!KNOWN.contains(member.key())) {
      report.add(
          Rule.UNKNOWN_EXTENSION,
          member.nameLocation(),
          "extension \"" + member.key() + "\" is not known and has no effect",
          Report.didYouMean(
              member.key(),
              KNOWN,
              "use one of " + String.join(", ", KNOWN) + ", or another prefix"));
    } else if (operations.stream().noneMatch(each -> each.node() == holder.node())) {
      report.add(
          Rule.MISPLACED_EXTENSION,
          member.nameLocation(),
          "extension \"" + member.key() + "\" has an effect on operations only",
          "move it to each operation it is meant for");
    }
  }
}
