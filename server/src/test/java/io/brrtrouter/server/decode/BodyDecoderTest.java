package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation.In;
import io.brrtrouter.server.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What {@code docs/bodies.md} cannot show: parts, limits, violations in full, presence. */
class BodyDecoderTest {
  private static final TestSchemas SCHEMAS =
      TestSchemas.of(
          (ObjectNode)
              TestSchemas.JSON.readTree(
                  """
                  {
                    "any": {},
                    "form": {
                      "type": "object",
                      "properties": {
                        "age": {"type": "integer", "maximum": 30},
                        "bits": {"type": "array", "items": {"type": "integer", "maximum": 1}},
                        "file": {"type": "string", "format": "binary"}
                      }
                    },
                    "nested": {"type": "array", "prefixItems": [
                      {"type": "array"},
                      {"type": "array", "prefixItems": [{"type": "integer"}, {}]}
                    ]}
                  }
                  """));

  private static BodyDecoder decoder(String mediaType, String schema, String encodings) {
    MediaType media =
        TestBody.media(
            Optional.of(SCHEMAS.schema(schema)), TestSchemas.JSON.readTree(encodings), SCHEMAS);
    return TestBody.decoder(mediaType, media, true, SCHEMAS.compiler());
  }

  private static DecodedBody decode(BodyDecoder decoder, String contentType, String body) {
    return decoder.decode(
        Objects.requireNonNull(decoder.select(contentType)), TestBody.octets(body));
  }

  @Nested
  class Presence {

    @Test
    void isUpToTheDocument() {
      MediaType media =
          TestBody.media(
              Optional.of(SCHEMAS.schema("any")), TestSchemas.JSON.createObjectNode(), SCHEMAS);
      BodyDecoder required = TestBody.decoder("application/json", media, true, SCHEMAS.compiler());
      BodyDecoder optional = TestBody.decoder("application/json", media, false, SCHEMAS.compiler());
      assertThat(required.absent()).isEqualTo(DecodedBody.MISSING);
      assertThat(optional.absent()).isEqualTo(DecodedBody.ABSENT);
      assertThat(required.mediaTypes()).containsExactly("application/json");
    }

    @Test
    void ofABodyNobodyDeclaresDoesNotMatter() {
      BodyDecoder none = BodyDecoder.compile(null, SCHEMAS.compiler(), DecodeLimits.DEFAULT);
      assertThat(decode(none, "anything", "x")).isEqualTo(DecodedBody.ABSENT);
      assertThat(none.select(null)).isEqualTo(RawBody.ANY);
      assertThat(none.absent()).isEqualTo(DecodedBody.ABSENT);
      assertThat(none.mediaTypes()).isEmpty();
    }
  }

  @Nested
  class Selection {

    @Test
    void prefersTheMostSpecificRange() {
      Map<String, MediaType> content =
          Map.of("*/*", media("any"), "application/*", media("form"), "text/plain", media("form"));
      BodyDecoder decoder = TestBody.decoder(content, true, SCHEMAS.compiler(), FormLimits.DEFAULT);
      String form = "[]";
      assertThat(decode(decoder, "application/json", form)).isInstanceOf(DecodedBody.Invalid.class);
      assertThat(decode(decoder, "text/json", form)).isInstanceOf(DecodedBody.Value.class);
    }

    @Test
    void ignoresMediaTypesThatAreNone() {
      BodyDecoder decoder = TestBody.decoder("json", media("any"), true, SCHEMAS.compiler());
      assertThat(decoder.select("application/json")).isNull();
      assertThat(decoder.select("json")).isNull();
    }

    private static MediaType media(String schema) {
      return TestBody.media(
          Optional.of(SCHEMAS.schema(schema)), TestSchemas.JSON.createObjectNode(), SCHEMAS);
    }
  }

  @Nested
  class Violations {

