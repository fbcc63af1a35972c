package io.brrtrouter.codegen.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.print.Layout.Piece;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LayoutTest {
  /** Takes a second or two; looking at all that follows from every item, many minutes. */
  private static final int MANY = 1_000_000;

  private static List<String> lines(Piece piece) {
    return Layout.render(0, piece).lines().toList();
  }

  @Test
  @Timeout(60)
  void a_list_of_many_items_takes_a_time_for_each() {
    List<Piece> items = Collections.nCopies(MANY, Layout.word("\"0123456789\""));

    assertThat(lines(Layout.call("List.of", items))).hasSize(MANY + 1);
  }

  @Test
  @Timeout(60)
  void a_list_of_many_short_items_takes_a_time_for_each() {
    List<Piece> items = Collections.nCopies(MANY, Layout.word("\"0\""));

    assertThat(lines(Layout.call("List.of", items))).hasSizeBetween(MANY / 20, MANY / 15);
  }

  @Test
  @Timeout(60)
  void a_chain_of_many_calls_takes_a_time_for_each() {
    List<Piece> calls = Collections.nCopies(MANY, Layout.call(".set", "\"name\"", "value"));

    assertThat(lines(Layout.chain(Layout.word("builder"), calls))).hasSize(MANY + 1);
  }
}
