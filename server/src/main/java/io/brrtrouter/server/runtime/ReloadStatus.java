package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.diff.ChangeRenderer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which generation serves, and what became of files that were changed since.
 *
 * @param number the generation, the first is 1
 * @param since when it began to serve
 * @param changes what its document changed, in numbers; empty for the first
 * @param refused the changed files that are not taken, if there are such
 */
record ReloadStatus(
    long number, Instant since, Optional<String> changes, Optional<Refused> refused) {
  /** A document may have hundreds of errors, and whoever asks wants to know the first. */
  private static final int MOST = 20;

  /**
   * Changed files that are not taken.
   *
   * @param at when they were looked at
   * @param outcome why
   */
  record Refused(Instant at, ReloadOutcome.Refused outcome) {}

  /** {@return the same after changed files were refused} */
  ReloadStatus refusing(Instant at, ReloadOutcome.Refused outcome) {
    return new ReloadStatus(number, since, changes, Optional.of(new Refused(at, outcome)));
  }

  /** {@return the same after the files were changed back} */
  ReloadStatus restored() {
    return new ReloadStatus(number, since, changes, Optional.empty());
  }

  /** {@return the answer of a server that is ready} */
  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("status", "ready");
    ObjectNode generation =
        root.putObject("generation").put("number", number).put("since", since.toString());
    changes.ifPresent(summary -> generation.put("changes", summary));
    refused.ifPresent(each -> write(each, root.putObject("refused")));
    return root.toString();
  }

  private static void write(Refused refused, ObjectNode node) {
    ReloadOutcome.Refused outcome = refused.outcome();
    node.put("at", refused.at().toString());
    if (!outcome.breaking().isEmpty()) {
      node.put("changes", ChangeRenderer.summary(outcome.changes()));
      ArrayNode breaking = node.putArray("breaking");
      outcome.breaking().stream().limit(MOST).map(Object::toString).forEach(breaking::add);
    }
    // The configuration is nobody's business who may ask here; the log has it.
    long configuration = outcome.ofConfiguration().stream().filter(ReloadStatus::isError).count();
    if (configuration > 0) {
      node.put("configurationErrors", configuration);
    }
    List<String> errors =
        outcome.ofDocument().stream()
            .filter(ReloadStatus::isError)
            .limit(MOST)
            .map(Finding::toString)
            .toList();
    if (!errors.isEmpty()) {
      ArrayNode findings = node.putArray("findings");
      errors.forEach(findings::add);
    }
  }

  private static boolean isError(Finding finding) {
    return finding.severity() == Severity.ERROR;
  }
}
