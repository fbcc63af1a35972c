package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Every keyword that can refuse an instance does so in a schema that has no other: topics are left
 * out by the keywords a schema has, so one that is missing from its topic is never compiled.
 */
class KeywordsAloneTest {
  /** Without effect where another keyword is missing. */
  private static final Set<String> NEVER_ALONE =
      Set.of("then", "else", "if", "minContains", "maxContains");

  private static final List<String> VOCABULARIES =
      List.of("applicator", "unevaluated", "validation", "format-assertion");

  static List<Arguments> keywords() {
    return List.of(
        row("type", "'string'", "1"),
        row("enum", "[1]", "2"),
        row("const", "1", "2"),
        row("minimum", "1", "0"),
        row("maximum", "1", "2"),
        row("exclusiveMinimum", "1", "1"),
        row("exclusiveMaximum", "1", "1"),
        row("multipleOf", "2", "3"),
        row("minLength", "1", "''"),
        row("maxLength", "1", "'ab'"),
        row("pattern", "'^a'", "'b'"),
        row("format", "'date'", "'b'"),
        row("prefixItems", "[false]", "[1]"),
        row("items", "false", "[1]"),
        row("unevaluatedItems", "false", "[1]"),
        row("minItems", "1", "[]"),
        row("maxItems", "0", "[1]"),
        row("contains", "false", "[1]"),
        row("uniqueItems", "true", "[1, 1]"),
        row("properties", "{'a': false}", "{'a': 1}"),
        row("patternProperties", "{'a': false}", "{'a': 1}"),
        row("additionalProperties", "false", "{'a': 1}"),
        row("unevaluatedProperties", "false", "{'a': 1}"),
        row("required", "['a']", "{}"),
        row("minProperties", "1", "{}"),
        row("maxProperties", "0", "{'a': 1}"),
        row("propertyNames", "false", "{'a': 1}"),
        row("dependentRequired", "{'a': ['b']}", "{'a': 1}"),
        row("dependentSchemas", "{'a': false}", "{'a': 1}"),
        row("dependencies", "{'a': ['b']}", "{'a': 1}"),
        row("dependencies", "{'a': false}", "{'a': 1}"),
        row("allOf", "[false]", "1"),
        row("anyOf", "[false]", "1"),
        row("oneOf", "[true, true]", "1"),
        row("not", "true", "1"));
  }

  private static Arguments row(String keyword, String value, String refused) {
    return Arguments.of(keyword, value.replace('\'', '"'), refused.replace('\'', '"'));
  }

  @ParameterizedTest(name = "{0}: {1} refuses {2}")
  @MethodSource("keywords")
  void refuse(String keyword, String value, String refused) {
    CompiledSchema schema = Schemas.asserting("{\"" + keyword + "\": " + value + "}");

    assertThat(schema.isValid(Schemas.json(refused))).isFalse();
    assertThat(schema.isValid(JsonNodeFactory.instance.nullNode()))
        .as("null")
        .isEqualTo(
            !Set.of("type", "enum", "const", "allOf", "anyOf", "oneOf", "not").contains(keyword));
  }

  @Test
  void are_all_that_the_meta_schemas_have() {
    Set<String> known = new TreeSet<>();
    for (String vocabulary : VOCABULARIES) {
      URI uri = URI.create("https://json-schema.org/draft/2020-12/meta/" + vocabulary);
      known.addAll(MetaSchemas.find(uri).orElseThrow().root().get("properties").propertyNames());
    }
    known.removeAll(NEVER_ALONE);
    known.add("dependencies"); // of earlier drafts

    assertThat(keywords().stream().map(row -> (String) row.get()[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(known);
  }
}
