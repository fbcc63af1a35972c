package io.brrtrouter.openapi.source;

import io.brrtrouter.openapi.Finding;
import java.util.List;
import java.util.Optional;

/** What became of a file. */
public sealed interface ReadResult {

  /** {@return the {@link ContentDigest} of what was read, also of what could not be followed} */
  String digest();

  /**
   * The file was read without complaint.
   *
   * @param document its content
   * @param digest the {@link ContentDigest} of what was read
   */
  record Sound(LocatedDocument document, String digest) implements ReadResult {}

  /**
   * The file has errors.
   *
   * @param document what could be read nevertheless, to look for further errors in; absent when the
   *     text could not be followed to its end
   * @param findings at least one error
   * @param digest the {@link ContentDigest} of what was read
   */
  record Broken(Optional<LocatedDocument> document, List<Finding> findings, String digest)
      implements ReadResult {

    /** Copies the list. */
    public Broken {
      findings = List.copyOf(findings);
    }
  }
}
