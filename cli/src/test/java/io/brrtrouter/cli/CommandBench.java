package io.brrtrouter.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs commands in this process on documents in a directory. */
final class CommandBench {
  static final String PETS =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      servers: [ { url: https://example.org/v1 } ]
      tags: [ { name: pets } ]
      security: [ { Key: [] } ]
      paths:
        /pets:
          get:
            operationId: list_pets
            summary: Lists pets.
            tags: [pets]
            security: []
            parameters: [ { name: limit, in: query, schema: { type: integer, maximum: 100 } } ]
            responses:
              200:
                description: pets
                content:
                  application/json:
                    schema: { type: array, items: { type: string } }
                    example: [Tom, Kiwi]
        /pets/{petId}:
          delete:
            operationId: delete_pet
            x-handler: remove
            deprecated: true
            parameters: [ { name: petId, in: path, required: true, schema: { type: string } } ]
            responses: { 204: { description: gone } }
      components:
        securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } }
      """;

  /** With an error and a warning. */
  static final String BROKEN =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets/{petId}:
          get:
            operationId: getPet
            responses: { 200: { description: fine } }
      """;

  /** With a warning. */
  static final String STYLELESS =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets:
          get:
            operationId: getPets
            responses: { 200: { description: fine } }
      """;

  private final Path directory;
  private final Map<String, String> environment;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CommandBench(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** {@return the name of a file that now has this content} */
  String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  int execute(String... arguments) {
    return execute(new PrintStream(out, true, StandardCharsets.UTF_8), arguments);
  }

  int execute(PrintStream output, String... arguments) {
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Brrt(new Console(output, errors, environment, false)).execute(arguments);
  }

  /** {@return what was written on standard output, the directory's name taken out} */
  String out() {
    return relative(out);
  }

  /** {@return what was written on standard error, the directory's name taken out} */
  String err() {
    return relative(err);
  }

  private String relative(ByteArrayOutputStream stream) {
    String text = stream.toString(StandardCharsets.UTF_8);
    stream.reset();
    return text.replace(directory + "/", "");
  }
}
