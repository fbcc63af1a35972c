package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.brrtrouter.schema.View;
import io.brrtrouter.schema.Violations;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What no class file holds has no class; what is just below compiles. */
class LimitsTest {
  @TempDir Path directory;

  private Generation generate(String rest) throws IOException {
    String yaml = "openapi: 3.1.1\ninfo: { title: Shop, version: '1' }\n" + rest;
    Path document = Files.writeString(directory.resolve("shop.yaml"), yaml);
    return Documents.generate(document, "shop", Part.SERVICE);
  }

  private static String schemas(String schema) {
    return "paths: {}\ncomponents: { schemas: { It: { "
        + schema
        + " }, Holder: "
        + "{ required: [it], properties: { it: { $ref: '#/components/schemas/It' } } } } }\n";
  }

  private static String list(int count, IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(", "));
  }

  private static List<String> remarks(Generation generation) {
    return generation.findings().stream()
        .map(finding -> finding.toString().replaceFirst(".*shop.yaml", "shop.yaml"))
        .toList();
  }

  private static String component(Generation generation) {
    String text = text(generation, "shop/model/Holder.java");
    return text.substring(text.indexOf("record Holder(") + 14, text.indexOf(" it)"));
  }

  private static String text(Generation generation, String path) {
    return generation.files().stream()
        .filter(file -> file.path().equals(path))
        .map(SourceFile::text)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    // A long takes two of 254 slots; a record that keeps other properties has one more component.
    "254, string, false, false, It",
    "255, string, false, false, JsonNode",
    "253, string, false, string, It",
    "254, string, false, string, JsonNode",
    "127, integer, true, false, It",
    "128, integer, true, false, JsonNode",
    "254, integer, false, false, It",
    "255, integer, false, false, JsonNode",
  })
  void objects(int properties, String type, boolean required, String others, String java)
      throws IOException {
    String names = required ? "required: [" + list(properties, i -> "p" + i) + "], " : "";
    String additional =
        "additionalProperties: " + (others.equals("false") ? others : "{ type: " + others + " }");
    Generation generation =
        generate(
            schemas(
                names
                    + additional
                    + ", properties: { "
                    + list(properties, i -> "p" + i + ": { type: " + type + " }")
                    + " }"));

    assertThat(component(generation)).isEqualTo(java);
    assertThat(Java.compile(generation.files())).isEmpty();
    assertThat(remarks(generation))
        .isEqualTo(
            java.equals("It")
                ? List.of()
                : List.of(
                    "shop.yaml:4:30: warning[object-too-large]: the object has "
                        + properties
                        + " properties, more than a Java record can have, and becomes JsonNode;"
                        + " group them in objects of their own"));
  }

  @ParameterizedTest
  @CsvSource({
    "1600, 1, REFUSE, It", "1601, 1, REFUSE, String",
    "1600, 1, KEEP, It", "1601, 1, KEEP, String",
    "2, 21845, REFUSE, It", "2, 21846, REFUSE, String"
  })
  void enums(int values, int length, UnknownEnums unknown, String java) throws IOException {
    String padding = "x".repeat(length - 1);
    String yaml =
        "openapi: 3.1.1\ninfo: { title: Shop, version: '1' }\n"
            + schemas(
                "enum: [ "
                    + list(values, i -> '"' + Character.toString(0x4e00 + i) + padding + '"')
                    + " ]");
    Path document = Files.writeString(directory.resolve("shop.yaml"), yaml);
    Generation generation =
        Generator.generate(
            Documents.load(document),
            new GeneratorOptions("shop", Part.SERVICE, unknown, Integers.LONG, Set.of()));

    assertThat(component(generation)).isEqualTo(java);
    assertThat(Java.compile(generation.files())).isEmpty();
    assertThat(remarks(generation))
        .isEqualTo(
            java.equals("It")
                ? List.of()
                : List.of(
                    "shop.yaml:4:30: warning[enum-too-large]: the values are more or longer than a"
                        + " Java enum can have, so the value is a String; say what they have in"
                        + " common with pattern or maxLength"));
  }

  @ParameterizedTest
  @CsvSource({"256, 0", "257, 1"})
  void numbers(int values, int unfused) throws IOException {
    Generation generation =
        generate(
            """
            paths:
              /it:
                post:
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/It' } } } }
                  responses: { 204: { description: Fine. } }
            components: { schemas: { It: { properties: { n: { type: integer, enum: [ VALUES ] } } } } }
            """
                .replace("VALUES", list(values, Integer::toString)));

    assertThat(generation.unfused()).hasSize(unfused);
    assertThat(Java.compile(generation.files())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"400, It", "401, JsonNode"})
  void unions(int alternatives, String java) throws IOException {
    Generation generation =
        generate(
            schemas(
                "oneOf: [ "
                    + list(
                        alternatives,
                        i ->
                            "{ type: object, required: [t], properties: { t: { const: v"
                                + i
                                + " } } }")
                    + " ]"));

    assertThat(component(generation)).isEqualTo(java);
    assertThat(Java.compile(generation.files())).isEmpty();
    assertThat(remarks(generation))
        .isEqualTo(
            java.equals("It")
                ? List.of()
                : List.of(
                    "shop.yaml:4:39: warning[union-too-large]: the 401 alternatives are more than a"
                        + " sealed type can have, so the value becomes JsonNode; group them, or"
                        + " describe what they have in common"));
  }

  @ParameterizedTest
  @CsvSource({"126, true", "127, false"})
  void requests(int parameters, boolean generated) throws IOException {
    Generation generation =
        generate(
            """
            paths:
              /it:
                get:
                  operationId: getIt
                  parameters: [ PARAMETERS ]
                  requestBody: { content: { text/plain: {} } }
                  responses: { 204: { description: Fine. } }
            """
                .replace(
                    "PARAMETERS",
                    list(
                        parameters,
                        i ->
                            "{ name: p"
                                + i
                                + ", in: query, required: true, schema: { type: integer } }")));

    assertThat(generation.model().operations()).hasSize(generated ? 1 : 0);
    assertThat(Java.compile(generation.files())).isEmpty();
    assertThat(remarks(generation))
        .isEqualTo(
            generated
                ? List.of()
                : List.of(
                    "shop.yaml:6:7: warning[operation-too-large]: the operation has more parameters"
                        + " or header fields than a Java record can have and is left out; register"
                        + " a handler of plain requests for \"getIt\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"N", "Nn", "n", "名", "𝒜"})
  void names_of_files(String part) throws IOException {
    String name = part.repeat(260);
    Path document =
        Files.writeString(
            directory.resolve("shop.yaml"),
            """
            openapi: 3.1.1
            info: { title: NAME, version: '1' }
            paths:
              /it:
                post:
                  operationId: NAME
                  tags: [ NAME ]
                  parameters: [ { name: NAME, in: query, schema: { enum: [a, b] } } ]
                  requestBody: { content: { application/TYPE: {}, text/plain: {} } }
                  responses:
                    451:
                      description: No.
                      headers: { X-No: { schema: { type: string } } }
                      content: { application/TYPE: {}, text/TYPE: {} }
                    200: { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/PART' } } } }
            components:
              schemas:
                PART: { properties: { a: { type: object, properties: { NAME: { properties: { n: { type: string } } } } } } }
                PART2: { anyOf: [ { type: array, items: { $ref: '#/components/schemas/PART' } }, { enum: [a, b] }, { $ref: '#/components/schemas/PART3' } ] }
                PART3: { type: [ number, boolean ] }
            """
                .replace("NAME", name)
                .replace("PART", name.matches("\\p{ASCII}+") ? name : "Nn".repeat(130))
                .replace("TYPE", "vnd." + "x".repeat(120)));
    String packageName = GeneratorOptions.packageFor(Documents.load(document));
    Generation generation = Documents.generate(document, packageName, Part.SERVICE);
    Project project =
        Project.of(
            Documents.load(document),
            generation,
            new Project.Options("g", "a", "shop.yaml", List.of(), Set.of(), Optional.empty()));
    List<String> names = new ArrayList<>();
    generation.files().forEach(file -> names.addAll(List.of(file.path().split("/"))));
    project.files().forEach(file -> names.addAll(List.of(file.path().split("/"))));
    List<SourceFile> files = new ArrayList<>(generation.files());
    project.files().stream().filter(file -> file.path().contains("main/java/")).forEach(files::add);

    assertThat(
            Java.compile(
                files,
                type -> {
                  names.add(type.substring(type.lastIndexOf('.') + 1) + ".class");
                  return Java.forgotten();
                }))
        .isEmpty();
    assertThat(names)
        .hasSizeGreaterThan(40)
        .allSatisfy(each -> assertThat(each.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(256));
    WritePlan.of(generation, directory.resolve("out")).write();
  }

  @ParameterizedTest
  @CsvSource({"255, true", "256, false"})
  void packages(int letters, boolean fine) {
    String name = "com." + "x".repeat(letters);

    assertThat(catchThrowable(() -> GeneratorOptions.of(name)))
        .satisfies(thrown -> {
          if (fine) {
            assertThat(thrown).isNull();
          } else {
            assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                    "\"xxxxxxxxxxxxxxxxxxxx...\" is part of the package and too long for a"
                        + " directory: at most 255 bytes");
          }
        });
  }

  @Test
  void texts_that_are_no_constants_are_made_of_several() throws IOException {
    String text = "é".repeat(70_000);
    Generation generation =
        generate(
            schemas(
                "required: [c], properties: { c: { const: "
                    + text
                    + " }, d: { type: string, default: "
                    + text
                    + " } }"));

    assertThat(component(generation)).isEqualTo("It");
    assertThat(Java.compile(generation.files())).isEmpty();
  }

  /** One schema is more than a method holds, and three are more than a class holds. */
  @Test
  void schemas_that_clients_carry() throws Exception {
    String enums =
        IntStream.range(0, 3)
            .mapToObj(n ->
                "    E%d: { properties: { code: { enum: [%s] } } }%n"
                    .formatted(n, list(70_000, i -> "\"code %d %05d\"".formatted(n, i))))
            .collect(Collectors.joining());
    String answers =
        list(
            3,
            n ->
                "'20%d': { description: It., content: { application/json: { schema: { $ref:"
                        .formatted(n)
                    + " '#/components/schemas/E%d' } } } }".formatted(n));
    String yaml =
        "openapi: 3.1.1\ninfo: { title: Shop, version: '1' }\n"
            + "paths: { /it: { get: { operationId: it, responses: { "
            + answers
            + " } } } }\ncomponents:\n  schemas:\n"
            + enums;
    Path document = Files.writeString(directory.resolve("shop.yaml"), yaml);
    Generation generation =
        Documents.generate(
            document, "shop", EnumSet.of(Part.MODELS, Part.CODECS, Part.HANDLERS, Part.CLIENT));

    Method of =
        Classes.of(generation.files())
            .loadClass("shop.client.Schemas")
            .getDeclaredMethod("of", String.class, String.class, View.class);
    of.setAccessible(true);
    for (int n = 0; n < 3; n++) {
      Object schema =
          of.invoke(null, "document:/shop.yaml", "/components/schemas/E" + n, View.RESPONSE);
      assertThat(violations(schema, "code %d 00000".formatted(n))).isZero();
      assertThat(violations(schema, "code %d 69999".formatted(n))).isZero();
      assertThat(violations(schema, "code %d 70000".formatted(n))).isOne();
    }
  }

  private static int violations(Object schema, String code) throws ReflectiveOperationException {
    Method check = schema.getClass().getDeclaredMethod("check", JsonNode.class);
    check.setAccessible(true);
    JsonNode value = JsonNodeFactory.instance.objectNode().put("code", code);
    return ((Violations) check.invoke(schema, value)).list().size();
  }
}
