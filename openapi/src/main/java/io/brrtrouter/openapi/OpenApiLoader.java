package io.brrtrouter.openapi;

import io.brrtrouter.openapi.read.DocumentLoad;
import java.nio.file.Path;

/**
 * Reads OpenAPI 3.0, 3.1 and 3.2 documents, in YAML or JSON, of one or several files. References
 * are followed to files below the document's directory and below the directories the options add,
 * never to the network. Stateless.
 */
public final class OpenApiLoader {
  private OpenApiLoader() {}

  /**
   * Loads a document with everything it refers to. Whatever is wrong with the document is a
   * finding; nothing is thrown for it.
   *
   * @param document the file
   * @param options limits and allowed directories
   * @return the model, every problem of every file, and what becomes of each construct
   */
  public static Loaded load(Path document, LoadOptions options) {
    return DocumentLoad.load(document, options);
  }
}
