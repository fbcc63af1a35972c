package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.report.Annotations;
import io.brrtrouter.openapi.report.Sarif;
import io.brrtrouter.openapi.report.Snippets;
import io.brrtrouter.openapi.report.SourceLines;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes changes as text for people, or as JSON, SARIF and GitHub annotations for machines. Every
 * form ends with a line feed.
 */
public final class ChangeRenderer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChangeRenderer() {}

  /**
   * {@return the changes for people: a line that compilers and editors understand, the source line
   * with a caret, where it stands in the other document, why it matters, and a summary at the end}
   *
   * @param changes what changed
   */
  public static String text(List<Change> changes) {
    SourceLines sources = new SourceLines();
    StringBuilder text = new StringBuilder();
    changes.forEach(change -> append(change, sources, text));
    return text.append(summary(changes)).append('\n').toString();
  }

  private static void append(Change change, SourceLines sources, StringBuilder text) {
    text.append(Snippets.printable(change.toString())).append('\n');
    Snippets.append(text, change.location().location(), sources);
    boolean isNow = change.location().equals(change.after());
    text.append(isNow ? "  before: " : "  after: ")
        .append(Snippets.printable((isNow ? change.before() : change.after()).toString()))
        .append('\n');
    if (change.impact() != Impact.COMPATIBLE) {
      text.append("  why: ").append(change.rule().reason()).append('\n');
    }
  }

  /**
   * {@return how many changes there are of each impact, for example {@code 1 breaking, 2 compatible
   * changes}}
   *
   * @param changes what changed
   */
  public static String summary(List<Change> changes) {
    if (changes.isEmpty()) {
      return "no changes";
    }
    List<String> counts = new ArrayList<>();
    for (Impact impact : Impact.values()) {
      long count = count(changes, impact);
      if (count > 0) {
        counts.add(count + " " + impact.word());
      }
    }
    return String.join(", ", counts) + (changes.size() == 1 ? " change" : " changes");
  }

  private static long count(List<Change> changes, Impact impact) {
    return changes.stream().filter(change -> change.impact() == impact).count();
  }

  /**
   * {@return the changes as a JSON object with {@code changes}, {@code breaking}, {@code risky} and
   * {@code compatible}; where what changed is not in a document, {@code parent} says what stands at
   * the place instead}
   *
   * @param changes what changed
   */
  public static String json(List<Change> changes) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode array = root.putArray("changes");
    changes.forEach(change -> write(change, array.addObject()));
    for (Impact impact : Impact.values()) {
      root.put(impact.word(), count(changes, impact));
    }
    return pretty(root);
  }

  private static void write(Change change, ObjectNode node) {
    node.put("rule", change.rule().id())
        .put("impact", change.impact().word())
        .put("direction", change.direction().word());
    ArrayNode subjects = node.putArray("subjects");
    change.subjects().forEach(subjects::add);
    node.put("path", change.path());
    place("before", change.before(), node);
    place("after", change.after(), node);
    node.put("message", change.message()).put("reason", change.rule().reason());
  }

  private static void place(String name, ChangeLocation place, ObjectNode node) {
    SourceLocation location = place.location();
    ObjectNode written =
        node.putObject(name)
            .put("file", location.file())
            .put("line", location.line())
            .put("column", location.column());
    place.parent().ifPresent(parent -> written.put("parent", parent));
  }

  /**
   * {@return the changes as a SARIF 2.1.0 log, for code scanning services and editors; the place in
   * the old document is a related location}
   *
   * @param changes what changed
   * @param version the version of the tool
   */
  public static String sarif(List<Change> changes, String version) {
    List<Sarif.Rule> rules =
        changes.stream().map(Change::rule).distinct().map(ChangeRenderer::described).toList();
    return pretty(Sarif.log(rules, changes.stream().map(ChangeRenderer::result).toList(), version));
  }

  private static Sarif.Rule described(ChangeRule rule) {
    String title = sentence(rule.title());
    String reason = rule.reason() + ".";
    String help = "See docs/diff-rules.md for all rules.";
    return new Sarif.Rule(
        rule.id(),
        Optional.of(
            new Sarif.Description(
                title,
                new Sarif.Text(reason, reason),
                new Sarif.Text(help, help),
                level(rule.impact(), "note"))));
  }

  private static String sentence(String title) {
    return Character.toUpperCase(title.charAt(0)) + title.substring(1) + ".";
  }

  private static Sarif.Result result(Change change) {
    return new Sarif.Result(
        change.rule().id(),
        level(change.impact(), "note"),
        Snippets.printable(sentence(change)),
        change.after().location(),
        Optional.of(
            new Sarif.Related(
                "before"
                    + change
                        .before()
                        .parent()
                        .map(parent -> ": not there; this is " + parent)
                        .orElse(""),
                change.before().location())));
  }

  /** The place is in the new document, which is the one that services and reviewers see. */
  private static String sentence(Change change) {
    return change.where()
        + ": "
        + change.message()
        + "; "
        + change.rule().reason()
        + change
            .after()
            .parent()
            .map(parent ->
                " (this is %s; it was at %s)".formatted(parent, change.before().location()))
            .orElse("");
  }

  /** {@return the level that services know} */
  private static String level(Impact impact, String least) {
    return switch (impact) {
      case BREAKING -> "error";
      case RISKY -> "warning";
      case COMPATIBLE -> least;
    };
  }

  /**
   * {@return the changes as workflow commands, which GitHub shows beside the changed lines}
   *
   * @param changes what changed
   */
  public static String github(List<Change> changes) {
    StringBuilder text = new StringBuilder();
    for (Change change : changes) {
      text.append(
          Annotations.line(
              level(change.impact(), "notice"),
              change.after().location(),
              change.rule().id(),
              sentence(change)));
    }
    return text.append(summary(changes)).append('\n').toString();
  }

  private static String pretty(ObjectNode root) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
