package io.brrtrouter.benchmarks.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.InstanceGenerator;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Encoded;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A codec agrees with the schema it was written for:")
class CodecsAgreeTest {
  private static final int RUNS = 60_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Random random = new Random(41);

  private static SchemaResource resource(String file) {
    try (InputStream in = CodecsAgreeTest.class.getResourceAsStream(file)) {
      return SchemaResource.of(
          URI.create("urn:test:" + file), JSON.readTree(Objects.requireNonNull(in).readAllBytes()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SchemaCompiler compiler() {
    return SchemaCompiler.builder().assertFormats(true).build();
  }

  private static CompiledSchema schema(String file) {
    return compiler().compile(resource(file), "", View.PLAIN);
  }

  /** Asserts the same verdict, and that what is accepted survives being written. */
  private static <T> boolean agrees(JsonCodec<T> codec, CompiledSchema schema, byte[] json) {
    String shown = new String(json, StandardCharsets.UTF_8);
    boolean valid = schema.parse(json, JsonLimits.DEFAULT) instanceof ParsedJson.Valid;
    Decoded<T> decoded = Json.decode(codec, json, JsonLimits.DEFAULT, Checks.ALL);
    assertThat(decoded instanceof Decoded.Value).as(shown).isEqualTo(valid);
    if (decoded instanceof Decoded.Value<T>(T value)) {
      assertThat(Json.decode(codec, json, JsonLimits.DEFAULT, Checks.SYNTAX)).isEqualTo(decoded);
      Encoded encoded = Json.encode(codec, value, Checks.ALL);
      assertThat(encoded.valid()).as(shown).isTrue();
      assertThat(schema.parse(encoded.json(), JsonLimits.DEFAULT))
          .isInstanceOf(ParsedJson.Valid.class);
      assertThat(Json.decode(codec, encoded.json(), JsonLimits.DEFAULT, Checks.ALL))
          .isEqualTo(decoded);
    }
    return valid;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String object(Map<String, String> members) {
    List<String> names = new ArrayList<>(members.keySet());
    if (random.nextBoolean()) {
      Collections.shuffle(names, random);
    }
    return names.stream()
        .map(name -> "\"" + name + "\":" + members.get(name))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Bytes changed here and there; some changes do no harm. */
  private byte[] damaged(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0) {
      text[random.nextInt(text.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(16) == 0 ? Arrays.copyOf(text, random.nextInt(text.length)) : text;
  }

  @Nested
  class Pets {
    private static final CompiledSchema SCHEMA = schema("pet.schema.json");

    private static final Map<String, List<String>> GOOD =
        Map.ofEntries(
            Map.entry("id", List.of("\"7f3c1c60-4b52-4d3e-9f1a-0d9d7c3f5a11\"")),
            Map.entry("name", List.of("\"Rex\"", "\"ä\"", "\"😀\"", "\"\\u0041\\n\"")),
            Map.entry("species", List.of("\"dog\"", "\"c\\u0061t\"")),
            Map.entry("age", List.of("0", "4", "100", "4.0", "1e1", "-0", "40e-1")),
            Map.entry("price", List.of("129.95", "0.01", "1e3", "12.50", "5", "1.000")),
            Map.entry("tags", List.of("[]", "[\"a\",\"b\"]", "[\"\"]", "[ \"x\" , \"y\" ]")),
            Map.entry(
                "owner",
                List.of(
                    "{\"name\":\"Maria\",\"email\":\"m@example.com\"}",
                    "{\"email\":\"m@example.com\",\"x\":[1,{}],\"name\":\"M\"}")),
            Map.entry("status", List.of("\"available\"", "\"pending\"", "\"so\\u006cd\"")),
            Map.entry(
                "created_at",
                List.of(
                    "\"2026-02-03T10:15:30Z\"",
                    "\"2016-12-31T23:59:60Z\"",
                    "\"2026-02-03t10:15:30.123456789+23:00\"")),
            Map.entry("vaccinated", List.of("true", "false")),
            Map.entry("weight_kg", List.of("0", "-0.0", "1.25", "1e400")),
            Map.entry("nickname", List.of("null", "\"Rexy\"", "\"\"")));

    private static final List<String> ODD =
        List.of(
            "null",
            "true",
            "1",
            "-1",
            "0",
            "101",
            "1.5",
            "0.001",
            "1e-400",
            "1e2147483648",
            "\"\"",
            "\"x\"",
            "\"" + "y".repeat(81) + "\"",
            "\"" + "😀".repeat(80) + "\"",
            "[]",
            "{}",
            "[\"a\",\"a\"]",
            "[\"a\",\"\\u0061\"]",
            "[1]",
            "[null]",
            "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\"]",
            "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]",
            "{\"name\":\"\",\"email\":\"m@example.com\"}",
            "{\"name\":\"M\",\"email\":\"m@\"}",
            "{\"name\":\"M\"}",
            "{\"name\":\"M\",\"name\":\"M\",\"email\":\"m@example.com\"}",
            "\"7F3C1C60-4B52-4D3E-9F1A-0D9D7C3F5A11\"",
            "\"7f3c1c60-4b52-4d3e-9f1a-0d9d7c3f5a1\"",
            "\"2026-02-30T10:15:30Z\"",
            "\"2026-02-03T24:00:00Z\"",
            "\"DOG\"",
            "\"Sold\"");

    private Map<String, String> pet() {
      Map<String, String> pet = new LinkedHashMap<>();
      for (String name :
          List.of(
              "id",
              "name",
              "species",
              "age",
              "price",
              "tags",
              "owner",
              "status",
              "created_at",
              "vaccinated",
              "weight_kg",
              "nickname")) {
        boolean optional = List.of("tags", "vaccinated", "weight_kg", "nickname").contains(name);
        if (!optional || random.nextBoolean()) {
          pet.put(name, pick(Objects.requireNonNull(GOOD.get(name))));
        }
      }
      return pet;
    }

    private void spoil(Map<String, String> pet) {
      String name = pick(List.copyOf(GOOD.keySet()));
      switch (random.nextInt(8)) {
        case 0 -> pet.remove(name);
        case 1 -> pet.put("unknown", pick(ODD));
        default -> pet.put(name, pick(ODD));
      }
    }

    @Test
    void onRandomPets() {
      int valid = 0;
      for (int i = 0; i < RUNS; i++) {
        Map<String, String> pet = pet();
        for (int j = random.nextInt(3); j > 0; j--) {
          spoil(pet);
        }
        valid += agrees(PetCodec.INSTANCE, SCHEMA, damaged(object(pet))) ? 1 : 0;
      }
      assertThat(valid).isBetween(RUNS / 5, RUNS * 4 / 5);
    }

    @Test
    void onTheInstanceGeneratedFromTheSchema() {
      String instance =
          InstanceGenerator.generate(resource("pet.schema.json"), "", View.PLAIN, compiler())
              .orElseThrow()
              .toString();
      assertThat(agrees(PetCodec.INSTANCE, SCHEMA, instance.getBytes(StandardCharsets.UTF_8)))
          .isTrue();
      for (int i = 0; i < RUNS / 4; i++) {
        agrees(PetCodec.INSTANCE, SCHEMA, damaged(instance));
      }
      byte[] list = ("[" + instance + "," + instance + "]").getBytes(StandardCharsets.UTF_8);
      assertThat(Json.decode(PetListCodec.INSTANCE, list, JsonLimits.DEFAULT, Checks.ALL))
          .isInstanceOf(Decoded.Value.class);
    }

    @Test
    void onDefaultsAndTheThreeStates() {
      Map<String, String> members = pet();
      members.keySet().removeAll(List.of("tags", "vaccinated", "weight_kg", "nickname"));
      Pet pet = decode(members);
      assertThat(pet.tags()).isEmpty();
      assertThat(pet.vaccinated()).isFalse();
      assertThat(pet.weightKg()).isNull();
      assertThat(pet.nickname()).isEqualTo(Field.absent());
      members.put("nickname", "null");
      assertThat(decode(members).nickname()).isEqualTo(Field.ofNull());
      members.put("nickname", "\"Rexy\"");
      assertThat(decode(members).nickname()).isEqualTo(Field.of("Rexy"));
    }

    private Pet decode(Map<String, String> members) {
      byte[] json = object(members).getBytes(StandardCharsets.UTF_8);
      if (Json.decode(PetCodec.INSTANCE, json, JsonLimits.DEFAULT, Checks.ALL)
          instanceof Decoded.Value<Pet>(Pet pet)) {
        return pet;
      }
      throw new AssertionError(object(members));
    }

    /** What the encoder objects to is exactly what the program objects to in the text it wrote. */
    @Test
    void onPetsThatAreWritten() {
      int valid = 0;
      for (int i = 0; i < RUNS; i++) {
        Encoded encoded = Json.encode(PetCodec.INSTANCE, randomPet(), Checks.ALL);
        ParsedJson parsed = SCHEMA.parse(encoded.json(), JsonLimits.DEFAULT);
        assertThat(encoded.valid())
            .as(new String(encoded.json(), StandardCharsets.UTF_8))
            .isEqualTo(parsed instanceof ParsedJson.Valid);
        valid += encoded.valid() ? 1 : 0;
      }
      assertThat(valid).isBetween(RUNS / 10, RUNS * 9 / 10);
    }

    private Pet randomPet() {
      List<String> texts =
          List.of("dog", "cat", "cow", "dog", "bee", "", "ä", "😀\n", "x".repeat(50), "\ud83d");
      List<String> mostly = random.nextInt(4) == 0 ? texts : List.of("dog", "cat", "cow");
      return new Pet(
          new UUID(random.nextLong(), random.nextLong()),
          pick(mostly),
          pick(mostly),
          random.nextInt(105),
          BigDecimal.valueOf(random.nextInt(10_000), random.nextInt(16) == 0 ? 3 : 2),
          List.of("small", random.nextInt(16) == 0 ? "small" : pick(mostly)),
          new Owner(pick(mostly), random.nextInt(16) == 0 ? "m@" : "m@example.com"),
          pick(List.of(Pet.Status.values())),
          OffsetDateTime.parse(
              random.nextInt(32) == 0 ? "+10000-01-01T00:00Z" : "2026-01-01T00:00:00.5+01:00"),
          random.nextBoolean(),
          random.nextBoolean() ? null : BigDecimal.valueOf(random.nextInt(100) - 5),
          random.nextBoolean() ? Field.ofNull() : Field.of(pick(mostly)));
    }
  }

  @Nested
  class Payments {
    private static final CompiledSchema SCHEMA = schema("payment.schema.json");

    @Test
    void onRandomPayments() {
      int valid = 0;
      for (int i = 0; i < RUNS; i++) {
        Map<String, String> payment = new LinkedHashMap<>();
        payment.put("method", pick(List.of("\"card\"", "\"transfer\"", "\"c\\u0061rd\"")));
        boolean card = random.nextBoolean();
        if (card || random.nextInt(8) == 0) {
          payment.put("number", pick(List.of("\"123456789012\"", "\"1234567890123456\"")));
          payment.put("expires", "\"2028-02-29\"");
        }
        if (!card || random.nextInt(8) == 0) {
          payment.put("iban", "\"DE02120300000000202051\"");
          payment.put("nested", "[{\"method\":\"card\"},\"\\\"method\\\":1\"]");
        }
        if (random.nextInt(4) == 0) {
          payment.put(
              pick(List.of("method", "number", "expires", "iban", "reference")),
              pick(List.of("null", "1", "\"\"", "\"cash\"", "\"12345678901\"", "{}")));
        }
        valid += agrees(PaymentCodec.INSTANCE, SCHEMA, damaged(object(payment))) ? 1 : 0;
      }
      assertThat(valid).isBetween(RUNS / 5, RUNS * 4 / 5);
    }
  }
}
