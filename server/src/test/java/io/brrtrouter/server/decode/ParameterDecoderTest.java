package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation.In;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.Router;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What {@code docs/parameters.md} cannot show: several parameters, accessors, violations in full.
 */
class ParameterDecoderTest {
  private static final SourceLocation OPERATION = new SourceLocation("openapi.yaml", 3, 5);
  private static final TestSchemas SCHEMAS =
      TestSchemas.of(
          (ObjectNode)
              TestSchemas.JSON.readTree(
                  """
                  {
                    "string": {"type": "string"},
                    "limit": {"type": "integer", "maximum": 100, "default": 20},
                    "number": {"type": "number"},
                    "boolean": {"type": "boolean"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "bits": {"type": "array", "items": {"type": "integer", "maximum": 1}},
                    "rgb": {"type": "object", "properties": {"R": {"type": "integer"}}},
                    "free": {"type": "object", "additionalProperties": {"type": "string"}}
                  }
                  """));

  private static Parameter parameter(ParameterLocation in, String name, String schema) {
    ParameterStyle style =
        in == ParameterLocation.PATH || in == ParameterLocation.HEADER
            ? ParameterStyle.SIMPLE
            : ParameterStyle.FORM;
    return parameter(in, name, schema, style, style == ParameterStyle.FORM, false);
  }

