package io.brrtrouter.schema.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.Effort;
import io.brrtrouter.schema.JsonLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@DisplayName("A decoder")
class JsonInputTest {
  private static final TextTable FIELDS = TextTable.of("id", "name", "größe", "q\"");

  private static List<String> fields(JsonInput in) {
    List<String> fields = new ArrayList<>();
    in.beginObject();
    for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
      fields.add(field == JsonInput.UNKNOWN ? in.unknownName() : String.valueOf(field));
      in.skip();
    }
    return fields;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                        | []
          {"id":1,"name":2,"größe":3,"q\\"":4}      | [0, 1, 2, 3]
          {"q\\"":4,"größe":3,"name":2,"id":1}      | [3, 2, 1, 0]
          { "id" : 1 , "name"\t:2}                  | [0, 1]
          {"\\u0069d":1,"gr\\u00f6\\u00dfe":2}      | [0, 2]
          {"ids":1,"i":2,"":3,"nam":4,"q":5}        | [ids, i, , nam, q]
          {"id":{"id":{"name":[]}},"name":[{}]}     | [0, 1]
          """)
  void knowsFieldsByTheirIndex(String json, String expected) {
    assertThat(Values.decode(JsonInputTest::fields, json).map(Object::toString)).contains(expected);
  }

  @Test
  void seesEachFieldOnce() {
    JsonDecoder<Long> decoder =
        in -> {
          long seen = 0;
          in.beginObject();
          for (int f = in.nextField(FIELDS); f != JsonInput.END; f = in.nextField(FIELDS)) {
            seen = in.once(seen, f);
            in.skip();
          }
          return seen;
        };
    assertThat(Values.decode(decoder, "{\"name\":1,\"x\":1,\"id\":1}")).contains(3L);
    assertThat(Values.decode(decoder, "{\"name\":1,\"name\":1}")).isEmpty();
    assertThat(Values.decode(decoder, "{\"name\":1,\"n\\u0061me\":1}")).isEmpty();
    assertThat(Values.decode(decoder, "{\"x\":1,\"\\u0078\":1}")).isEmpty();
  }

  @Test
  void knowsTheStringsOfAnEnum() {
    TextTable values = TextTable.of("red", "green", "blau");
    JsonDecoder<Integer> decoder = in -> in.readEnum(values);
    assertThat(Values.decode(decoder, "\"green\"")).contains(1);
    assertThat(Values.decode(decoder, "\"gr\\u0065en\"")).contains(1);
    assertThat(Values.decode(decoder, "\"Green\"")).contains(JsonInput.UNKNOWN);
    assertThat(Values.decode(decoder, "1")).isEmpty();
  }

  @Test
  void tellsNullFromNoValue() {
    JsonDecoder<Optional<String>> decoder =
        in -> in.readNull() ? Optional.empty() : Optional.of(in.readString());
    assertThat(Values.decode(decoder, "null")).contains(Optional.empty());
    assertThat(Values.decode(decoder, "\"a\"")).contains(Optional.of("a"));
    assertThat(Values.decode(decoder, "nul")).isEmpty();
    assertThat(Values.decode(decoder, "1")).isEmpty();
  }

  @Test
  void knowsWhetherItIsToCheck() {
    JsonDecoder<Boolean> decoder =
        in -> {
          in.skip();
          return in.checking();
        };
    byte[] json = Values.utf8("1");
    assertThat(Json.decode(decoder, json, JsonLimits.DEFAULT, Checks.ALL))
        .isEqualTo(new Decoded.Value<>(true));
    assertThat(Json.decode(decoder, json, JsonLimits.DEFAULT, Checks.SYNTAX))
        .isEqualTo(new Decoded.Value<>(false));
  }

  @Test
  void readsFreeFormPartsAsTrees() {
    JsonDecoder<List<JsonNode>> decoder =
        in -> {
          List<JsonNode> items = new ArrayList<>();
          in.beginArray();
          while (in.nextItem()) {
            items.add(JsonTrees.read(in));
          }
          return items;
        };
    assertThat(Values.decode(decoder, "[1, {\"a\":[1.50,\"\\n\"]} ,null]").map(Object::toString))
        .contains("[1, {\"a\":[1.50,\"\\n\"]}, null]");
    assertThat(Values.decode(decoder, "[{\"a\":1,\"a\":2}]")).isEmpty();
  }

  @Test
  void thatFailsOnItsOwnIsNotARefusal() {
    JsonDecoder<String> broken =
        in -> {
          throw new IllegalStateException("a bug");
        };
    assertThatThrownBy(() -> Values.decode(broken, "1")).hasMessage("a bug");
    JsonDecoder<Integer> unbalanced = in -> in.nextField(FIELDS);
    assertThatThrownBy(() -> Values.decode(unbalanced, "}"))
        .isInstanceOf(JsonInput.Refusal.class.getSuperclass());
  }

  @Nested
  class LooksAhead {
    private static final TextTable TAG = TextTable.of("type");
    private static final TextTable TAGS = TextTable.of("cat", "dog");
    private static final JsonDecoder<Integer> DECODER =
        in -> {
          int tag = in.tag(TAG, TAGS);
          in.skip();
          return tag;
        };

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            {"type":"dog"}                                             | 1
            { "type" : "cat" , "a" : 1 }                               | 0
            {"a":1,"b":[{"type":"cat"},"}],{"],"type":"dog"}           | 1
            {"a":{"type":"cat"},"b":"\\"type\\":","type":"dog"}        | 1
            {"t\\u0079pe":"d\\u006fg"}                                 | 1
            {"typ":"cat","types":"cat","":"cat","type":"dog"}          | 1
            {"type":"cow"}                                             | -1
            {"type":1}                                                 |
            {"type":null}                                              |
            {"a":1}                                                    |
            {}                                                         |
            []                                                         |
            "type"                                                     |
            {"type":"cat","type":"dog"}                                |
            {"a":1,"type":"cat"                                        |
            {"a":01,"type":"cat"}                                      |
            {"a":"\\q","type":"cat"}                                   |
            {"\\q":1,"type":"cat"}                                     |
            {"a":1 "type":"cat"}                                       |
            {"type                                                     |
            {"type\\                                                   |
            {"type"                                                    |
            {"type":                                                   |
            {"a":]],"type":"cat"}                                      |
            """)
    void forATag(String json, Integer expected) {
      assertThat(Values.decode(DECODER, json)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void whereverTheTextIsCutOff() {
      String json = "{\"a\":[\"x\\\\\"],\"\\u0062\":{\"type\":1},\"type\":\"dog\"}";
      for (int end = 0; end < json.length(); end++) {
        assertThat(Values.decode(DECODER, json.substring(0, end))).isEmpty();
      }
      assertThat(Values.decode(DECODER, json)).contains(1);
    }

    @Test
    void forAnyOfSomeMembers() {
      TextTable names = TextTable.of("iban", "card");
      JsonDecoder<Integer> decoder =
          in -> {
            int first = in.firstOf(names);
            in.skip();
            return first;
          };
      assertThat(Values.decode(decoder, "{\"a\":{\"iban\":1},\"card\":2,\"iban\":3}")).contains(1);
      assertThat(Values.decode(decoder, "{\"a\":1}")).contains(JsonInput.UNKNOWN);
      assertThat(Values.decode(decoder, "[]")).isEmpty();
    }

    /** What is passed over counts once, as for a reader that does not look ahead. */
    @Test
    void withoutSpendingLimits() {
      byte[] json = Values.utf8("{\"a\":[1,2,3],\"type\":\"dog\"}");
      JsonLimits enough = new JsonLimits(2, 3, 4, 1, 10, 2, 1_000);
      assertThat(Values.decode(DECODER, json, enough)).contains(1);
      JsonLimits tooFew = new JsonLimits(2, 3, 4, 1, 9, 2, 1_000);
      assertThat(Values.decode(DECODER, json, tooFew)).isEmpty();
    }

    @Test
    void inObjectsInsideEachOtherInReasonableTime() {
      JsonDecoder<Integer> recursive =
          new JsonDecoder<>() {
            @Override
            public Integer read(JsonInput in) {
              int tag = in.tag(TAG, TAGS);
              in.beginObject();
              while (in.nextField(TAG) != JsonInput.END) {
                if (in.peek() == JsonKind.OBJECT) {
                  tag += read(in);
                } else {
                  in.skip();
                }
              }
              return tag;
            }
          };
      String late = ",\"type\":\"dog\"}";
      String bulk = "{\"a\":\"" + "x".repeat(900_000) + "\"" + late;
      String json = "{\"a\":".repeat(100) + bulk + late.repeat(100);
      assertThat(Effort.of(() -> assertThat(Values.decode(recursive, json)).contains(101)))
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "[1]"   |
          "none"  | is not JSON: line 1, column 1: expected a value; did you mean null?
          "[1"    | is not JSON: line 1, column 3: the text ends where "," or "]" is expected
          "{}"    | is JSON of another schema
          """)
  void a_string_that_is_no_JSON_text_of_a_value_is_no_Java_value_and_tells_alternatives_apart(
      String json, @Nullable String wrong) {
    JsonDecoder<List<Integer>> whole = in -> in.readJsonText(JsonInputTest::integers);
    boolean text = wrong == null;

    for (Checks checks : Checks.values()) {
      assertThat(Json.decode(whole, json.getBytes(UTF_8), JsonLimits.DEFAULT, checks))
          .isEqualTo(
              text
                  ? new Decoded.Value<>(List.of(1))
                  : new Decoded.Unrepresentable<>(new WrongText("", json.equals("\"{}\""), wrong)));
    }
    JsonDecoder<Boolean> looking =
        in -> {
          boolean accepted = in.accepts(whole);
          in.skip();
          return accepted;
        };
    assertThat(Values.decode(looking, json)).contains(text);
  }

  /** Its schema takes any string: who refuses it for the text in there does not contradict. */
  @ParameterizedTest
  @EnumSource(Checks.class)
  void a_string_that_is_no_JSON_text_of_any_alternative_is_no_Java_value(Checks checks) {
    JsonDecoder<List<Integer>> whole = in -> in.readJsonText(JsonInputTest::integers);
    JsonDecoder<List<Integer>> alternatives =
        in -> {
          if (!in.accepts(whole)) {
            throw in.refuse();
          }
          return whole.read(in);
        };

    assertThat(Json.decode(alternatives, "\"{}\"".getBytes(UTF_8), JsonLimits.DEFAULT, checks))
        .isEqualTo(
            new Decoded.Unrepresentable<>(new WrongText("", true, "is JSON of another schema")));
  }

  private static List<Integer> integers(JsonInput in) {
    List<Integer> items = new ArrayList<>();
    in.beginArray();
    while (in.nextItem()) {
      items.add(in.readInt());
    }
    return items;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "-"                                                    | ``
          {"a": "-"}                                             | /a
          {"a": [1, "2", {"b": {}}, {"c": ["d", "e"]}], "f": "-"} | /f
          [{"a": "b"}, ["c", "d"], {"e": "f,]}", "g": ["-"]}]    | /2/g/0
          {"a~/\\"\\u00e9": {"": "-"}}                           | /a~0~1"é/
          {"ü\\\\": [[], {}, "-"]}                               | /ü\\/2
          """)
  void a_string_that_is_no_JSON_text_has_a_place(String json, String pointer) {
    JsonDecoder<Boolean> searching = JsonInputTest::search;

    assertThat(Json.decode(searching, json.getBytes(UTF_8), JsonLimits.DEFAULT, Checks.ALL))
        .isInstanceOfSatisfying(
            Decoded.Unrepresentable.class,
            found ->
                assertThat(found.text())
                    .isEqualTo(
                        new WrongText(
                            pointer,
                            false,
                            "is not JSON: line 1, column 2: the text ends where a digit is expected")));
  }

  /** What one alternative takes is not told as the trouble of another value. */
  @Test
  void a_text_that_an_alternative_takes_is_not_wrong() {
    for (boolean first : new boolean[] {true, false}) {
      JsonDecoder<String> decoder =
          in -> {
            in.beginArray();
            in.nextItem();
            if (first) {
              in.accepts(JsonInput::readString);
            }
            in.accepts(text -> text.readJsonText(JsonInputTest::integers));
            in.accepts(JsonInput::readString);
            in.skip();
            in.nextItem();
            throw in.unrepresentable();
          };

      assertThat(
              Json.decode(decoder, "[\"hi\",1]".getBytes(UTF_8), JsonLimits.DEFAULT, Checks.SYNTAX))
          .isEqualTo(new Decoded.Unrepresentable<String>());
    }
  }

  /** Takes everything, but "-" for a text. */
  private static boolean search(JsonInput in) {
    switch (in.peek()) {
      case OBJECT -> {
        in.beginObject();
        while (in.nextField(TextTable.of()) != JsonInput.END) {
          search(in);
        }
      }
      case ARRAY -> {
        in.beginArray();
        while (in.nextItem()) {
          search(in);
        }
      }
      case STRING -> {
        if (in.accepts(text -> text.readString().equals("-") ? text : refused(text))) {
          in.readJsonText(JsonInputTest::integers);
        } else {
          in.skip();
        }
      }
      default -> in.skip();
    }
    return true;
  }

  private static Object refused(JsonInput in) {
    throw in.refuse();
  }
}
