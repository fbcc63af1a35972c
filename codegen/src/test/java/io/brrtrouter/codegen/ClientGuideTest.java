package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/generated-code.md}, run as they are printed there. */
class ClientGuideTest {
  @TempDir Path directory;

  static Path document(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("openapi.yaml"), ProjectTest.PETS.replace("Pets & More", "Pets"));
  }

  /** {@return the example of a section in a language} */
  static String example(String section, String language) throws IOException {
    String guide = Files.readString(Documents.root().resolve("docs/generated-code.md"));
    String from = guide.substring(guide.indexOf("\n## " + section + "\n"));
    int start = from.indexOf("```" + language + "\n") + language.length() + 4;
    return from.substring(start, from.indexOf("```", start));
  }

  /** {@return a server that answers with the examples of the document} */
  static BrrtServer serve(Path document) {
    return BrrtServer.builder()
        .document(document)
        .mock(true)
        .port(0)
        .output(new PrintStream(java.io.OutputStream.nullOutputStream()))
        .start();
  }

  @Test
  void the_client_is_used_as_the_guide_says() throws IOException, ReflectiveOperationException {
    Path document = document(directory);
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(document, "pets", Part.JAVA).files());
    try (BrrtServer server = serve(document)) {
      files.add(
          new SourceFile(
              "pets/Guide.java",
              """
              package pets;
              import java.net.URI;
              import java.util.List;
              import pets.api.*;
              import pets.client.PetsClient;
              import pets.model.Pet;
              public final class Guide {
                private record Out(StringBuilder text) {
                  void println(String line) { text.append(line); }
                }
                private record Console(Out out) {}
                public static String run() throws Exception {
                  Console System = new Console(new Out(new StringBuilder()));
                  %s
                  return System.out().text().toString();
                }
              }
              """
                  .formatted(
                      example("A Java client", "java")
                          .replace("http://localhost:8080", server.url())
                          .replace("System.out.", "System.out().")
                          .replace("\n", "\n    "))));

      assertThat(Classes.of(files).loadClass("pets.Guide").getMethod("run").invoke(null))
          .isEqualTo("2: Rex");
    }
  }
}
