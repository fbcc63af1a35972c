package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.diff.Change;
import io.brrtrouter.openapi.diff.ChangeRenderer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which generation serves, and what became of files that were changed since.
 *
 * @param number the generation, the first is 1
 * @param since when it began to serve
 * @param news what its files changed; empty for the first, and where code has changed it
 * @param files the changed files that are not taken, if there are such
 * @param code the changed code that is not taken, if there is such: neither says anything of the
 *     other
 */
record ReloadStatus(
    long number,
    Instant since,
    Optional<News> news,
    Optional<Refused> files,
    Optional<Refused> code) {
  /** A document may have hundreds of errors, and whoever asks wants to know the first. */
  private static final int MOST = 20;

  /**
   * What changed files brought.
   *
   * @param changes what changed for clients
   * @param warnings what is odd about the document and was not before
   */
  record News(List<Change> changes, List<Finding> warnings) {}

  /**
   * Changed files or code that are not taken.
   *
   * @param at when they were looked at
   * @param outcome why
   */
  record Refused(Instant at, ReloadOutcome.Refused outcome) {
    /** {@return both as one} */
    Refused and(Refused other) {
      return new Refused(
          at.isAfter(other.at) ? at : other.at,
          new ReloadOutcome.Refused(
              both(outcome.changes(), other.outcome.changes()),
              both(outcome.breaking(), other.outcome.breaking()),
              both(outcome.ofDocument(), other.outcome.ofDocument()),
              both(outcome.ofConfiguration(), other.outcome.ofConfiguration()),
              outcome.contents()));
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
      return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
  }

  /** {@return the same with other files that are not taken, or none} */
  ReloadStatus withFiles(Optional<Refused> refused) {
    return new ReloadStatus(number, since, news, refused, code);
  }

  /** {@return the same with other code that is not taken, or none} */
  ReloadStatus withCode(Optional<Refused> refused) {
    return new ReloadStatus(number, since, news, files, refused);
  }

  private Optional<Refused> refused() {
    return code.map(each -> files.map(each::and).orElse(each)).or(() -> files);
  }

  /** {@return that it serves, for a history} */
  ObjectNode serves() {
    ObjectNode node = event("serves", since);
    news.ifPresent(each -> write(each, node));
    return node;
  }

  /**
   * {@return that changed files or code are not taken, for a history}
   *
   * @param last which
   */
  ObjectNode refuses(Refused last) {
    ObjectNode node = event("refused", last.at());
    write(last, node);
    return node;
  }

  /**
   * {@return that files or code were changed back, for a history}
   *
   * @param at when
   */
  ObjectNode restores(Instant at) {
    return event("restored", at);
  }

  /** The place of {@code at} is the same in all of them. */
  private ObjectNode event(String outcome, Instant at) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("outcome", outcome)
        .put("at", at.toString())
        .put("generation", number);
  }

  /** {@return the answer of a server that is ready} */
  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("status", "ready");
    ObjectNode generation =
        root.putObject("generation").put("number", number).put("since", since.toString());
    news.ifPresent(each -> write(each, generation));
    refused().ifPresent(each -> write(each, root.putObject("refused")));
    return root.toString();
  }

  private static void write(News news, ObjectNode node) {
    node.put("changes", ChangeRenderer.summary(news.changes()));
    write(
        news.changes().stream().sorted(Comparator.comparing(Change::impact)).toList(),
        "details",
        node);
    write(news.warnings(), "warnings", node);
  }

  /** The first of them, if there are any. */
  private static void write(List<?> told, String name, ObjectNode node) {
    if (!told.isEmpty()) {
      ArrayNode texts = node.putArray(name);
      told.stream().limit(MOST).map(Object::toString).forEach(texts::add);
    }
  }

  private static void write(Refused refused, ObjectNode node) {
    ReloadOutcome.Refused outcome = refused.outcome();
    node.put("at", refused.at().toString());
    if (!outcome.breaking().isEmpty()) {
      node.put("changes", ChangeRenderer.summary(outcome.changes()));
      write(outcome.breaking(), "breaking", node);
    }
    // The configuration is nobody's business who may ask here; the log has it.
    long configuration = outcome.ofConfiguration().stream().filter(ReloadStatus::isError).count();
    if (configuration > 0) {
      node.put("configurationErrors", configuration);
    }
    write(outcome.ofDocument().stream().filter(ReloadStatus::isError).toList(), "findings", node);
  }

  private static boolean isError(Finding finding) {
    return finding.severity() == Severity.ERROR;
  }
}
