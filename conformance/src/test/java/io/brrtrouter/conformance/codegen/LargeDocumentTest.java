package io.brrtrouter.conformance.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.Generation;
import io.brrtrouter.codegen.Generator;
import io.brrtrouter.codegen.GeneratorOptions;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document of 4,000 operations, and that the same document gives the same text. */
class LargeDocumentTest {
  private static final int MODELS = 1_000;

  @TempDir Path directory;

  private Path document() throws IOException {
    StringBuilder text =
        new StringBuilder("openapi: 3.1.0\ninfo: { title: Large, version: '1' }\npaths:\n");
    for (int i = 0; i < MODELS; i++) {
      text.append(
          """
            /things%1$d:
              get:
                operationId: list_%1$d
                parameters:
                  - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
                responses:
                  '200':
                    description: A page.
                    content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing%1$d' } } } }
              post:
                operationId: add_%1$d
                requestBody:
                  required: true
                  content: { application/json: { schema: { $ref: '#/components/schemas/Thing%1$d' } } }
                responses: { '201': { description: Done. } }
            /things%1$d/{id}:
              parameters:
                - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
              get:
                operationId: get_%1$d
                responses:
                  '200':
                    description: It.
                    content: { application/json: { schema: { $ref: '#/components/schemas/Thing%1$d' } } }
              delete:
                operationId: delete_%1$d
                responses: { '204': { description: Gone. } }
          """
              .formatted(i));
    }
    text.append("components:\n  schemas:\n");
    for (int i = 0; i < MODELS; i++) {
      text.append(
          """
              Thing%1$d:
                description: A thing.
                type: object
                required: [id, name]
                properties:
                  id: { type: string, format: uuid, readOnly: true }
                  name: { type: string, minLength: 1, maxLength: 80, description: What it is called. }
                  kind: { type: string, enum: [small, large] }
                  next: { $ref: '#/components/schemas/Thing%2$d' }
                  others: { type: array, items: { $ref: '#/components/schemas/Thing%3$d' } }
                  address: { type: object, properties: { street: { type: string } } }
          """
              .formatted(i, (i + 1) % MODELS, (i * 7) % MODELS));
    }
    Path document = directory.resolve("large.yaml");
    Files.writeString(document, text);
    return document;
  }

  @Test
  void four_thousand_operations_take_less_than_ten_seconds_of_processor_time() throws IOException {
    Loaded loaded = OpenApiLoader.load(document(), LoadOptions.defaults());
    GeneratorOptions options = GeneratorOptions.of("large");
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    Generation generation = Generator.generate(loaded, options);

    assertThat((threads.getCurrentThreadCpuTime() - before) / 1_000_000).isLessThan(10_000);
    assertThat(generation.model().operations()).hasSize(4 * MODELS);
    assertThat(Generator.generate(loaded, options).files()).isEqualTo(generation.files());
  }
}
