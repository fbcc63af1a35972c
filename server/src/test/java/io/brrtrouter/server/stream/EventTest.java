package io.brrtrouter.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTML standard section 9.2.6, from the side that writes. */
class EventTest {

  @ParameterizedTest
  @CsvSource({
    "one, 'data: one|'",
    "'', 'data: |'",
    "' led by a space', 'data:  led by a space|'",
    "'a\nb', 'data: a|data: b|'",
    "'a\r\nb', 'data: a|data: b|'",
    "'a\rb', 'data: a|data: b|'",
    "'a\n\rb', 'data: a|data: |data: b|'",
    "'a\n', 'data: a|data: |'",
    "'\n', 'data: |data: |'",
    "'id: 7', 'data: id: 7|'",
    "'caf\u00e9', 'data: caf\u00e9|'",
  })
  void lines_are_lines(String data, String expected) {
    Event event = Event.of(data.replace("\\r", "\r").replace("\\n", "\n"));
    assertThat(new String(event.octets(), StandardCharsets.UTF_8))
        .isEqualTo(expected.replace('|', '\n') + "\n");
  }

  @Test
  void fields_come_before_the_data() {
    Event event = Event.of("x").withId("7").withName("adopted").withRetry(Duration.ofSeconds(2));
    assertThat(event).hasToString("id: 7\nevent: adopted\nretry: 2000\ndata: x\n\n");
    assertThat(event.withId("")).hasToString("id: \nevent: adopted\nretry: 2000\ndata: x\n\n");
  }

  @Test
  void json_is_on_one_line() {
    assertThat(Event.json(Map.of("name", "two\nlines")).data())
        .isEqualTo("{\"name\":\"two\\nlines\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r", "\r\n"})
  void a_name_and_an_id_are_on_one_line(String text) {
    Event event = Event.of("x");
    assertThatThrownBy(() -> event.withName(text)).hasMessageContaining("name");
    assertThatThrownBy(() -> event.withId(text)).hasMessageContaining("id");
  }

  @Test
  void what_clients_ignore_is_refused() {
    Event event = Event.of("x");
    assertThatThrownBy(() -> event.withId("a\0")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> event.withRetry(Duration.ofMillis(-1))).hasMessageContaining("0 ms");
  }

  @Test
  void a_comment_may_have_lines() {
    assertThat(new String(Event.comment("a\nb"), StandardCharsets.UTF_8)).isEqualTo(": a\n: b\n\n");
  }
}
