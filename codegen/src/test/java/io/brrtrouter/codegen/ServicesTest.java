package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations that other services answer. */
class ServicesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: { title: Shop, version: '1' }
      paths:
        /own: { get: { operationId: own, responses: { '204': { description: done } } } }
        /item:
          get:
            operationId: item
            x-service: catalog
            responses: { '204': { description: done } }
      """;

  @TempDir Path directory;

  @Test
  void are_in_clients_and_nobody_has_to_handle_them() throws IOException {
    Path document = Files.writeString(directory.resolve("shop.yaml"), DOCUMENT);
    Generation generation =
        Documents.generate(
            document, "shop", List.of(Part.MODELS, Part.HANDLERS, Part.SERVER, Part.CLIENT));

    assertThat(generation.findings()).isEmpty();
    assertThat(text(generation, "ShopServer.java")).contains("\"own\"").doesNotContain("item");
    assertThat(generation.files())
        .extracting(SourceFile::path)
        .anyMatch(path -> path.endsWith("OwnHandler.java"))
        .noneMatch(path -> path.endsWith("ItemHandler.java"));
    assertThat(text(generation, "ShopClient.java")).contains(" item(").contains(" own(");
  }

  private static String text(Generation generation, String name) {
    return generation.files().stream()
        .filter(file -> file.path().endsWith(name))
        .map(SourceFile::text)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(generation.files().stream().map(SourceFile::path).toList()));
  }
}
