package io.brrtrouter.conformance.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.Results;
import io.brrtrouter.conformance.Suite;
import io.brrtrouter.conformance.TestData;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.InstanceGenerator;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A generated instance for every component schema of the documents. */
@DisplayName("Generated instances")
class InstanceGeneratorTest {

  @Test
  void existForEveryComponentSchemaInEveryViewButForTheListed() throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    int schemas = 0;
    for (String directory : List.of("real", "oai-examples")) {
      for (Path file : TestData.list(directory)) {
        Loaded loaded = OpenApiLoader.load(file, LoadOptions.defaults());
        Map<String, Schema> components =
            loaded.api().map(OpenApi::components).orElseThrow().schemas();
        schemas += components.size();
        SchemaCompiler.Builder builder = SchemaCompiler.builder().assertFormats(true);
        loaded.resources().forEach(builder::resource);
        SchemaCompiler compiler = builder.build();
        components.forEach((name, schema) -> {
          for (View view : View.values()) {
            if (InstanceGenerator.generate(schema.resource(), schema.pointer(), view, compiler)
                .isEmpty()) {
              missing.add(file.getFileName() + " " + name);
            }
          }
        });
      }
    }
    List<String> listed = listed();
    assertThat(schemas).isGreaterThan(1_000);
    assertThat(missing).containsExactlyElementsOf(new TreeSet<>(listed));
    assertThat(listed).hasSizeLessThan(schemas / 50);
    List<String> without = listed.stream().map(line -> line + ": none found").toList();
    Results.record(Suite.GENERATED_INSTANCES, schemas - listed.size(), without);
  }

  /** Lines of {@code file schema}. */
  private static List<String> listed() throws IOException {
    try (InputStream in = InstanceGeneratorTest.class.getResourceAsStream("without-instance.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    }
  }
}
