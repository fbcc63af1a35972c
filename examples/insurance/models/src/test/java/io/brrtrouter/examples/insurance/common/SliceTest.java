package io.brrtrouter.examples.insurance.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pages of a list. */
class SliceTest {
  private final NavigableMap<String, Integer> numbers =
      new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5));

  @Test
  void pages_show_everything_once() {
    Slice<Integer> first = Slice.of(numbers, null, _ -> true, 2);
    assertThat(first.items()).containsExactly(1, 2);

    String key = Slice.key(String.valueOf(first.next()), numbers::containsKey).orElseThrow();
    numbers.remove("b");
    Slice<Integer> second = Slice.of(numbers, key, _ -> true, 2);
    assertThat(second.items()).containsExactly(3, 4);
    assertThat(second.page().next()).isNotNull();
    assertThat(Slice.of(numbers, "d", _ -> true, 2)).isEqualTo(new Slice<>(List.of(5), null));
  }

  @Test
  void a_page_that_is_just_full_is_the_last_one() {
    Slice<Integer> odd = Slice.of(numbers, null, number -> number % 2 == 1, 3);

    assertThat(odd.items()).containsExactly(1, 3, 5);
    assertThat(odd.next()).isNull();
    assertThat(odd.link("/numbers", Map.of())).isNull();
  }

  @Test
  void numbers_of_more_digits_come_later() {
    NavigableMap<String, Integer> keys = new TreeMap<>(Slice.BY_NUMBER);
    List.of(1_000_001, 999_999, 100_001, 1_000_000).forEach(each -> keys.put("P-" + each, each));

    assertThat(Slice.of(keys, null, _ -> true, 4).items())
        .containsExactly(100_001, 999_999, 1_000_000, 1_000_001);
    assertThat(Slice.of(keys, "P-999999", _ -> true, 1).items()).containsExactly(1_000_000);
  }

  @Test
  void links_keep_what_was_asked() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("limit", 1);
    query.put("what", List.of("x", "b&c"));

    assertThat(Slice.of(numbers, null, _ -> true, 1).link("/numbers", query))
        .isEqualTo("</numbers?limit=1&what=x&what=b%26c&cursor=YQ>; rel=\"next\"");
  }

  @Test
  void cursors_of_others_are_none() {
    assertThat(Slice.key("???", _ -> true)).isEmpty();
    assertThat(Slice.key("eA", numbers::containsKey)).isEmpty();
  }
}
