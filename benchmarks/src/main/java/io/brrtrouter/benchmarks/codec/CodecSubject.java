package io.brrtrouter.benchmarks.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * A body as sent, the codec that is generated for it, and the types a team would declare for
 * databind.
 *
 * @param json the body
 * @param codec decodes and encodes it, every constraint enforced
 * @param resource the document
 * @param pointer where the schema of the body stands
 * @param mapper databind, set up for the types
 * @param type what databind makes of the body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CodecSubject(
    byte[] json,
    JsonCodec<Object> codec,
    SchemaResource resource,
    String pointer,
    JsonMapper mapper,
    JavaType type) {
  private static final int LIST_SIZE = 36;

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Pets, version: "1"}
      paths:
        /pets:
          post:
            operationId: addPet
            requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
            responses: {"204": {description: done}}
          put:
            operationId: putPets
            requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pets"}}}}
            responses: {"204": {description: done}}
      components:
        schemas:
          Pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}
          Pet: <schema>
      """;

  /** A pet as a team would declare it for databind. */
  record Pet(
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

    record Owner(String name, String email) {}

    enum Status {
      available,
      pending,
      sold
    }
  }

  /**
   * {@return a subject}
   *
   * @param name {@code pet}, {@code pets} for 36 of them; with test data of others {@code adyen}
   */
  static CodecSubject named(String name) {
    try {
      return switch (name) {
        case "pet" -> pets(text("../pet.json"), "addPet", "Pet", new TypeReference<Pet>() {});
        case "pets" ->
            pets(
                "[" + String.join(",", Collections.nCopies(LIST_SIZE, text("../pet.json"))) + "]",
                "putPets",
                "Pets",
                new TypeReference<List<Pet>>() {});
        case "adyen" -> payment();
        default -> throw new IllegalArgumentException("no subject " + name);
      };
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static CodecSubject pets(
      String json, String operation, String schema, TypeReference<?> type) throws IOException {
    Path document = Files.createTempFile("pets", ".yaml");
    try {
      String inOneLine = text("pet.schema.json").replaceAll("\\s*\n\\s*", " ");
      Files.writeString(document, DOCUMENT.replace("<schema>", inOneLine));
      JsonMapper mapper =
          builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
      return of(document, json, operation, schema, mapper, mapper.constructType(type));
    } finally {
      Files.delete(document);
    }
  }

  /** Databind makes the generated records: nobody declares these 75 properties another time. */
  private static CodecSubject payment() throws IOException {
    Path data = Path.of(System.getProperty("brrt.data", "../shared/data"));
    Path document = data.resolve("real/adyen/CheckoutService-v72.yaml");
    if (Files.notExists(document)) {
      throw new IllegalStateException(
          "no document at " + document + ": BRRT_DATA names the directory of the test data");
    }
    String json = text("payment.json");
    JsonMapper none = builder().build();
    CodecSubject subject =
        of(document, json, "post-payments", "PaymentRequest", none, none.constructType(Map.class));
    if (Json.decode(subject.codec, subject.json, JsonLimits.DEFAULT, Checks.ALL)
        instanceof Decoded.Value<Object>(Object payment)) {
      JsonMapper mapper =
          builder()
              .annotationIntrospector(new GeneratedEnums())
              .addModule(methods(payment))
              .build();
      JavaType type = mapper.constructType(payment.getClass());
      return new CodecSubject(
          subject.json, subject.codec, subject.resource, subject.pointer, mapper, type);
    }
    throw new IllegalStateException("the payment is refused");
  }

  /** Databind is told which payment method it will be, so that it need not find out. */
  @SuppressWarnings("unchecked") // the one is a class that implements the other
  private static SimpleModule methods(Object payment) {
    try {
      Method accessor = payment.getClass().getMethod("paymentMethod");
      Class<Object> method = (Class<Object>) accessor.getReturnType();
      return new SimpleModule()
          .addAbstractTypeMapping(method, accessor.invoke(payment).getClass().asSubclass(method));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Generated enums have annotations of nobody, but a method that says what their values are. */
  private static final class GeneratedEnums extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
      try {
        for (int i = 0; i < values.length; i++) {
          names[i] = (String) values[i].getDeclaringClass().getMethod("value").invoke(values[i]);
        }
      } catch (ReflectiveOperationException none) {
        return super.findEnumValues(config, type, values, names);
      }
      return names;
    }
  }

  private static CodecSubject of(
      Path document,
      String json,
      String operation,
      String schema,
      JsonMapper mapper,
      JavaType type) {
    SchemaResource resource =
        OpenApiLoader.load(document, LoadOptions.defaults()).resources().getFirst();
    return new CodecSubject(
        json.getBytes(StandardCharsets.UTF_8),
        GeneratedCodec.of(document, operation),
        resource,
        "/components/schemas/" + schema,
        mapper,
        type);
  }

  private static JsonMapper.Builder builder() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
  }

  private static String text(String file) throws IOException {
    try (InputStream in = CodecSubject.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** {@return the schema as networknt compiles it} */
  Schema networknt() {
    String base = "https://benchmark.example/document";
    Schema schema =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(base, resource.root().toString())))
            .getSchema(SchemaLocation.of(base + "#" + pointer));
    schema.initializeValidators();
    return schema;
  }
}
