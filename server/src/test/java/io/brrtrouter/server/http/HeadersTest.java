package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final Headers HEADERS =
      Headers.of("Accept", "a", "X-One", "1", "accept", "b", "Content-Type", "text/plain");

  @Test
  void names_compare_without_case() {
    assertThat(HEADERS.get("ACCEPT")).isEqualTo("a");
    assertThat(HEADERS.first("x-one")).contains("1");
    assertThat(HEADERS.first("x-two")).isEmpty();
    assertThat(HEADERS.contains("content-type")).isTrue();
    assertThat(HEADERS.contains("content")).isFalse();
    assertThat(HEADERS.all("accept")).containsExactly("a", "b");
    assertThat(HEADERS.names()).containsExactly("accept", "x-one", "content-type");
    assertThat(HEADERS.size()).isEqualTo(4);
  }

  @Test
  void the_order_and_the_names_as_written_are_kept() {
    List<String> seen = new ArrayList<>();
    HEADERS.forEach((name, value) -> seen.add(name + "=" + value));
    assertThat(seen).containsExactly("Accept=a", "X-One=1", "accept=b", "Content-Type=text/plain");
    assertThat(Headers.of("A", "1", "B", "2")).hasToString("A: 1\nB: 2\n");
  }

  @Test
  void fields_are_there_by_index() {
    assertThat(HEADERS.name(2)).isEqualTo("accept");
    assertThat(HEADERS.value(2)).isEqualTo("b");
    assertThatThrownBy(() -> HEADERS.name(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> HEADERS.value(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void a_change_is_a_new_value() {
    assertThat(HEADERS.with("Accept", "c").all("Accept")).containsExactly("c");
    assertThat(HEADERS.with("New", "n").size()).isEqualTo(5);
    assertThat(HEADERS.all("Accept")).containsExactly("a", "b");
    assertThat(HEADERS.toBuilder().remove("ACCEPT").build())
        .isEqualTo(Headers.of("X-One", "1", "Content-Type", "text/plain"))
        .hasSameHashCodeAs(Headers.of("X-One", "1", "Content-Type", "text/plain"))
        .isNotEqualTo(HEADERS);
    assertThat(Headers.builder().build()).isSameAs(Headers.empty());
  }

  @SuppressWarnings({"NullAway", "ReturnValueIgnored"}) // handlers without null checks do
  private static void withoutValue() {
    HttpResponse.of(200).withHeader("X-Total", null);
  }

  @Test
  void what_cannot_be_sent_is_refused() {
    assertThatThrownBy(() -> Headers.of("A"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header name without value");
    assertThatThrownBy(() -> Headers.of("A B", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header name is a token, not \"A B\"");
    assertThatThrownBy(() -> Headers.of("", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header name is a token, not \"\"");
    assertThatThrownBy(() -> Headers.of("A\r\nB", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header name is a token, not \"A\ufffd\ufffdB\"");
    assertThatThrownBy(HeadersTest::withoutValue)
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the value of header X-Total is null");
    assertThatThrownBy(() -> Headers.of("A", "x\r\nB: y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the value of header A has a control character at index 1");
    assertThatThrownBy(() -> Headers.of("A", "10 \u20ac"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the value of header A has a character beyond Latin-1 at index 3");
    assertThat(Headers.of("A", "\t\u00e9 x").get("a")).isEqualTo("\t\u00e9 x");
  }
}
