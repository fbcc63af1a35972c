package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Loaded;
import java.nio.charset.StandardCharsets;

/**
 * The document as clients may fetch it: in one piece, whatever files it was read from.
 *
 * @param title the API's name
 * @param yaml as YAML, in UTF-8
 * @param json as JSON, in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ServedDocument(String title, byte[] yaml, byte[] json) {

  /**
   * {@return what a loaded document is served as}
   *
   * @param loaded a document with a model
   */
  static ServedDocument of(Loaded loaded) {
    String title = loaded.api().orElseThrow().info().title();
    String json = loaded.documents().getFirst().root().toString();
    byte[] content = json.getBytes(StandardCharsets.UTF_8);
    return new ServedDocument(title, content, content);
  }
}