    @Test
    void havePlaceAndSource() {
      BodyDecoder decoder = decoder("application/json", "form", "{}");
      assertThat(decode(decoder, "application/json", "{\"age\":31}"))
          .isEqualTo(
              new DecodedBody.Invalid(
                  List.of(
                      new RequestViolation(
                          In.BODY,
                          "",
                          "/age",
                          "maximum",
                          "must be at most 30",
                          TestSchemas.JSON.readTree("30"),
                          at("/form/properties/age/maximum"))),
                  0));
    }

    @Test
    void ofTextHavePlaceAndSource() {
      BodyDecoder decoder = decoder("application/x-www-form-urlencoded", "form", "{}");
      assertThat(decode(decoder, "application/x-www-form-urlencoded", "age=x&bits=2&age=3"))
          .isEqualTo(
              new DecodedBody.Invalid(
                  List.of(
                      new RequestViolation(
                          In.BODY,
                          "",
                          "/age",
                          "type",
                          "must be an integer",
                          StringNode.valueOf("integer"),
                          at("/form/properties/age/type")),
                      new RequestViolation(
                          In.BODY,
                          "",
                          "/age",
                          "style",
                          "is sent 2 times; send it once",
                          null,
                          at("/form")),
                      new RequestViolation(
                          In.BODY,
                          "",
                          "/bits/0",
                          "maximum",
                          "must be at most 1",
                          TestSchemas.JSON.readTree("1"),
                          at("/form/properties/bits/items/maximum"))),
                  0));
    }

    private static SourceLocation at(String pointer) {
      return new SourceLocation("openapi.yaml/$defs" + pointer, 0, 0);
    }
  }

  @Nested
  class Limits {

    @Test
    void holdAThousandFields() {
      BodyDecoder decoder = decoder("application/x-www-form-urlencoded", "form", "{}");
      String form = "application/x-www-form-urlencoded";
      assertThat(decode(decoder, form, "bits=1&".repeat(1000)))
          .isInstanceOf(DecodedBody.Value.class);
      assertThat(decode(decoder, form, "bits=1&".repeat(1001)))
          .extracting(invalid -> ((DecodedBody.Invalid) invalid).violations().getFirst().message())
          .isEqualTo("has more than 1000 fields");
    }

    @Test
    void holdFiftyParts() {
      BodyDecoder decoder = decoder("multipart/form-data", "form", "{}");
      String part = "--b\r\nContent-Disposition: form-data; name=bits\r\n\r\n1\r\n";
      String type = "multipart/form-data; boundary=b";
      assertThat(decode(decoder, type, part.repeat(50) + "--b--"))
          .isInstanceOf(DecodedBody.Value.class);
      assertThat(decode(decoder, type, part.repeat(51) + "--b--"))
          .isEqualTo(new DecodedBody.TooLarge("the body has more than 50 parts"));
    }
  }

  @Nested
  class Parts {

    @Test
    void areHandedOverInOrder() {
      BodyDecoder decoder = decoder("multipart/form-data", "form", "{}");
      byte[] body =
          TestBody.multipart(
              "b", "age: 7 // file; filename=../a.png; type=image/png: \\x89PNG // other: x");
      DecodedBody.Value value =
          (DecodedBody.Value)
              decoder.decode(
                  Objects.requireNonNull(decoder.select("multipart/form-data; boundary=\"b\"")),
                  body);
      assertThat(value.parts()).extracting(Part::name).containsExactly("age", "file", "other");
      Part file = value.parts().get(1);
      assertThat(file.fileName()).contains("../a.png");
      assertThat(file.contentType()).isEqualTo("image/png");
      assertThat(file.content()).containsExactly(0x89, 'P', 'N', 'G');
      assertThat(file).hasToString("Part[name=file, fileName=Optional[../a.png], 4 octets]");
      assertThat(value.parts().getFirst().contentType()).isEqualTo("text/plain");
    }

