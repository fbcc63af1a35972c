package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Finding;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Static Analysis Results Interchange Format, OASIS SARIF 2.1.0. */
final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  static ObjectNode log(List<Finding> findings, String version) {
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "brrt").put("version", version);
    List<String> rules = findings.stream().map(Finding::rule).distinct().sorted().toList();
    ArrayNode descriptors = driver.putArray("rules");
    Map<String, RuleText> texts = RuleText.all();
    rules.forEach(rule -> describe(rule, texts.get(rule), descriptors.addObject()));
    // Section 3.14.17: what one column is.
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode results = run.putArray("results");
    for (Finding finding : findings) {
      ObjectNode result = results.addObject();
      result.put("ruleId", finding.rule()).put("ruleIndex", rules.indexOf(finding.rule()));
      result.put("level", FindingRenderer.word(finding.severity()));
      result.putObject("message").put("text", FindingRenderer.sentence(finding));
      ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
      place.putObject("artifactLocation").put("uri", uri(finding.location().file()));
      if (finding.location().line() > 0) {
        place
            .putObject("region")
            .put("startLine", finding.location().line())
            .put("startColumn", finding.location().column());
      }
    }
    return log;
  }

  /** Section 3.49; a rule without a text has its id only. */
  private static void describe(String id, @Nullable RuleText rule, ObjectNode descriptor) {
    descriptor.put("id", id);
    if (rule == null) {
      return;
    }
    descriptor.putObject("shortDescription").put("text", RuleText.plain(rule.summary()));
    message(descriptor.putObject("fullDescription"), rule.reason());
    message(descriptor.putObject("help"), "Fix: " + rule.advice());
    descriptor
        .putObject("defaultConfiguration")
        .put("level", FindingRenderer.word(rule.severity()));
  }

  /** Section 3.12: with Markdown there must be plain text too. */
  private static void message(ObjectNode message, String markdown) {
    message.put("text", RuleText.plain(markdown)).put("markdown", markdown);
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
