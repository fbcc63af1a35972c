package io.brrtrouter.benchmarks;

import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;

/**
 * A valid instance validated by this project, networknt and dev.harrel, parsing not counted; and
 * the same from bytes, parsing counted. Formats are annotations for all, the draft's default.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls compile() before anything else
public class SchemaBenchmark {
  private static final String BASE = "https://benchmark.example/document";

  /** Which schema and instance. */
  @Param({"scalars", "pet", "tree", "shapes", "adyen", "discord"})
  public String subject = "pet";

  private byte[] bytes;
  private JsonNode tree;
  private dev.harrel.jsonschema.JsonNode harrelTree;
  private CompiledSchema ours;
  private com.networknt.schema.Schema networknt;
  private Validator harrel;
  private URI harrelSchema;

  /** Compiles for all three, and makes sure that each accepts the instance. */
  @Setup
  public void compile() {
    SchemaSubject chosen = SchemaSubject.named(subject);
    bytes = chosen.instance();
    tree = chosen.tree();
    ours =
        SchemaCompiler.builder()
            .resource(chosen.resource())
            .build()
            .compile(chosen.resource(), chosen.pointer(), View.PLAIN);
    String id = chosen.resource().root().path("$id").asString(BASE);
    networknt =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(id, chosen.documentText())))
            .getSchema(SchemaLocation.of(id + "#" + chosen.pointer()));
    networknt.initializeValidators();
    harrel =
        new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();
    harrel.registerSchema(URI.create(id), chosen.documentText());
    harrelSchema = URI.create(id + "#" + chosen.pointer());
    harrelTree = new JacksonNode.Factory().create(new String(bytes, StandardCharsets.UTF_8));
    require("brrtrouter", ours());
    require("brrtrouter from bytes", oursFromBytes() instanceof ParsedJson.Valid);
    require("networknt", networknt());
    require("harrel", harrel());
  }

  private void require(String who, boolean valid) {
    if (!valid) {
      throw new IllegalStateException(who + " refuses the instance of " + subject);
    }
  }

  /** {@return the verdict of this project} */
  @Benchmark
  public boolean ours() {
    return ours.isValid(tree);
  }

  /** {@return tree and verdict of this project, from bytes} */
  @Benchmark
  public ParsedJson oursFromBytes() {
    return ours.parse(bytes, JsonLimits.DEFAULT);
  }

  /** {@return the verdict of this project on what {@link JsonReader} reads, from bytes} */
  @Benchmark
  public boolean parseThenJudge() {
    return JsonReader.read(bytes, JsonLimits.DEFAULT) instanceof ParsedJson.Valid(JsonNode value)
        && ours.isValid(value);
  }

  /** {@return the tree, from bytes, without validation} */
  @Benchmark
  public JsonNode parseOnly() {
    return SchemaSubject.JSON.readTree(bytes);
  }

  /** {@return the verdict of networknt} */
  @Benchmark
  public boolean networknt() {
    return networknt.validate(tree, OutputFormat.BOOLEAN);
  }

  /** {@return the verdict of dev.harrel} */
  @Benchmark
  public boolean harrel() {
    return harrel.validate(harrelSchema, harrelTree).isValid();
  }
}
