package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Bundle;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.source.ContentDigest;
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
 * <p>Writing a large document takes longer than starting the rest of a server, and most servers are
 * never asked for it: it is written for the first who asks.
 *
 * @param title the API's name
 * @param yaml as YAML, in UTF-8
 * @param json as JSON, in UTF-8
 * @param docs as JSON for Swagger UI, in UTF-8
 */
record ServedDocument(String title, Lazy<byte[]> yaml, Lazy<byte[]> json, Lazy<byte[]> docs) {

  /**
   * {@return a document, bundled when it has several files}
   *
   * @param loaded the document
   * @param api what was made of it
   */
  static ServedDocument of(Loaded loaded, CompiledApi api) {
    Lazy<JsonNode> bundle = new Lazy<>(() -> Bundle.of(loaded));
    return new ServedDocument(
        api.document().info().title(),
        yaml(loaded, bundle),
        new Lazy<>(() -> json(bundle.get())),
        new Lazy<>(() -> json(DocsDocument.of(bundle.get(), api.operations()))));
  }

  private static byte[] json(JsonNode value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A single YAML file as it is, comments and all, and as it was read: it may have changed since.
   */
  private static Lazy<byte[]> yaml(Loaded loaded, Lazy<JsonNode> bundle) {
    Path file = loaded.files().getFirst();
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    if (loaded.files().size() == 1 && !json) {
      try {
        byte[] now = Files.readAllBytes(file);
        if (ContentDigest.of(now)
            .equals(loaded.contents().get(file.toAbsolutePath().normalize()))) {
          return Lazy.made(now);
        }
      } catch (IOException goneMeanwhile) {
        // The bundle says the same without the comments.
      }
    }
    return new Lazy<>(() -> YamlText.of(bundle.get()).getBytes(StandardCharsets.UTF_8));
  }
}
