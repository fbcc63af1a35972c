package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schema Test Suite through generated codecs: every group whose schema a document can have
 * is the body of a request. Codecs that decide alone give every verdict the suite expects; how many
 * do, and why others do not, is pinned in {@code json-schema-suite.txt}. The environment variable
 * {@code BRRT_GALLERY=write} writes it anew.
 */
class JsonSchemaSuiteTest {
  private static final Path REPORT = Path.of("src/test/resources/json-schema-suite.txt");

  /** In the suite formats are annotations; in documents of ours they are not. */
  private static final Set<String> ANNOTATIONS = Set.of("format.json");

  @TempDir Path directory;

  private record Case(String name, JsonNode group) {}

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    Path suite = Documents.data("json-schema-test-suite/tests/draft2020-12");
    try (Stream<Path> files = Files.list(suite)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (!ANNOTATIONS.contains(name)) {
          Normal.parse(Files.readAllBytes(file))
              .forEach(group ->
                  cases.add(new Case(name + ": " + group.get("description").asString(), group)));
        }
      }
    }
    return cases;
  }

  private String path(int index, Case each) throws IOException {
    JsonNode schema = each.group().get("schema");
    String text = schema.toString();
    if (schema.isObject()) {
      Files.writeString(directory.resolve(index + ".json"), text);
      text = "{ $ref: './" + index + ".json' }";
    }
    return "  /g"
        + index
        + ":\n    put:\n      operationId: g"
        + index
        + "\n      requestBody: { required: true, content: { application/json: { schema: "
        + text
        + " } } }\n      responses: { '204': { description: Done. } }\n";
  }

  private Loaded load(String paths) throws IOException {
    Path document = directory.resolve("openapi.yaml");
    Files.writeString(
        document, "openapi: 3.1.0\ninfo: { title: Suite, version: '1' }\npaths:\n" + paths);
    return OpenApiLoader.load(document, LoadOptions.defaults());
  }

  @Test
  void codecs_judge_as_the_suite_expects() throws IOException {
    List<Case> cases = cases();
    StringBuilder paths = new StringBuilder();
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      String path = path(i, cases.get(i));
      if (load(path).hasErrors()) {
        refused.add(cases.get(i).name());
      } else {
        paths.append(path);
      }
    }
    Generation generation =
        Generator.generate(
            load(paths.toString()),
            new GeneratorOptions(
                "suite",
                EnumSet.of(Part.MODELS, Part.CODECS),
                UnknownEnums.REFUSE,
                Integers.LONG,
                Set.of()));
    Classes classes = Classes.of(generation.files());
    Tally tally = new Tally();
    bodies(generation.model())
        .forEach((index, content) -> tally.add(cases.get(index), content, classes));

    assertThat(tally.differences).isEmpty();
    String report = tally.report(refused);
    if ("write".equals(System.getenv("BRRT_GALLERY"))) {
      Files.writeString(REPORT, report);
    }
    assertThat(report).isEqualTo(Files.readString(REPORT));
  }

  private static Map<Integer, Content> bodies(JavaModel model) {
    Map<Integer, Content> bodies = new LinkedHashMap<>();
    model
        .operations()
        .forEach(operation ->
            bodies.put(
                Integer.parseInt(operation.id().substring(1)),
                operation.request().body().orElseThrow().contents().getFirst()));
    return bodies;
  }

  /** What was counted. */
  private static final class Tally {
    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Set<String> unfusedGroups = new LinkedHashSet<>();
    private int fusedGroups;
    private int tests;
    private int unrepresentable;

    void add(Case each, Content content, Classes classes) {
      List<Unfusable> causes = content.binding().orElseThrow().unfused();
      if (!causes.isEmpty()) {
        unfusedGroups.add(each.name());
        causes.stream()
            .map(cause -> cause.keyword() + ": " + cause.reason())
            .distinct()
            .forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        return;
      }
      fusedGroups++;
      JsonCodec<Object> codec = classes.codec(content.binding().orElseThrow().codec());
      for (JsonNode test : each.group().get("tests")) {
        tests++;
        byte[] json = test.get("data").toString().getBytes(StandardCharsets.UTF_8);
        boolean valid = test.get("valid").booleanValue();
        Decoded<Object> decoded = Json.decode(codec, json, JsonLimits.DEFAULT, Checks.ALL);
        if (decoded instanceof Decoded.Unrepresentable<Object>
            || decoded instanceof Decoded.Unjudged<Object>) {
          unrepresentable++;
        } else if (decoded instanceof Decoded.Value<Object> != valid) {
          differences.add(
              each.name()
                  + ": "
                  + test.get("description").asString()
                  + ": "
                  + test.get("data")
                  + " should be "
                  + (valid ? "valid" : "invalid"));
        }
      }
    }

    String report(List<String> refused) {
      StringBuilder text = new StringBuilder();
      text.append(fusedGroups)
          .append(" groups are fused: ")
          .append(tests)
          .append(" tests, in ")
          .append(unrepresentable)
          .append(" of them the Java type has no such value.\n");
      text.append(unfusedGroups.size()).append(" groups are not fused. Reasons:\n");
      reasons.forEach((reason, count) -> text.append(String.format("%5d  %s%n", count, reason)));
      text.append("Not fused:\n");
      unfusedGroups.forEach(name -> text.append("  ").append(name).append('\n'));
      text.append(refused.size()).append(" groups a document cannot have:\n");
      refused.forEach(name -> text.append("  ").append(name).append('\n'));
      return text.toString();
    }
  }
}
