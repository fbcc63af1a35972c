package io.brrtrouter.benchmarks.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Encoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * From bytes to records and back: Jackson databind, with and without a validator beside it, the
 * tree of this project, and its codecs, which enforce every constraint of the schema.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class CodecBenchmark {
  private static final int LIST_SIZE = 36;

  private static final JsonMapper DATABIND =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  /** Which texts. */
  @Param({"pet", "pets"})
  public String subject = "pet";

  private byte[] bytes;
  private ObjectReader databindReader;
  private ObjectWriter databindWriter;
  private Object databindValue;
  private com.networknt.schema.Schema networknt;
  private CompiledSchema schema;
  private JsonCodec<Object> codec;
  private Object value;

  /** A pet as a team would declare it for databind. */
  record DatabindPet(
      UUID id,
      String name,
      String species,
      int age,
      BigDecimal price,
      List<String> tags,
      Owner owner,
      Status status,
      OffsetDateTime createdAt,
      boolean vaccinated,
      @Nullable BigDecimal weightKg,
      @Nullable String nickname) {

    enum Status {
      available,
      pending,
      sold
    }
  }

  /** Prepares all of them, and makes sure that they agree. */
  @Setup
  public void prepare() {
    boolean list = subject.equals("pets");
    String pet = read("pet.json");
    String petSchema = read("pet.schema.json");
    String document = list ? "{\"type\": \"array\", \"items\": " + petSchema + "}" : petSchema;
    bytes =
        (list ? "[" + String.join(",", Collections.nCopies(LIST_SIZE, pet)) + "]" : pet)
            .getBytes(StandardCharsets.UTF_8);
    prepareDatabind(list, document);
    prepareOurs(list, document);
    require(ours() instanceof Decoded.Value);
    require(tree() instanceof ParsedJson.Valid);
    require(databindAndNetworknt().equals(databindValue));
    require(Arrays.equals(encodeOurs().json(), encodeDatabind()));
    require(Arrays.equals(encodeStreaming(), encodeDatabind()));
  }

  private void prepareDatabind(boolean list, String document) {
    databindReader =
        list
            ? DATABIND.readerFor(new TypeReference<List<DatabindPet>>() {})
            : DATABIND.readerFor(DatabindPet.class);
    databindWriter =
        list
            ? DATABIND.writerFor(new TypeReference<List<DatabindPet>>() {})
            : DATABIND.writerFor(DatabindPet.class);
    databindValue = databindReader.readValue(bytes);
    networknt =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(document);
    networknt.initializeValidators();
  }

  @SuppressWarnings("unchecked") // the value is the codec's
  private void prepareOurs(boolean list, String document) {
    SchemaResource resource =
        SchemaResource.of(URI.create("urn:benchmark:codec"), DATABIND.readTree(document));
    schema = SchemaCompiler.builder().assertFormats(true).build().compile(resource, "", View.PLAIN);
    JsonCodec<?> chosen = list ? PetListCodec.INSTANCE : PetCodec.INSTANCE;
    codec = (JsonCodec<Object>) chosen;
    if (ours() instanceof Decoded.Value<Object>(Object decoded)) {
      value = decoded;
    }
  }

  private void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("they do not agree on " + subject);
    }
  }

  private static String read(String file) {
    String folder = file.equals("pet.json") ? "../" : "";
    try (InputStream in = CodecBenchmark.class.getResourceAsStream(folder + file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the records, unvalidated} */
  @Benchmark
  public Object databind() {
    return databindReader.readValue(bytes);
  }

  /** {@return the records, validated as a tree before} */
  @Benchmark
  public Object databindAndNetworknt() {
    JsonNode tree = DATABIND.readTree(bytes);
    require(networknt.validate(tree, OutputFormat.BOOLEAN));
    return databindReader.readValue(tree);
  }

  /** {@return the tree, validated while it is read} */
  @Benchmark
  public ParsedJson tree() {
    return schema.parse(bytes, JsonLimits.DEFAULT);
  }

  /** {@return the records, validated while they are read} */
  @Benchmark
  public Decoded<Object> ours() {
    return Json.decode(codec, bytes, JsonLimits.DEFAULT, Checks.ALL);
  }

  /** {@return the records, without the constraints of the schema} */
  @Benchmark
  public Decoded<Object> oursUnchecked() {
    return Json.decode(codec, bytes, JsonLimits.DEFAULT, Checks.SYNTAX);
  }

  /** {@return the text, unvalidated} */
  @Benchmark
  public byte[] encodeDatabind() {
    return databindWriter.writeValueAsBytes(databindValue);
  }

  /** {@return the text, written by hand to a generator, unvalidated} */
  @Benchmark
  public byte[] encodeStreaming() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = DATABIND.createGenerator(out)) {
      if (value instanceof List<?> pets) {
        generator.writeStartArray();
        pets.forEach(pet -> write((Pet) pet, generator));
        generator.writeEndArray();
      } else {
        write((Pet) value, generator);
      }
    }
    return out.toByteArray();
  }

  private static void write(Pet pet, JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("id", pet.id().toString());
    out.writeStringProperty("name", pet.name());
    out.writeStringProperty("species", pet.species());
    out.writeNumberProperty("age", pet.age());
    out.writeNumberProperty("price", pet.price());
    out.writeArrayPropertyStart("tags");
    pet.tags().forEach(out::writeString);
    out.writeEndArray();
    out.writeObjectPropertyStart("owner");
    out.writeStringProperty("name", pet.owner().name());
    out.writeStringProperty("email", pet.owner().email());
    out.writeEndObject();
    out.writeStringProperty("status", pet.status().name().toLowerCase(Locale.ROOT));
    out.writeStringProperty("created_at", pet.createdAt().toString());
    out.writeBooleanProperty("vaccinated", pet.vaccinated());
    out.writeEndObject();
  }

  /** {@return the text, validated while it is written} */
  @Benchmark
  public Encoded encodeOurs() {
    return Json.encode(codec, value, Checks.ALL);
  }
}
