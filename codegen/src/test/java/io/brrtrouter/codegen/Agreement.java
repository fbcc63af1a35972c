package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.InstanceGenerator;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaException;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Encoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Holds the generated codecs of a document against its schema programs. */
final class Agreement {
  private final JavaModel model;
  private final Classes classes;
  private final SchemaCompiler compiler;
  private final Map<String, SchemaResource> resources = new HashMap<>();
  private final List<String> differences = new ArrayList<>();

  /** Instances judged by codecs that decide alone. */
  int judged;

  /** Those of them that were valid. */
  int valid;

  /** Instances that Java types cannot hold. */
  int unrepresentable;

  /** Values written, and held against what the program says about the text. */
  int written;

  /** Those of them that break the schema. */
  int violated;

  /** Bodies without an instance to begin with. */
  int without;

  Agreement(Loaded loaded, Generation generation, Classes classes) {
    this.model = generation.model();
    this.classes = classes;
    SchemaCompiler.Builder builder =
        SchemaCompiler.builder().assertFormats(true).allowBacktrackingPatterns(true);
    for (SchemaResource resource : loaded.resources()) {
      builder.resource(resource);
      resources.put(resource.uri().toString(), resource);
    }
    this.compiler = builder.build();
  }

  List<String> differences() {
    return differences;
  }

  /** {@return the JSON bodies with a schema, each schema, codec and view once} */
  static Map<String, Content> bodies(JavaModel model) {
    Map<String, Content> bodies = new LinkedHashMap<>();
    for (Operation operation : model.operations()) {
      Stream.concat(
              operation.request().body().stream().flatMap(body -> body.contents().stream()),
              operation.response().outcomes().stream()
                  .flatMap(outcome -> outcome.content().stream()))
          .filter(content -> content.binding().isPresent() && content.schema().isPresent())
          // Its codec is of events as they are sent, whatever a schema says of objects.
          .filter(content -> !content.item().type().equals(new JavaType.Simple(Scalar.EVENT)))
          .forEach(content -> {
            Binding binding = content.binding().get();
            bodies.putIfAbsent(
                operation.methodName()
                    + " "
                    + binding.view()
                    + " "
                    + binding.codec().simpleName()
                    + " "
                    + content.schema().get().pointer(),
                content);
          });
    }
    return bodies;
  }

  private CompiledSchema program(Content content) {
    Origin schema = content.schema().orElseThrow();
    return compiler.compile(
        resource(content), schema.pointer(), content.binding().orElseThrow().view());
  }

  /** Judges mutations of an instance of every body. */
  void random(int all) {
    Map<String, Content> bodies = bodies(model);
    int each = Math.clamp(all / Math.max(1, bodies.size()), 15, 300);
    bodies.forEach((name, content) -> {
      Optional<JsonNode> instance = instance(content);
      if (instance.isEmpty()) {
        without++;
        return;
      }
      SchemaResource resource = resource(content);
      Mutations mutations =
          new Mutations(
              name.hashCode(),
              resource.root().toString().length() < 100_000
                  ? resource.root()
                  : resource.root().at(content.schema().orElseThrow().pointer()));
      CompiledSchema program = program(content);
      judge(name, content, program, instance.get());
      List<JsonNode> seeds = new ArrayList<>(List.of(instance.get()));
      for (int i = 0; i < each; i++) {
        JsonNode seed = seeds.get(i % seeds.size());
        JsonNode mutation = mutations.of(seed);
        if (judge(name, content, program, mutation) && seeds.size() < 40) {
          seeds.add(mutation);
        }
      }
    });
  }

  private SchemaResource resource(Content content) {
    return Objects.requireNonNull(
        resources.get(content.schema().orElseThrow().resource().toString()));
  }

  private Optional<JsonNode> instance(Content content) {
    try {
      return InstanceGenerator.generate(
          resource(content),
          content.schema().orElseThrow().pointer(),
          content.binding().orElseThrow().view(),
          compiler);
    } catch (SchemaException e) {
      return Optional.empty();
    }
  }

  /** Compares everything about one instance; answers whether the program finds it valid. */
  boolean judge(String name, Content content, CompiledSchema program, JsonNode instance) {
    byte[] json = instance.toString().getBytes(StandardCharsets.UTF_8);
    boolean isValid = program.parse(json, JsonLimits.DEFAULT) instanceof ParsedJson.Valid;
    Binding binding = content.binding().orElseThrow();
    JsonCodec<Object> codec = classes.codec(binding.codec());
    if (binding.isFused()) {
      fused(name, codec, isValid, json);
    }
    bound(name, content, program, codec, isValid, json);
    return isValid;
  }

  private void fused(String name, JsonCodec<Object> codec, boolean isValid, byte[] json) {
    judged++;
    valid += isValid ? 1 : 0;
    switch (Json.decode(codec, json, JsonLimits.DEFAULT, Checks.ALL)) {
      case Decoded.Value<Object> _ -> differ(!isValid, name, "accepts what is invalid", json);
      case Decoded.Refused<Object> _ -> differ(isValid, name, "refuses what is valid", json);
      case Decoded.Unrepresentable<Object> _ -> {
        unrepresentable++;
        differ(
            Json.decode(codec, json, JsonLimits.DEFAULT, Checks.SYNTAX)
                instanceof Decoded.Value<Object>,
            name,
            "cannot represent what it reads without judging",
            json);
      }
      case Decoded.Unjudged<Object> _ -> {
        // What the program finds counts, and there is nothing to compare it with.
      }
    }
  }

  private void differ(boolean different, String name, String what, byte[] json) {
    if (different) {
      differences.add(name + " " + what + ": " + new String(json, StandardCharsets.UTF_8));
    }
  }

  /** Binds without judging, writes again, and compares text and verdict. */
  private void bound(
      String name,
      Content content,
      CompiledSchema program,
      JsonCodec<Object> codec,
      boolean isValid,
      byte[] json) {
    Decoded<Object> decoded = Json.decode(codec, json, JsonLimits.DEFAULT, Checks.SYNTAX);
    if (!(decoded instanceof Decoded.Value<Object>(var value))) {
      return;
    }
    Encoded encoded = Json.encode(codec, value, Checks.ALL);
    written++;
    JsonNode text = Normal.parse(encoded.json());
    boolean finite = !new String(json, StandardCharsets.UTF_8).contains("E+");
    if (content.binding().orElseThrow().isFused() && (isValid || finite)) {
      boolean isValidText =
          program.parse(encoded.json(), JsonLimits.DEFAULT) instanceof ParsedJson.Valid;
      violated += isValidText ? 0 : 1;
      differ(
          encoded.valid() != isValidText,
          name,
          isValidText ? "reports a violation in" : "reports nothing about",
          encoded.json());
    }
    if (isValid) {
      JsonNode expected =
          new Normal(model.byName(), this::fits, true).of(content.item(), Normal.parse(json));
      JsonNode actual = new Normal(model.byName(), this::fits, false).of(content.item(), text);
      differ(
          !expected.equals(actual),
          name,
          "writes\n  " + actual + "\n  instead of\n  " + expected + "\n  for",
          json);
    }
  }

  private boolean fits(Value value, JsonNode node) {
    byte[] json = node.toString().getBytes(StandardCharsets.UTF_8);
    return value.type() instanceof JavaType.Declared(var name)
        && Json.decode(classes.codec(JavaModel.codec(name)), json, JsonLimits.DEFAULT, Checks.ALL)
            instanceof Decoded.Value<Object>;
  }

  void assertAgrees() {
    assertThat(differences.stream().limit(10)).isEmpty();
  }
}
