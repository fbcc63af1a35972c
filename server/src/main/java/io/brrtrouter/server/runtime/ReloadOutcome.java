package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.diff.Change;
import io.brrtrouter.openapi.diff.Impact;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What became of files that were changed while the server runs. */
sealed interface ReloadOutcome {

  /** {@return the files that were read, by absolute path, with the digests of what was read} */
  Map<Path, String> contents();

  /**
   * A new generation serves.
   *
   * @param number which one
   * @param changes what changed for clients
   * @param warnings what is odd about it and was not before
   * @param taken what was taken beside the document, for people: other code, names of settings
   * @param contents what was read
   */
  record Published(
      long number,
      List<Change> changes,
      List<Finding> warnings,
      List<String> taken,
      Map<Path, String> contents)
      implements ReloadOutcome {}

  /**
   * The files are again what the generation was made of that serves.
   *
   * @param contents what was read
   */
  record Unchanged(Map<Path, String> contents) implements ReloadOutcome {}

  /**
   * The generation before goes on serving.
   *
   * @param changes what would change for clients, as far as that was looked at
   * @param breaking those of them that are why
   * @param ofDocument what was found in the document, or in serving it, with errors if they are why
   * @param ofConfiguration the same of the configuration
   * @param contents what was read
   */
  record Refused(
      List<Change> changes,
      List<Change> breaking,
      List<Finding> ofDocument,
      List<Finding> ofConfiguration,
      Map<Path, String> contents)
      implements ReloadOutcome {

    /** {@return that errors keep it from being served} */
    static Refused errors(
        List<Finding> ofDocument, List<Finding> ofConfiguration, Map<Path, String> contents) {
      return new Refused(List.of(), List.of(), ofDocument, ofConfiguration, contents);
    }

    /** {@return that it would break clients} */
    static Refused breaking(List<Change> changes, Map<Path, String> contents) {
      List<Change> breaking =
          changes.stream().filter(change -> change.impact() == Impact.BREAKING).toList();
      return new Refused(changes, breaking, List.of(), List.of(), contents);
    }
  }
}
