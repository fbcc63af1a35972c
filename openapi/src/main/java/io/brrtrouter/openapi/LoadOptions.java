package io.brrtrouter.openapi;

import io.brrtrouter.openapi.source.DocumentLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * How documents are loaded.
 *
 * @param limits bounds on each file
 * @param files how many files one document may consist of
 * @param roots directories besides the document's own from which references may read
 * @param backtrackingPatterns whether a {@code pattern} may need what cannot be matched in linear
 *     time: look-around and back-references
 */
public record LoadOptions(
    DocumentLimits limits, int files, List<Path> roots, boolean backtrackingPatterns) {

  private static final LoadOptions DEFAULTS =
      new LoadOptions(DocumentLimits.DEFAULT, 1_000, List.of(), false);

  /** Copies the list; refuses fewer than one file. */
  public LoadOptions {
    if (files < 1) {
      throw new IllegalArgumentException("a document needs at least one file");
    }
    roots = List.copyOf(roots);
  }

  /** {@return the limits of the documentation, the document's own directory, linear patterns} */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return the same options with further directories}
   *
   * @param more directories from which references may read, with everything below them
   */
  public LoadOptions withRoots(List<Path> more) {
    return new LoadOptions(limits, files, more, backtrackingPatterns);
  }

  /**
   * {@return the same options with one limit changed}
   *
   * @param limit which
   * @param value what it is to be
   */
  public LoadOptions with(DocumentLimit limit, int value) {
    int most = limit == DocumentLimit.MAX_FILES ? value : files;
    return new LoadOptions(limits(limit, value), most, roots, backtrackingPatterns);
  }

  private DocumentLimits limits(DocumentLimit limit, int value) {
    return switch (limit) {
      case MAX_FILE_BYTES ->
          new DocumentLimits(value, limits.depth(), limits.aliases(), limits.nodes());
      case MAX_DEPTH -> new DocumentLimits(limits.bytes(), value, limits.aliases(), limits.nodes());
      case MAX_ALIASES -> new DocumentLimits(limits.bytes(), limits.depth(), value, limits.nodes());
      case MAX_VALUES ->
          new DocumentLimits(limits.bytes(), limits.depth(), limits.aliases(), value);
      case MAX_FILES -> limits;
    };
  }
}
