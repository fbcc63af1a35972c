package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which changes of a schema a generated codec survives. */
class FingerprintTest {
  private static final String PET =
      """
      {"type": "object", "required": ["id"], "properties": {
        "id": {"type": "integer"}, "name": {"type": "string"}}}\
      """;

  @ParameterizedTest(name = "{0} and {1}: shape {2}, constraints {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type": "string"}                               | {"description": "d", "type": "string"}          | same  | same
          {"contentMediaType": "application/JSON"}         | {"contentMediaType": "text/plain"}              | other | other
          {"type": "string"}                               | {"type": "string", "x-mine": 1}                 | same  | same
          {"type": "string", "title": "a"}                 | {"type": "string", "examples": ["b"]}           | same  | same
          {"type": ["null", "string"]}                     | {"type": ["string", "null"]}                    | same  | same
          {"required": ["a", "b"]}                         | {"required": ["b", "a"]}                        | same  | same
          {"enum": ["a", "b"]}                             | {"enum": ["b", "a"]}                            | same  | same
          {"minimum": 1}                                   | {"minimum": 1.0}                                | same  | same
          {"type": "string"}                               | {"type": "string", "maxLength": 5}              | same  | other
          {"type": "string"}                               | {"type": "string", "pattern": "a"}              | same  | other
          {"type": "string"}                               | {"type": "string", "format": "email"}           | same  | other
          {"type": "array", "items": {}}                   | {"type": "array", "items": {}, "maxItems": 2}   | same  | other
          {"type": "integer", "minimum": 1, "maximum": 9}  | {"type": "integer", "minimum": 0, "maximum": 8} | same  | other
          {"type": "number"}                               | {"type": "number", "minimum": 0}                | same  | other
          {"type": "object"}                               | {"type": "object", "not": {"type": "object"}}   | same  | other
          {"type": "integer", "minimum": 1, "maximum": 9}  | {"type": "integer", "minimum": 1}               | other | other
          {"type": "integer", "maximum": 9}                | {"type": "integer", "maximum": 2147483648}      | other | other
          {"minimum": 0, "maximum": 9}                     | {"minimum": 1, "maximum": 8}                    | same  | other
          {"type": "string"}                               | {"type": "string", "format": "uuid"}            | other | other
          {"type": "string"}                               | {"type": ["string", "null"]}                    | other | other
          {"type": "string"}                               | {"type": "string", "default": "a"}              | other | other
          {"properties": {"a": {}}}                        | {"properties": {"b": {}}}                       | other | other
          {"properties": {"a": {}}}                        | {"properties": {"a": {}}, "required": ["a"]}    | other | other
          {"properties": {"a": {"readOnly": true}}}        | {"properties": {"a": {}}}                       | other | other
          {"enum": ["a", "b"]}                             | {"enum": ["a", "b", "c"]}                       | other | other
          {"additionalProperties": false}                  | {"additionalProperties": true}                  | other | other
          {"oneOf": [{"type": "string"}]}                  | {"anyOf": [{"type": "string"}]}                 | other | other
          true                                             | false                                           | other | other
          """)
  void a_change_is_seen_where_it_matters(
      String one, String another, String shape, String constraints) {
    Fingerprint before = of(one, "");
    Fingerprint after = of(another, "");

    assertThat(before.shape().equals(after.shape())).isEqualTo(shape.equals("same"));
    assertThat(before.constraints().equals(after.constraints()))
        .isEqualTo(constraints.equals("same"));
  }

  @Test
  void a_schema_may_move_and_be_renamed() {
    String first = "{\"$defs\": {\"Pet\": " + PET + "}, \"items\": {\"$ref\": \"#/$defs/Pet\"}}";
    String second =
        "{\"items\": {\"$ref\": \"#/definitions/Animal\"}, \"definitions\": {\"Animal\": "
            + PET
            + "}}";

    assertThat(of(first, "")).isEqualTo(of(second, ""));
    assertThat(of(first, "/$defs/Pet")).isEqualTo(of(PET, ""));
  }

  @Test
  void what_a_reference_leads_to_counts() {
    String first = "{\"$defs\": {\"A\": {\"type\": \"string\"}}, \"$ref\": \"#/$defs/A\"}";
    String second =
        "{\"$defs\": {\"A\": {\"type\": \"string\", \"maxLength\": 1}}, \"$ref\": \"#/$defs/A\"}";

    assertThat(of(first, "").shape()).isEqualTo(of(second, "").shape());
    assertThat(of(first, "").constraints()).isNotEqualTo(of(second, "").constraints());
  }

  @Test
  void a_schema_that_only_refers_to_another_counts_as_that_one() {
    String text =
        """
        {"$defs": {
          "Pair": {"properties": {"a": {"$ref": "#/$defs/Half"}, "b": {"$ref": "#/$defs/Half"}}},
          "Half": {"type": "string"}, "Alias": {"$ref": "#/$defs/Pair"}, "Loop": {"$ref": "#/$defs/Loop"}},
         "$ref": "#/$defs/Alias"}\
        """;

    assertThat(of(text, "/$defs/Alias")).isEqualTo(of(text, "/$defs/Pair"));
    assertThat(of(text, "/$defs/Loop").shape()).isNotEmpty();
  }

  @Test
  void a_recursive_schema_has_a_fingerprint() {
    String tree =
        "{\"$defs\": {\"Tree\": {\"properties\": {\"child\": {\"$ref\": \"#/$defs/Tree\"}}}},"
            + " \"$ref\": \"#/$defs/Tree\"}";
    String root = "{\"properties\": {\"child\": {\"$ref\": \"#\"}}}";

    assertThat(of(tree, "/$defs/Tree")).isEqualTo(of(root, ""));
  }

  @Test
  void names_of_branches_count_where_a_discriminator_chooses_by_them() {
    String cat = branches("Cat", "");
    String lion = branches("Lion", "");
    String taggedCat = branches("Cat", ", \"discriminator\": {\"propertyName\": \"kind\"}");
    String taggedLion = branches("Lion", ", \"discriminator\": {\"propertyName\": \"kind\"}");

    assertThat(of(cat, "")).isEqualTo(of(lion, ""));
    assertThat(of(taggedCat, "").shape()).isNotEqualTo(of(taggedLion, "").shape());
  }

  private static String branches(String name, String discriminator) {
    return "{\"$defs\": {\"%s\": {\"type\": \"object\"}}, \"oneOf\": [{\"$ref\": \"#/$defs/%s\"}]%s}"
        .formatted(name, name, discriminator);
  }

  @Test
  void the_two_sides_of_an_exchange_differ() {
    SchemaResource resource = resource(PET);
    SchemaCompiler compiler = SchemaCompiler.builder().resource(resource).build();

    assertThat(Fingerprint.of(compiler, resource, "", View.REQUEST))
        .isNotEqualTo(Fingerprint.of(compiler, resource, "", View.RESPONSE));
  }

  private static Fingerprint of(String schema, String pointer) {
    SchemaResource resource = resource(schema);
    return Fingerprint.of(
        SchemaCompiler.builder().resource(resource).build(), resource, pointer, View.REQUEST);
  }

  private static SchemaResource resource(String schema) {
    return SchemaResource.of(
        URI.create("https://test.example/schema"), JsonMapper.shared().readTree(schema));
  }

  @Test
  void schemasThatLeadToEachOtherInALongRingAreToldApartByTheOneThatDiffers() {
    Fingerprint same = ring(300, "string").get(0);

    assertThat(ring(300, "string").get(150)).isEqualTo(same);
    assertThat(ring(300, "boolean").get(0).shape()).isNotEqualTo(same.shape());
  }

  /** Fingerprints of schemas each of which has a property of the next; the last has a text too. */
  private static List<Fingerprint> ring(int size, String type) {
    ObjectNode schemas = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < size; i++) {
      ObjectNode properties = schemas.putObject("s" + i).putObject("properties");
      properties.putObject("next").put("$ref", "#/s" + (i + 1) % size);
      properties.putObject("text").put("type", i == 10 ? type : "string");
    }
    SchemaResource resource = SchemaResource.of(URI.create("urn:ring"), schemas);
    Fingerprints fingerprints =
        new Fingerprints(SchemaCompiler.builder().resource(resource).build());
    return IntStream.range(0, size)
        .mapToObj(i -> fingerprints.of(resource, "/s" + i, View.PLAIN))
        .toList();
  }
}