    @Test
    void ofAnotherTypeAreRefusedByTheEncodingThatAsks() {
      BodyDecoder decoder =
          decoder("multipart/form-data", "form", "{\"file\": {\"contentType\": \"image/png\"}}");
      byte[] body = TestBody.multipart("b", "file; filename=a.txt; type=text/plain: x");
      DecodedBody decoded =
          decoder.decode(
              Objects.requireNonNull(decoder.select("multipart/form-data; boundary=b")), body);
      assertThat(((DecodedBody.Invalid) decoded).violations())
          .extracting(RequestViolation::source)
          .containsExactly(TestBody.ENCODING);
    }

    @Test
    void compareByContent() {
      Part part = new Part("a", Optional.empty(), Headers.empty(), new byte[] {1});
      Part same = new Part("a", Optional.empty(), Headers.empty(), new byte[] {1});
      Part other = new Part("a", Optional.empty(), Headers.empty(), new byte[] {2});
      assertThat(part).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    }

    @Test
    void mayBeMultipartThemselves() {
      BodyDecoder decoder =
          decoder(
              "multipart/mixed",
              "nested",
              """
              {"prefixEncoding": [{}, {
                "contentType": "multipart/mixed",
                "prefixEncoding": [{}, {"contentType": "image/png"}]
              }]}
              """);
      assertThat(decode(decoder, "multipart/mixed; boundary=o", nested("7", "image/png")))
          .extracting(value -> String.valueOf(((DecodedBody.Value) value).tree()))
          .isEqualTo("[[1],[7,\"x\"]]");
      assertThat(messages(decode(decoder, "multipart/mixed; boundary=o", nested("7", "image/gif"))))
          .containsExactly("/1/1 must be image/png by its Content-Type");
      assertThat(messages(decode(decoder, "multipart/mixed; boundary=o", nested("y", "image/png"))))
          .containsExactly("/1/0 must be an integer");
      String broken = nested("7", "image/png").replace("--i--", "");
      assertThat(messages(decode(decoder, "multipart/mixed; boundary=o", broken)))
          .containsExactly("/1 must be multipart: the body ends before its closing boundary");
      String many = nested("7\r\n--i\r\n\r\n".repeat(51), "image/png");
      assertThat(messages(decode(decoder, "multipart/mixed; boundary=o", many)))
          .containsExactly("/1 has more than 50 parts");
    }

    private static String nested(String number, String type) {
      String inner =
          "--i\r\n\r\n" + number + "\r\n--i\r\nContent-Type: " + type + "\r\n\r\nx\r\n--i--";
      return "--o\r\n\r\n[1]\r\n--o\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n"
          + inner
          + "\r\n--o--";
    }

    private static List<String> messages(DecodedBody body) {
      return ((DecodedBody.Invalid) body)
          .violations().stream().map(each -> each.pointer() + " " + each.message()).toList();
    }
  }

  @Nested
  class RandomForms {

    @Test
    void neverThrow() {
      String[] pieces = {
        "age", "bits", "file", "=", "&", "%", "%41", "+", "[", "]", "1", "x", "{", "}", "\"",
        "\\xFF"
      };
      BodyDecoder forms =
          decoder(
              "application/x-www-form-urlencoded",
              "form",
              "{\"bits\": {\"style\": \"pipeDelimited\"}}");
      BodyDecoder parts = decoder("multipart/form-data", "form", "{\"age\": {\"explode\": true}}");
      Random random = new Random(3);
      for (int round = 0; round < 20_000; round++) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
          text.append(pieces[random.nextInt(pieces.length)]);
        }
        assertThat(decode(forms, "application/x-www-form-urlencoded", text.toString()))
            .isInstanceOfAny(DecodedBody.Value.class, DecodedBody.Invalid.class);
        String name = pieces[random.nextInt(4)];
        byte[] body = TestBody.multipart("b", name + ": " + text);
        assertThat(
                parts.decode(
                    Objects.requireNonNull(parts.select("multipart/form-data; boundary=b")), body))
            .isInstanceOfAny(DecodedBody.Value.class, DecodedBody.Invalid.class);
      }
    }
  }
}
