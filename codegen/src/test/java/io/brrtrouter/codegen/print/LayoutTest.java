package io.brrtrouter.codegen.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.print.Layout.Piece;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LayoutTest {
  private static final int MANY = 200_000;
  private static final Duration MOST = Duration.ofSeconds(10);

  private static List<String> timed(Piece piece) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    String text = Layout.render(0, piece);
    long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertThat(Duration.ofNanos(after - before)).isLessThan(MOST);
    return text.lines().toList();
  }

  // Looking at all that follows from every item takes minutes.

  @Test
  @Timeout(120)
  void a_list_of_many_items_takes_a_time_for_each() {
    List<Piece> items = Collections.nCopies(MANY, Layout.word("\"0123456789\""));

    assertThat(timed(Layout.call("List.of", items))).hasSize(MANY + 1);
  }

  @Test
  @Timeout(120)
  void a_list_of_many_short_items_takes_a_time_for_each() {
    List<Piece> items = Collections.nCopies(MANY, Layout.word("\"0\""));

    assertThat(timed(Layout.call("List.of", items))).hasSizeBetween(MANY / 20, MANY / 15);
  }

  @Test
  @Timeout(120)
  void a_chain_of_many_calls_takes_a_time_for_each() {
    List<Piece> calls = Collections.nCopies(MANY, Layout.call(".set", "\"name\"", "value"));

    assertThat(timed(Layout.chain(Layout.word("builder"), calls))).hasSize(MANY + 1);
  }
}
