package io.brrtrouter.conformance.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.TestData;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Fallback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document in which lint finds no error can be served. Shown with documents of others in which
 * something strange was put somewhere; whatever that makes of them, nothing is thrown.
 */
@DisplayName("Lint and server")
class LintAndServeAgreeTest {
  private static final int ROUNDS = 1_500;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What depends on where operations end up, which the command line asks the compiler for. */
  private static final Set<String> OF_THE_SERVER = Set.of("path-conflict");

  static final DispatchOptions MOCKED =
      DispatchOptions.builder()
          .fallback(Fallback.MOCK)
          .security(SecurityOptions.UNREQUIRED)
          .build();

  private static final List<String> STRANGE =
      List.of(
          "null",
          "true",
          "7",
          "-1.5",
          "0",
          "1e30",
          "\"\"",
          "\"a b\"",
          "\"/\"",
          "\"{x}\"",
          "\"[\"",
          "\"%\"",
          "\"/v1/../x\"",
          "\"//x\"",
          "\"?a\"",
          "\"http://[::1\"",
          "\"(?=a)\"",
          "\"(a\"",
          "\"*/*\"",
          "\"a/b; c=\\\"d\\\"\"",
          "\"deepObject\"",
          "\"matrix\"",
          "\"cookie\"",
          "\"header\"",
          "\"querystring\"",
          "\"path\"",
          "\"Content-Type\"",
          "\"multipart/form-data\"",
          "\"application/x-www-form-urlencoded\"",
          "false",
          "[]",
          "{}",
          "[\"object\", \"null\"]",
          "{\"not\": {}}",
          "{\"type\": \"string\", \"pattern\": \"(?<!a)b\"}",
          "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": {\"type\": \"object\"}}}",
          "{\"oneOf\": [{\"type\": \"array\"}, {\"type\": \"object\"}]}",
          "{\"$ref\": \"#\"}",
          "{\"$ref\": \"#/components/schemas/Pet\"}",
          "{\"$dynamicRef\": \"#x\"}",
          "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}",
          "{\"$id\": \"http://a/b\", \"$ref\": \"c\"}",
          "{\"text/plain\": {\"schema\": {\"type\": \"object\"}}}");

  @TempDir Path directory;

  @Test
  void agreeOnDocumentsOfOthersWithSomethingStrangeInThem() throws IOException {
    List<JsonNode> roots = new ArrayList<>();
    for (String folder : List.of("oai-examples", "oai-schema-tests")) {
      TestData.list(folder).stream()
          .map(document -> OpenApiLoader.load(document, LoadOptions.defaults()))
          .filter(loaded -> !loaded.documents().isEmpty() && !loaded.hasErrors())
          .map(loaded -> loaded.documents().getFirst().root())
          .forEach(roots::add);
    }
    Random random = new Random(20_261_126);
    Path file = directory.resolve("api.json");
    int served = 0;
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode changed = roots.get(random.nextInt(roots.size())).deepCopy();
      change(changed, random, roots);
      Files.writeString(file, changed.toString());
      served += isServed(file) ? 1 : 0;
    }
    assertThat(served).isGreaterThan(ROUNDS / 10);
  }

  /** {@return whether lint has no error to report, and then nothing else has} */
  private static boolean isServed(Path file) throws IOException {
    Loaded loaded = OpenApiLoader.load(file, LoadOptions.defaults());
    Loaded linted = loaded.withFindings(Linter.lint(loaded));
    if (linted.hasErrors()) {
      return false;
    }
    if (ApiCompiler.compile(linted, MOCKED, Map.of(), Map.of())
        instanceof Compilation.Refused refused) {
      assertThat(refused.findings())
          .filteredOn(finding -> finding.severity() == Severity.ERROR)
          .as(() -> "lint finds no error in " + content(file))
          .extracting(Finding::rule)
          .isSubsetOf(OF_THE_SERVER);
    }
    return true;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return gone.toString();
    }
  }

  /** Puts something strange somewhere, or takes something away, or calls it otherwise. */
  private static void change(JsonNode root, Random random, List<JsonNode> roots) {
    JsonNode strange =
        random.nextInt(3) == 0
            ? container(roots.get(random.nextInt(roots.size())), random).deepCopy()
            : JSON.readTree(STRANGE.get(random.nextInt(STRANGE.size())));
    JsonNode container = container(root, random);
    if (container instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), strange);
    } else if (container instanceof ObjectNode object) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(5)) {
        case 0 -> object.set(name + "x", object.remove(name));
        case 1 -> object.remove(name);
        case 2 -> object.set(strange.isString() ? strange.stringValue() : "", object.remove(name));
        default -> object.set(name, strange);
      }
    }
  }

  /** {@return one of the objects and lists in a value} */
  private static JsonNode container(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    return containers.get(random.nextInt(containers.size()));
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }
}
