package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schema of every kind in every place where a schema can be: what is generated compiles. */
class EveryKindTest {
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("any", "{}"),
          Map.entry("base64", "{type: string, format: byte}"),
          Map.entry("binary", "{type: string, format: binary}"),
          Map.entry("boolean", "{type: boolean}"),
          Map.entry("constant", "{const: x}"),
          Map.entry("date", "{type: string, format: date}"),
          Map.entry("date_time", "{type: string, format: date-time}"),
          Map.entry("decimal", "{type: string, format: decimal}"),
          Map.entry("double", "{type: number, format: double}"),
          Map.entry("enum", "{type: string, enum: [a, b]}"),
          Map.entry("float", "{type: number, format: float}"),
          Map.entry("huge", "{type: integer, minimum: 0, maximum: 99999999999999999999999}"),
          Map.entry("int", "{type: integer, format: int32}"),
          Map.entry("integer", "{type: integer}"),
          Map.entry("integer_enum", "{type: integer, enum: [1, 2]}"),
          Map.entry("list", "{type: array, items: {type: string}}"),
          Map.entry("list_of_doubles", "{type: array, items: {type: number, format: double}}"),
          Map.entry("map", "{type: object, additionalProperties: {type: integer}}"),
          Map.entry("nullable_date", "{type: [string, 'null'], format: date}"),
          Map.entry("nullable_decimal", "{type: [string, 'null'], format: decimal}"),
          Map.entry("nullable_integer", "{type: [integer, 'null']}"),
          Map.entry("nullable_list", "{type: [array, 'null'], items: {type: string}}"),
          Map.entry("nullable_string", "{type: [string, 'null']}"),
          Map.entry("number", "{type: number}"),
          Map.entry("object", "{type: object, properties: {a: {type: string}, b: {type: number}}}"),
          Map.entry("string", "{type: string}"),
          Map.entry("union", "{oneOf: [{type: string}, {type: integer}]}"),
          Map.entry("uri", "{type: string, format: uri}"),
          Map.entry("uuid", "{type: string, format: uuid}"));

  /** Every place of an operation, for a kind that is required or not. */
  private static final String OPERATION =
      """
        /@name/{p}:
          post:
            operationId: @name
            parameters:
              - {name: p, in: path, required: true, schema: @kind}
              - {name: q, in: query, required: @required, schema: @kind}
              - {name: X-H, in: header, required: @required, schema: @kind}
              - {name: c, in: cookie, required: @required, schema: @kind}
              - {name: qj, in: query, required: @required, content: {application/json: {schema: @kind}}}
              - {name: X-J, in: header, required: @required, content: {application/json: {schema: @kind}}}
            requestBody:
              required: @required
              content:
                application/json: {schema: @kind}
                text/plain: {schema: @kind}
                application/x-www-form-urlencoded: {schema: &form {type: object, required: [@member], properties: {v: @kind, w: {type: string}}}}
                multipart/form-data: {schema: *form}
            responses:
              '200':
                description: One of its own.
                headers:
                  X-R: {required: @required, schema: @kind}
                  X-E: {required: @required, explode: true, schema: @kind}
                  X-J: {required: @required, content: {application/json: {schema: @kind}}}
                content: {application/json: {schema: @kind}, text/plain: {schema: @kind}}
              2XX: {description: Those alike., content: {application/json: {schema: @kind}}}
              default: {description: All others.}
      """;

  @TempDir Path directory;

  private static String operation(String name, String kind, boolean required) {
    return OPERATION
        .replace("@name", name + (required ? "_required" : "_optional"))
        .replace("@kind", kind)
        .replace("@required", String.valueOf(required))
        .replace("@member", required ? "v" : "w");
  }

  private Path document() throws IOException {
    StringBuilder text =
        new StringBuilder("openapi: 3.1.1\ninfo: {title: All, version: '1'}\npaths:\n");
    KINDS.forEach((name, kind) ->
        text.append(operation(name, kind, true)).append(operation(name, kind, false)));
    return Files.writeString(directory.resolve("openapi.yaml"), text);
  }

  @Test
  void java_of_every_kind_in_every_place_compiles() throws IOException {
    Generation generation = Documents.generate(document(), "all", Part.JAVA);

    assertThat(Java.compile(generation.files())).isEmpty();
    assertThat(generation.model().operations()).hasSize(2 * KINDS.size());
  }

  @Test
  void typescript_of_every_kind_in_every_place_compiles() throws IOException {
    Node.assume();
    Generation generation =
        Documents.generate(document(), "all", java.util.EnumSet.of(Part.TYPESCRIPT));

    assertThat(Node.compile(Node.write(directory.resolve("ts"), generation.files()), "--noEmit"))
        .isEmpty();
  }
}
