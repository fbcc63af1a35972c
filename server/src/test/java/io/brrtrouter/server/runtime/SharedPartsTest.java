package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What generations have in common, and when it is closed. */
class SharedPartsTest {
  private final List<String> closed = new ArrayList<>();
  private final SharedParts parts = new SharedParts();

  private final class Key implements AutoCloseable {
    private final String name;

    Key(String name) {
      this.name = name;
    }

    @Override
    public void close() {
      closed.add(name);
    }
  }

  private Key key(SharedParts.Claim claim, String madeOf, String name) {
    return claim.get(madeOf, Key.class, () -> new Key(name));
  }

  @Test
  void what_is_made_of_the_same_is_the_same() {
    SharedParts.Claim first = parts.claim();
    SharedParts.Claim second = parts.claim();
    Key one = key(first, "a", "one");

    assertThat(key(second, "a", "two")).isSameAs(one);
    assertThat(key(second, "b", "three")).isNotSameAs(one);
    first.release();
    assertThat(closed).isEmpty();
    second.release();
    assertThat(closed).containsExactly("one", "three");
  }

  @Test
  void a_draft_that_comes_to_nothing_closes_what_only_it_made() {
    SharedParts.Claim serving = parts.claim();
    key(serving, "a", "one");
    SharedParts.Claim draft = parts.claim();
    key(draft, "a", "");
    key(draft, "b", "two");
    draft.release();

    assertThat(closed).containsExactly("two");
    assertThat(key(parts.claim(), "a", "another").name).isEqualTo("one");
  }

  @Test
  void what_is_claimed_twice_by_one_is_let_go_once() {
    SharedParts.Claim claim = parts.claim();
    key(claim, "a", "one");
    key(claim, "a", "two");
    SharedParts.Claim again = claim.again();
    claim.release();
    claim.release();

    assertThat(closed).isEmpty();
    again.release();
    assertThat(closed).containsExactly("one");
  }

  @Test
  void what_is_left_is_closed_with_the_server_and_nothing_is_made_any_more() {
    SharedParts.Claim claim = parts.claim();
    key(claim, "a", "one");
    parts.close();

    assertThat(closed).containsExactly("one");
    assertThatThrownBy(() -> key(claim, "b", "late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the server has stopped");
    claim.release();
    assertThat(closed).containsExactly("one", "late");
  }

  @Test
  void who_cannot_make_a_part_has_none() {
    SharedParts.Claim claim = parts.claim();

    assertThatThrownBy(() ->
            claim.get(
                "a",
                Key.class,
                () -> {
                  throw new IOException("unusable");
                }))
        .isInstanceOf(IOException.class);
    assertThat(key(claim, "a", "one").name).isEqualTo("one");
  }

  /** A counter that goes down is taken for that of a process that has started anew. */
  @Test
  void what_was_counted_outlives_who_has_counted_it() throws Exception {
    Map<String, String> labels = Map.of("service", "catalog");
    Measured counting =
        () ->
            List.of(
                Measurement.counter("asked_total", "Asked.", labels, 3),
                Measurement.counter("failed_total", "Failed.", labels, 0),
                Measurement.gauge("open", "Open.", labels, 1));
    for (int i = 0; i < 2; i++) {
      SharedParts.Claim claim = parts.claim();
      claim.get("it", Measured.class, () -> counting);
      assertThat(asked()).isEqualTo(3 * (i + 1));
      claim.release();
      assertThat(asked()).isEqualTo(3 * (i + 1));
    }
    assertThat(figures()).singleElement().extracting(Measurement::labels).isEqualTo(labels);
  }

  private List<Measurement> figures() {
    return parts.measured().stream().flatMap(each -> each.measurements().stream()).toList();
  }

  private double asked() {
    return figures().stream()
        .filter(each -> each.name().equals("asked_total"))
        .mapToDouble(Measurement::value)
        .sum();
  }
}
