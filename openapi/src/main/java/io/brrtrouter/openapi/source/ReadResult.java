package io.brrtrouter.openapi.source;

import io.brrtrouter.openapi.Finding;
import java.util.List;
import java.util.Optional;

/** What became of a file. */
public sealed interface ReadResult {

  /**
   * The file was read without complaint.
   *
   * @param document its content
   */
  record Sound(LocatedDocument document) implements ReadResult {}

  /**
   * The file has errors.
   *
   * @param document what could be read nevertheless, to look for further errors in; absent when the
   *     text could not be followed to its end
   * @param findings at least one error
   */
  record Broken(Optional<LocatedDocument> document, List<Finding> findings) implements ReadResult {

    /** Copies the list. */
    public Broken {
      findings = List.copyOf(findings);
    }
  }
}
