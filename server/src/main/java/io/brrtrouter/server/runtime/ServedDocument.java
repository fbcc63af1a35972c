package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Bundle;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.server.dispatch.CompiledApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * The document as clients may fetch it: in one piece, whatever files it was read from.
 *
 * @param title the API's name
 * @param yaml as YAML, in UTF-8
 * @param json as JSON, in UTF-8
 * @param docs as JSON for Swagger UI, in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ServedDocument(String title, byte[] yaml, byte[] json, byte[] docs) {

  /**
   * {@return a document, bundled when it has several files}
   *
   * @param loaded the document
   * @param api what was made of it
   */
  static ServedDocument of(Loaded loaded, CompiledApi api) {
    JsonNode bundle = Bundle.of(loaded);
    return new ServedDocument(
        api.document().info().title(),
        yaml(loaded, bundle),
        json(bundle),
        json(DocsDocument.of(bundle, api.operations())));
  }

  private static byte[] json(JsonNode value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A single YAML file as it is, comments and all. */
  private static byte[] yaml(Loaded loaded, JsonNode bundle) {
    Path file = loaded.files().getFirst();
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    if (loaded.files().size() == 1 && !json) {
      try {
        return Files.readAllBytes(file);
      } catch (IOException goneMeanwhile) {
        // The bundle says the same without the comments.
      }
    }
    return YamlText.of(bundle).getBytes(StandardCharsets.UTF_8);
  }
}
