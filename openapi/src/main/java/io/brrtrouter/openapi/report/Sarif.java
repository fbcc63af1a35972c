package io.brrtrouter.openapi.report;

import io.brrtrouter.schema.SourceLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Static Analysis Results Interchange Format, OASIS SARIF 2.1.0. */
public final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  /**
   * A message (section 3.12): with Markdown there must be plain text too.
   *
   * @param plain the text
   * @param markdown the same in Markdown
   */
  public record Text(String plain, String markdown) {}

  /**
   * What a rule is about (section 3.49).
   *
   * @param summary one sentence
   * @param reason why there is the rule
   * @param help what to do
   * @param level the usual level of results
   */
  public record Description(String summary, Text reason, Text help, String level) {}

  /**
   * A rule that results refer to.
   *
   * @param id the id
   * @param description what it is about, when there is a text
   */
  public record Rule(String id, Optional<Description> description) {
    /**
     * {@return a rule without a text}
     *
     * @param id the id
     */
    public static Rule named(String id) {
      return new Rule(id, Optional.empty());
    }
  }

  /**
   * What was found.
   *
   * @param rule the id of the rule
   * @param level {@code error}, {@code warning} or {@code note}
   * @param message one sentence
   * @param location where
   * @param related another place that belongs to it, with what is there
   */
  public record Result(
      String rule,
      String level,
      String message,
      SourceLocation location,
      Optional<Related> related) {}

  /**
   * A place that belongs to a result (section 3.27.22).
   *
   * @param message what is there
   * @param location the place
   */
  public record Related(String message, SourceLocation location) {}

  /**
   * {@return a log with one run}
   *
   * @param rules every rule that results refer to
   * @param results what was found
   * @param version the version of the tool
   */
  public static ObjectNode log(List<Rule> rules, List<Result> results, String version) {
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "brrt").put("version", version);
    ArrayNode descriptors = driver.putArray("rules");
    Map<String, Integer> indexes = new HashMap<>();
    for (Rule rule : rules) {
      indexes.put(rule.id(), indexes.size());
      describe(rule, descriptors.addObject());
    }
    // Section 3.14.17: what one column is.
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode array = run.putArray("results");
    results.forEach(each -> write(each, indexes.getOrDefault(each.rule(), -1), array.addObject()));
    return log;
  }

  private static void describe(Rule rule, ObjectNode descriptor) {
    descriptor.put("id", rule.id());
    rule.description()
        .ifPresent(text -> {
          descriptor.putObject("shortDescription").put("text", text.summary());
          message(descriptor.putObject("fullDescription"), text.reason());
          message(descriptor.putObject("help"), text.help());
          descriptor.putObject("defaultConfiguration").put("level", text.level());
        });
  }

  private static void message(ObjectNode message, Text text) {
    message.put("text", text.plain()).put("markdown", text.markdown());
  }

  private static void write(Result result, int index, ObjectNode node) {
    node.put("ruleId", result.rule()).put("ruleIndex", index);
    node.put("level", result.level());
    node.putObject("message").put("text", result.message());
    place(node.putArray("locations").addObject(), result.location());
    result
        .related()
        .ifPresent(related -> {
          ObjectNode other = node.putArray("relatedLocations").addObject();
          place(other, related.location());
          other.putObject("message").put("text", related.message());
        });
  }

  private static void place(ObjectNode node, SourceLocation location) {
    ObjectNode place = node.putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(location.file()));
    if (location.line() > 0) {
      place
          .putObject("region")
          .put("startLine", location.line())
          .put("startColumn", location.column());
    }
  }

  /** {@return a file's name as a URI reference, relative if the name is} */
  private static String uri(String file) {
    if (Path.of(file).isAbsolute()) {
      return Path.of(file).toUri().toString();
    }
    try {
      // The dot keeps a colon in the first segment from ending a scheme (RFC 3986 section 4.2).
      String path = file.indexOf(':') < 0 ? file : "./" + file;
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(file, e);
    }
  }
}
