package io.brrtrouter.benchmarks;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.diff.DocumentDiff;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares a large document with an edited self: {@code DiffRounds FILE COPIES ROUNDS}. The
 * document is FILE several times, with paths and schemas of each copy by other names; the edit
 * lowers every {@code maxLength} of 4000, of which each copy has some.
 */
public final class DiffRounds {
  private static final Pattern SCHEMA = Pattern.compile("#/components/schemas/");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DiffRounds() {}

  /**
   * Measures.
   *
   * @param args a document in JSON, how often it is taken, and how often the two are compared
   */
  public static void main(String[] args) throws IOException {
    ObjectNode large = copies(Files.readString(Path.of(args[0])), Integer.parseInt(args[1]));
    Path directory = Files.createTempDirectory("diff");
    Path old = Files.writeString(directory.resolve("old.json"), large.toPrettyString());
    Path now =
        Files.writeString(
            directory.resolve("new.json"),
            large.toPrettyString().replace("\"maxLength\" : 4000", "\"maxLength\" : 2000"));
    System.out.printf("%,d octets%n", Files.size(old));
    for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
      round(round, old, now);
    }
    Files.delete(old);
    Files.delete(now);
    Files.delete(directory);
  }

  private static ObjectNode copies(String text, int count) {
    ObjectNode large = (ObjectNode) JSON.readTree(text);
    ObjectNode paths = (ObjectNode) large.path("paths");
    ObjectNode schemas = (ObjectNode) large.path("components").path("schemas");
    for (int copy = 2; copy <= count; copy++) {
      String name = "C" + copy;
      JsonNode other =
          JSON.readTree(
              SCHEMA
                  .matcher(text)
                  .replaceAll(Matcher.quoteReplacement("#/components/schemas/" + name)));
      for (Map.Entry<String, JsonNode> each : other.path("paths").properties()) {
        paths.set("/" + name + each.getKey(), named(each.getValue(), name));
      }
      for (Map.Entry<String, JsonNode> each :
          other.path("components").path("schemas").properties()) {
        schemas.set(name + each.getKey(), each.getValue());
      }
    }
    return large;
  }

  /** {@return a path item whose operations are called otherwise} */
  private static JsonNode named(JsonNode item, String prefix) {
    for (JsonNode operation : item) {
      JsonNode id = operation.path("operationId");
      if (id.isString()) {
        ((ObjectNode) operation)
            .set(
                "operationId",
                JsonNodeFactory.instance.stringNode(prefix + "_" + id.stringValue()));
      }
    }
    return item;
  }

  private static void round(int round, Path old, Path now) {
    long start = cpu();
    Loaded before = OpenApiLoader.load(old, LoadOptions.defaults());
    Loaded after = OpenApiLoader.load(now, LoadOptions.defaults());
    long loaded = cpu();
    DocumentDiff diff = DocumentDiff.between(before, after, LocalDate.of(2026, 1, 1));
    long compared = cpu();
    System.out.printf(
        "round %d: both read in %d ms, compared in %d ms of CPU: %s%n",
        round, (loaded - start) / 1_000_000, (compared - loaded) / 1_000_000, diff.summary());
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
