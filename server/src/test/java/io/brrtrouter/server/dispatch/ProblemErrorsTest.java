package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A few octets sent are not answered with many. */
class ProblemErrorsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void a_long_pointer_shows_its_beginning() {
    JsonNode error = only("/" + "n".repeat(1000), "m", null);

    assertThat(error.path("pointer").stringValue()).isEqualTo("/" + "n".repeat(255) + "…");
  }

  @Test
  void a_long_message_shows_its_beginning_and_no_half_of_a_character() {
    JsonNode error = only("", "m".repeat(1023) + "\uD83D\uDE00" + "m", null);

    assertThat(error.path("message").stringValue()).isEqualTo("m".repeat(1023) + "…");
  }

  @Test
  void a_long_value_of_a_keyword_is_left_out() {
    ArrayNode values = JSON.arrayNode();
    for (int i = 0; i < 20_000; i++) {
      values.add("value" + i);
    }
    assertThat(only("", "m", values).has("expected")).isFalse();
    assertThat(only("", "m", JSON.objectNode().put("n".repeat(2000), 1)).has("expected")).isFalse();
    assertThat(only("", "m", JSON.stringNode("s".repeat(2000))).has("expected")).isFalse();
    assertThat(only("", "m", JSON.arrayNode().add("a").add(2)).path("expected").toString())
        .isEqualTo("[\"a\",2]");
  }

  @Test
  void all_together_are_bounded_whatever_has_to_be_escaped() {
    RequestViolation hostile = violation("/" + "\u0001".repeat(255), "m".repeat(500), null);
    ProblemErrors errors =
        ProblemErrors.of(Collections.nCopies(50, hostile), SourceLocation::toString);

    assertThat(errors.list().toString().length()).isBetween(32_000, 36_000);
    assertThat(errors.list().size() + errors.omitted()).isEqualTo(50);
    assertThat(errors.omitted()).isPositive();
  }

  private static JsonNode only(String pointer, String message, @Nullable JsonNode expected) {
    ProblemErrors errors =
        ProblemErrors.of(List.of(violation(pointer, message, expected)), SourceLocation::toString);
    assertThat(errors.omitted()).isZero();
    return errors.list().get(0);
  }

  private static RequestViolation violation(
      String pointer, String message, @Nullable JsonNode expected) {
    return new RequestViolation(
        RequestViolation.In.BODY,
        "",
        pointer,
        "keyword",
        message,
        expected,
        new SourceLocation("api.yaml", 1, 2));
  }
}