  private static Parameter parameter(
      ParameterLocation in,
      String name,
      String schema,
      ParameterStyle style,
      boolean explode,
      boolean required) {
    return new Parameter(
        new SourceLocation("openapi.yaml", 8, 9),
        name,
        in,
        Optional.empty(),
        required,
        false,
        false,
        style,
        explode,
        false,
        Optional.of(SCHEMAS.schema(schema)),
        Map.of(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static ParameterDecoder decoder(boolean strict, Parameter... parameters) {
    return ParameterDecoder.compile(
        List.of(parameters),
        OPERATION,
        SCHEMAS.compiler(),
        new ParameterDecoder.Options(strict, DecodeLimits.DEFAULT));
  }

  private static final Router<String> ROUTER =
      Router.<String>builder().add("/pets", "").add("/pets/{id}/toys/{toy}", "").build();

  private static DecodedParameters decode(
      ParameterDecoder decoder, String target, String... headers) {
    int query = target.indexOf('?');
    Match<?> match =
        Objects.requireNonNull(ROUTER.match(query < 0 ? target : target.substring(0, query)));
    return decoder.decode(TestParameter.request(target, Headers.of(headers)), match);
  }

  private static final ParameterLocation QUERY = ParameterLocation.QUERY;

  @Nested
  class Values {
    private final ParameterDecoder decoder =
        decoder(
            false,
            parameter(ParameterLocation.PATH, "toy", "string"),
            parameter(ParameterLocation.PATH, "id", "limit"),
            parameter(QUERY, "q", "string"),
            parameter(QUERY, "limit", "limit"),
            parameter(QUERY, "price", "number"),
            parameter(QUERY, "tame", "boolean"),
            parameter(QUERY, "tags", "tags"),
            parameter(QUERY, "rgb", "rgb"),
            parameter(ParameterLocation.HEADER, "X-Trace", "string"),
            parameter(ParameterLocation.HEADER, "accept", "limit"),
            parameter(ParameterLocation.HEADER, "Content-Type", "limit"),
            parameter(ParameterLocation.HEADER, "AUTHORIZATION", "limit"),
            parameter(ParameterLocation.COOKIE, "session", "string"));

    private final DecodedParameters decoded =
        decode(
            decoder,
            "/pets/7/toys/b%2Fall?q=a%20b&price=1.50&tame=true&tags=x%2C&tags=y&R=5&other=1",
            "x-trace",
            "t1",
            "Accept",
            "text/html",
            "Cookie",
            "session=s; other=o");

    @Test
    void haveTheTypeOfTheSchema() {
      assertThat(decoded.violations()).isEmpty();
      assertThat(decoded.path().integer("id")).isEqualTo(OptionalLong.of(7));
      assertThat(decoded.path().text("toy")).contains("b/all");
      assertThat(decoded.query().text("q")).contains("a b");
      assertThat(decoded.query().number("price")).contains(new BigDecimal("1.50"));
      assertThat(decoded.query().bool("tame")).contains(true);
      assertThat(decoded.query().node("tags")).hasToString("[\"x,\",\"y\"]");
      assertThat(decoded.query().node("rgb")).hasToString("{\"R\":5}");
      assertThat(decoded.cookie().text("session")).contains("s");
    }

    @Test
    void areFoundByTheirNames() {
      assertThat(decoded.query().names())
          .containsExactly("q", "limit", "price", "tame", "tags", "rgb");
      assertThat(decoded.query().has("q")).isTrue();
      assertThat(decoded.query().has("Q")).isFalse();
      assertThat(decoded.query().has("other")).isFalse();
      assertThat(decoded.query().node("other")).isNull();
    }

    @Test
    void ofHeadersAreFoundInAnyCase() {
      assertThat(decoded.header().text("X-TRACE")).contains("t1");
      assertThat(decoded.header().raw("x-Trace")).containsExactly("t1");
      assertThat(decoded.header().names()).containsExactly("X-Trace");
    }

    @Test
    void haveDefaults() {
      assertThat(decoded.query().integer("limit")).isEqualTo(OptionalLong.of(20));
      assertThat(decoded.query().raw("limit")).isEmpty();
    }

    @Test
    void areThereAsSent() {
      assertThat(decoded.path().raw("toy")).containsExactly("b%2Fall");
      assertThat(decoded.path().raw("x")).isEmpty();
      assertThat(decoded.query().raw("q")).containsExactly("a%20b");
      assertThat(decoded.query().raw("tags")).containsExactly("x%2C", "y");
      assertThat(decoded.query().raw("rgb")).containsExactly("R=5");
      assertThat(decoded.query().raw("other")).isEmpty();
      assertThat(decoded.cookie().raw("session")).containsExactly("s");
    }

    @Test
    void areTextInJsonsWords() {
      assertThat(decoded.query().text("price")).contains("1.50");
      assertThat(decoded.query().text("tame")).contains("true");
      assertThat(decoded.query().text("nothing")).isEmpty();
    }

    @Test
    void areNotOtherTypes() {
      assertThatThrownBy(() -> decoded.query().integer("q"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "parameter \"q\" is not a 64-bit integer but of type string: its schema decides the"
                  + " type");
      assertThatThrownBy(() -> decoded.query().integer("price")).hasMessageContaining("64-bit");
      assertThatThrownBy(() -> decoded.query().number("q")).hasMessageContaining("a number");
      assertThatThrownBy(() -> decoded.query().bool("q")).hasMessageContaining("a boolean");
      assertThatThrownBy(() -> decoded.query().text("tags")).hasMessageContaining("text");
    }

    @Test
    void ofAbsentParametersAreEmpty() {
      assertThat(Parameters.EMPTY.integer("x")).isEmpty();
      assertThat(Parameters.EMPTY.number("x")).isEmpty();
      assertThat(Parameters.EMPTY.bool("x")).isEmpty();
      assertThat(Parameters.EMPTY.raw("x")).isEmpty();
      assertThat(Parameters.EMPTY.node("x")).isNull();
    }
  }

  @Nested
  class ViolationsOfAllParameters {

    @Test
    void comeInOneGoWithTheirPlaces() {
      ParameterDecoder decoder =
          decoder(
              false,
              parameter(QUERY, "limit", "limit"),
              parameter(QUERY, "q", "string", ParameterStyle.FORM, true, true),
              parameter(ParameterLocation.PATH, "id", "limit"),
              parameter(ParameterLocation.PATH, "toy", "string"),
              parameter(ParameterLocation.HEADER, "X-Limit", "limit"),
              parameter(ParameterLocation.COOKIE, "c", "limit"));
      DecodedParameters decoded =
          decode(decoder, "/pets/x/toys/y?limit=101", "X-Limit", "many", "Cookie", "c=c");
      JsonNode integer = StringNode.valueOf("integer");
      assertThat(decoded.violations())
          .containsExactly(
              new RequestViolation(
                  In.PATH, "id", "", "type", "must be an integer", integer, at("/limit/type")),
              new RequestViolation(
                  In.QUERY,
                  "limit",
                  "",
                  "maximum",
                  "must be at most 100",
                  TestSchemas.JSON.readTree("100"),
                  at("/limit/maximum")),
              new RequestViolation(
                  In.QUERY,
                  "q",
                  "",
                  "required",
                  "is required but was not sent",
                  null,
                  new SourceLocation("openapi.yaml", 8, 9)),
              new RequestViolation(
                  In.HEADER,
                  "X-Limit",
                  "",
                  "type",
                  "must be an integer",
                  integer,
                  at("/limit/type")),
              new RequestViolation(
                  In.COOKIE, "c", "", "type", "must be an integer", integer, at("/limit/type")));
    }

    private static SourceLocation at(String pointer) {
      return new SourceLocation("openapi.yaml/$defs" + pointer, 0, 0);
    }

    @Test
    void areCountedBeyondFifty() {
      ParameterDecoder decoder = decoder(false, parameter(QUERY, "bits", "bits"));
      DecodedParameters types = decode(decoder, "/pets?" + "bits=x&".repeat(70));
      assertThat(types.violations()).hasSize(50);
      assertThat(types.omitted()).isEqualTo(20);
      DecodedParameters bounds = decode(decoder, "/pets?" + "bits=2&".repeat(70));
      assertThat(bounds.violations()).hasSize(50);
      assertThat(bounds.omitted()).isEqualTo(20);
    }
  }

  @Nested
  class NamesOfFields {

    @Test
    void belongToTheDeclaredParameterBeforeAMember() {
      ParameterDecoder decoder =
          decoder(false, parameter(QUERY, "color", "rgb"), parameter(QUERY, "R", "string"));
      DecodedParameters decoded = decode(decoder, "/pets?R=5");
      assertThat(decoded.query().text("R")).contains("5");
      assertThat(decoded.query().has("color")).isFalse();
    }

    @Test
    void belongToTheFirstFreeFormObjectIfNobodyElseClaimsThem() {
      ParameterDecoder decoder =
          decoder(
              true,
              parameter(QUERY, "more", "free"),
              parameter(QUERY, "rest", "free"),
              parameter(QUERY, "q", "string"));
      DecodedParameters decoded = decode(decoder, "/pets?q=1&a=2&b=3");
      assertThat(decoded.violations()).isEmpty();
      assertThat(decoded.query().node("more")).hasToString("{\"a\":\"2\",\"b\":\"3\"}");
      assertThat(decoded.query().has("rest")).isFalse();
    }

    @Test
    void mayHoldBracketsOfTheirOwn() {
      ParameterDecoder decoder =
          decoder(
              false,
              parameter(QUERY, "ids[]", "tags"),
              parameter(QUERY, "ids", "free", ParameterStyle.DEEP_OBJECT, true, false));
      DecodedParameters decoded = decode(decoder, "/pets?ids[]=1&ids%5B%5D=2&ids[x]=3");
      assertThat(decoded.query().node("ids[]")).hasToString("[\"1\",\"2\"]");
      assertThat(decoded.query().node("ids")).hasToString("{\"x\":\"3\"}");
    }

    @Test
    void areRefusedWhenNobodyDeclaresThemAndDecodingIsStrict() {
      DecodedParameters decoded =
          decode(decoder(true, parameter(QUERY, "q", "string")), "/pets?q=1&a%20b=2&x");
      String message = "is not declared; declared are q";
      assertThat(decoded.violations())
          .containsExactly(
              new RequestViolation(
                  In.QUERY, "a b", "", "additionalProperties", message, null, OPERATION),
              new RequestViolation(
                  In.QUERY, "x", "", "additionalProperties", message, null, OPERATION));
      assertThat(decode(decoder(true), "/pets?x").violations())
          .extracting(RequestViolation::message)
          .containsExactly("is not declared; the operation takes none");
      assertThat(decode(decoder(true), "/pets").violations()).isEmpty();
      assertThat(decode(decoder(false), "/pets?x").violations()).isEmpty();
    }
  }

  @Nested
  class Limits {

    @Test
    void holdAThousandFields() {
      ParameterDecoder decoder =
          decoder(
              false,
              parameter(QUERY, "tags", "tags"),
              parameter(ParameterLocation.COOKIE, "tags", "tags"));
      DecodedParameters fits =
          decode(decoder, "/pets?" + "tags=a&".repeat(1000), "Cookie", "tags=a;".repeat(1000));
      assertThat(fits.violations()).isEmpty();
      DecodedParameters more =
          decode(decoder, "/pets?" + "tags=a&".repeat(1001), "Cookie", "tags=a;".repeat(1001));
      assertThat(more.violations())
          .containsExactly(
              new RequestViolation(
                  In.QUERY, "", "", "limit", "has more than 1000 fields", null, OPERATION),
              new RequestViolation(
                  In.COOKIE, "", "", "limit", "has more than 1000 fields", null, OPERATION));
    }

    @Test
    void areAtLeastOne() {
      assertThatThrownBy(() -> new FormLimits(0, 1, 1))
          .hasMessage("every form limit must be at least 1");
    }
  }

  @Nested
  class Defaults {

    @Test
    void areNotSharedBetweenRequests() {
      TestSchemas schemas =
          TestSchemas.of(
              (ObjectNode)
                  TestSchemas.JSON.readTree(
                      "{\"tags\": {\"type\": \"array\", \"default\": [\"a\"]}}"));
      ParameterDecoder decoder =
          ParameterDecoder.compile(
              List.of(
                  new Parameter(
                      OPERATION,
                      "tags",
                      QUERY,
                      Optional.empty(),
                      false,
                      false,
                      false,
                      ParameterStyle.FORM,
                      true,
                      false,
                      Optional.of(schemas.schema("tags")),
                      Map.of(),
                      Optional.empty(),
                      Map.of(),
                      Map.of())),
              schemas.compiler());
      JsonNode first = Objects.requireNonNull(decode(decoder, "/pets").query().node("tags"));
      first.asArray().add("b");
      assertThat(decode(decoder, "/pets").query().node("tags")).hasToString("[\"a\"]");
    }
  }

  @Nested
  class RandomQueries {
    private static final String[] PIECES = {
      "a", "tags", "rgb", "R", "q", "deep", "=", "&", "&", "=", "[", "]", "%5B", "%", "%zz", "%C3",
      "+", "|", ",", "%7C", "%20", "1", "true", "null", "-", ".", "e5", "%00", "\u00e9", ";", "]["
    };

    @Test
    void neverThrow() {
      ParameterDecoder decoder =
          decoder(
              true,
              parameter(QUERY, "tags", "tags"),
              parameter(QUERY, "rgb", "rgb"),
              parameter(QUERY, "q", "number"),
              parameter(QUERY, "a", "bits", ParameterStyle.PIPE_DELIMITED, false, false),
              parameter(QUERY, "deep", "rgb", ParameterStyle.DEEP_OBJECT, true, false),
              parameter(QUERY, "b", "free", ParameterStyle.SPACE_DELIMITED, false, true));
      Random random = new Random(20261122);
      int clean = 0;
      for (int round = 0; round < 50_000; round++) {
        StringBuilder query = new StringBuilder(random.nextBoolean() ? "b=&" : "");
        for (int i = random.nextInt(12); i > 0; i--) {
          query.append(PIECES[random.nextInt(PIECES.length)]);
        }
        DecodedParameters decoded = decode(decoder, "/pets?" + query);
        clean += decoded.violations().isEmpty() ? 1 : 0;
        decoded.query().names().forEach(name -> decoded.query().raw(name));
      }
      assertThat(clean).isBetween(500, 40_000);
    }
  }
}
