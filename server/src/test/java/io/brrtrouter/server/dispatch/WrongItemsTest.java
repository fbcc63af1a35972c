package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrongItemsTest {
  private static final List<String> WRONG = List.of("body: must be at most 9");

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE); // As the clock may be.
  private final WrongItems items = new WrongItems("of-wrong-items", "200 of feed", now::get);

  private List<String> lines(Runnable work) {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.contract")) {
      work.run();
      return log.about("of-wrong-items").stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
  }

  @Test
  void the_first_is_told_in_full_and_others_are_counted() {
    assertThat(
            lines(() ->
                assertThat(IntStream.range(4, 20).filter(i -> items.add(i, WRONG)))
                    .containsExactly(4)))
        .containsExactly(
            "request of-wrong-items: item 4 of the response 200 of feed does not match the document:"
                + " [body: must be at most 9]");
    assertThat(lines(items::end))
        .containsExactly(
            "request of-wrong-items: 15 more of the items of the response 200 of feed, the last of"
                + " them item 19, did not match the document");
    assertThat(lines(items::end)).isEmpty();
  }

  @Test
  void one_alone_is_told_once() {
    assertThat(lines(() -> items.add(1, WRONG))).hasSize(1);
    assertThat(lines(items::end)).isEmpty();
  }

  @Test
  void a_stream_that_lasts_has_a_line_each_minute_at_most() {
    assertThat(
            lines(() -> {
              for (int i = 1; i <= 3600; i++) {
                items.add(i, WRONG);
                now.addAndGet(TimeUnit.SECONDS.toNanos(1));
              }
            }))
        .hasSize(60)
        .contains(
            "request of-wrong-items: 60 more of the items of the response 200 of feed, the last of"
                + " them item 61, did not match the document");
  }
}
