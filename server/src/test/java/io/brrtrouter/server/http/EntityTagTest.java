package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a\"", "W/\"a\"", "\"a,b\"", "\"\u00e9!#~\"", "W/\"\""})
  void is_its_text(String text) {
    assertThat(EntityTag.parse(text)).hasValueSatisfying(tag -> assertThat(tag).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "\"", "\"a", "a\"", "\"a\"b", "\"a b\"", "w/\"a\"", "W/", "W/a", "\"\t\"", "*"
      })
  void is_nothing_else(String text) {
    assertThat(EntityTag.parse(text)).isEmpty();
  }

  @Test
  void has_no_characters_that_end_it() {
    assertThat(EntityTag.strong("v1")).hasToString("\"v1\"");
    assertThat(EntityTag.weak("v1")).hasToString("W/\"v1\"");
    for (String opaque : new String[] {"a\"b", "a b", "a\r\nX: y", "\u0100", "\u007f"}) {
      assertThatThrownBy(() -> EntityTag.strong(opaque))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("that none can have");
    }
  }

  /** RFC 9110 section 8.8.3.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          W/"1" | W/"1" | false | true
          W/"1" | W/"2" | false | false
          W/"1" | "1"   | false | true
          "1"   | "1"   | true  | true
          """)
  void compares(String one, String other, boolean strongly, boolean weakly) {
    EntityTag tag = EntityTag.parse(one).orElseThrow();
    assertThat(tag.isIn(other, true)).isEqualTo(strongly);
    assertThat(tag.isIn(other, false)).isEqualTo(weakly);
    assertThat(tag.matchesStrongly(EntityTag.parse(other).orElseThrow())).isEqualTo(strongly);
  }
}
