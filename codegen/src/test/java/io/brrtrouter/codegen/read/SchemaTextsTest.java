package io.brrtrouter.codegen.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.SchemaCopies;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a schema a client carries: everything that says something about validity. */
class SchemaTextsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          {"title":"T","description":"D","default":1,"x-a":2,"type":"object"}                | {"type":"object"}
          {"dependentRequired":{"title":["author"],"x-a":["default"]}}                       | {"dependentRequired":{"title":["author"],"x-a":["default"]}}
          {"dependentSchemas":{"title":{"title":"T","minLength":1}}}                         | {"dependentSchemas":{"title":{"minLength":1}}}
          {"properties":{"title":{"title":"T"},"x-a":{"default":{"title":1}}}}               | {"properties":{"title":{},"x-a":{}}}
          {"const":{"title":1,"x-a":2}}                                                      | {"const":{"title":1,"x-a":2}}
          {"enum":[{"description":1}]}                                                       | {"enum":[{"description":1}]}
          {"discriminator":{"propertyName":"k","mapping":{"default":"#/a","title":"#/b"}}}   | {"discriminator":{"propertyName":"k","mapping":{"default":"#/a","title":"#/b"}}}
          {"oneOf":[{"title":"T"},{"not":{"summary":"S"}}],"items":{"x-a":1}}                | {"oneOf":[{},{"not":{}}],"items":{}}
          {"if":{"title":"T"},"then":{"title":"T"},"else":false}                             | {"if":{},"then":{},"else":false}
          {"prefixItems":[{"title":"T"}],"contains":{"title":"T"},"unevaluatedItems":false}  | {"prefixItems":[{}],"contains":{},"unevaluatedItems":false}
          """)
  void only_what_is_for_people_is_left_out(String schema, String carried) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("openapi.yaml"),
            """
            openapi: 3.1.1
            info: {title: A, version: "1"}
            components: {schemas: {It: %s}}
            """
                .formatted(schema));
    Loaded loaded = OpenApiLoader.load(file, LoadOptions.defaults());
    SchemaTexts texts = new SchemaTexts(loaded.resources());
    texts.add(
        new Origin(
            loaded.resources().getFirst().uri(),
            "/components/schemas/It",
            loaded.api().orElseThrow().location()));

    assertThat(texts.all()).extracting(SchemaCopies.SchemaText::json).contains(carried);
  }
}
