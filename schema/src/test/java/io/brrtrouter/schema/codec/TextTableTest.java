package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A table of texts")
class TextTableTest {

  private static int find(TextTable table, String text) {
    byte[] alone = Values.utf8(text);
    int index = table.find(alone, 0, alone.length);
    byte[] amid = Values.utf8("#" + text + "#and more behind it");
    assertThat(table.find(amid, 1, 1 + alone.length)).isEqualTo(index);
    assertThat(table.find(text)).isEqualTo(index);
    return index;
  }

  @Test
  void findsItsTextsAndNoOthers() {
    Random random = new Random(3);
    Set<String> texts = new LinkedHashSet<>();
    while (texts.size() < 500) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(24); i > 0; i--) {
        text.append("abä".charAt(random.nextInt(3)));
      }
      texts.add(text.toString());
    }
    String[] known = texts.stream().limit(250).toArray(String[]::new);
    TextTable table = TextTable.of(known);
    int index = 0;
    for (String text : texts) {
      assertThat(find(table, text)).isEqualTo(index < known.length ? index : -1);
      index++;
    }
  }

  @Test
  void tellsTextsApartThatDifferInTheMiddleOnly() {
    TextTable table = TextTable.of("12345678a12345678", "12345678b12345678", "12345678c12345678");
    assertThat(find(table, "12345678b12345678")).isEqualTo(1);
    assertThat(find(table, "12345678d12345678")).isEqualTo(-1);
  }

  @Test
  void matchesAMemberNameAtAPlace() {
    TextTable table = TextTable.of("id", "created_at", "a\"", "größe");
    byte[] json = Values.utf8("{\"id\":1,\"created_at\":2,\"a\"\":3,\"größe\":4,                }");
    assertThat(table.match(0, json, 1)).isEqualTo(5);
    assertThat(table.match(1, json, 1)).isZero();
    assertThat(table.match(1, json, 8)).isEqualTo(13);
    assertThat(table.match(2, json, 23)).isZero();
    assertThat(table.match(3, json, 30)).isEqualTo(10);
    assertThat(table.match(4, json, 1)).isZero();
    assertThat(table.match(0, Values.utf8("\"id\":1}"), 0)).isZero();
  }

  @Test
  void refusesTextsThatCannotBeToldApart() {
    assertThatThrownBy(() -> TextTable.of("a", "b", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the text \"a\" occurs twice");
    assertThatThrownBy(() -> TextTable.of("\ud83d"))
        .hasMessage("a text with an unpaired surrogate is not Unicode");
  }
}
