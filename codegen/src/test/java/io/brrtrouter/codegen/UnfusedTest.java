package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about bodies that the schema has to judge. */
class UnfusedTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Shop, version: '1'}
      paths:
        /n:
          post:
            operationId: putNode
            requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}
            responses: {'204': {description: ok}}
      components:
        schemas:
          Node:
            KEYWORD: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
          A: {type: object, required: [n], properties: {n: {}, child: {$ref: '#/components/schemas/Node'}}}
          B: {type: object, required: [m], properties: {m: {type: integer, maximum: 1.0e+30}, child: {$ref: '#/components/schemas/Node'}}}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"oneOf", "anyOf"})
  void alternatives_are_called_by_the_keyword_that_the_document_has(String keyword)
      throws IOException {
    Path document =
        Files.writeString(directory.resolve("openapi.yaml"), DOCUMENT.replace("KEYWORD", keyword));

    assertThat(Documents.generate(document, "shop", Part.SERVICE).unfused())
        .singleElement()
        .asString()
        .contains(keyword + ": values that Java types cannot hold, or a second look within one");
  }
}
