package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shop of {@link ServedTest}, used by {@code served/Customer.java} through its client. */
class ServedClientTest {
  private static final Path FOLDER = Path.of("src/test/resources/served");

  @Test
  void every_answer_arrives_as_the_record_that_was_sent()
      throws ReflectiveOperationException, IOException {
    Path document = FOLDER.resolve("openapi.yaml");
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(document, "served", Part.JAVA).files());
    for (String own : List.of("Shop", "Customer")) {
      files.add(
          new SourceFile(
              "served/" + own + ".java", Files.readString(FOLDER.resolve(own + ".java"))));
    }
    ClassLoader loader = Classes.of(files);
    BrrtServer.Builder builder = BrrtServer.builder().document(document).port(0);
    loader
        .loadClass("served.server.ServedServer")
        .getMethod("register", BrrtServer.Builder.class, loader.loadClass("served.api.ServedApi"))
        .invoke(null, builder, loader.loadClass("served.Shop").getConstructor().newInstance());
    try (BrrtServer server = builder.start()) {
      assertThat(
              loader
                  .loadClass("served.Customer")
                  .getMethod("shop", URI.class)
                  .invoke(null, URI.create(server.url())))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .containsExactly(
              "OkJson[body=Thing[id=c2f1a3a4-6e0d-4a2b-9d7e-0a1b2c3d4e5f, kind=LARGE, size=9,"
                  + " note=1.50 GetThingFilter[kind=SMALL, min=3] Tom abc], xCount=10, xTags=[a, b],"
                  + " xSince=2026-11-26T10:00Z, xExact=true]",
              "NotFound[]",
              "ClientError[status=409, body=GetThingClientErrorBody[title=conflict]]",
              "500 broken",
              "Created[body=Thing[id=c2f1a3a4-6e0d-4a2b-9d7e-0a1b2c3d4e5f, kind=SMALL, size=4,"
                  + " note=null]]",
              "json a",
              "json null",
              "text h\u00e9",
              "image of 5",
              "photo of 3, n",
              "nothing");
    }
  }
}
