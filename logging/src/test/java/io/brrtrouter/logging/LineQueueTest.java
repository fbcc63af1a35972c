package io.brrtrouter.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines that wait to be written. */
@Timeout(60)
class LineQueueTest {
  /** Somebody who reads only when told to. */
  private static final class Reader extends OutputStream {
    final CountDownLatch began = new CountDownLatch(1);
    final CountDownLatch reads = new CountDownLatch(1);
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    @Override
    public void write(int octet) {
      throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void write(byte[] octets) throws IOException {
      began.countDown();
      try {
        reads.await();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      read.writeBytes(octets);
    }

    synchronized String text() {
      return read.toString(StandardCharsets.UTF_8);
    }
  }

  private final Reader reader = new Reader();

  private LineQueue queue(int lines, long octets) {
    LineQueue queue =
        new LineQueue(
            reader,
            lines,
            octets,
            dropped -> ("dropped " + dropped + "\n").getBytes(StandardCharsets.UTF_8));
    queue.start();
    return queue;
  }

  private static void offer(LineQueue queue, String text, Level level) {
    queue.offer((text + "\n").getBytes(StandardCharsets.UTF_8), level);
  }

  /** Fills it, with one line being written. */
  private void fill(LineQueue queue, int lines) throws InterruptedException {
    offer(queue, "first", Level.INFO);
    reader.began.await();
    for (int i = 1; i < lines; i++) {
      offer(queue, "i" + i, Level.INFO);
    }
  }

  @Test
  void a_log_that_nobody_reads_drops_details_and_keeps_room_for_warnings() throws Exception {
    LineQueue queue = queue(16, 1 << 20);
    fill(queue, 20);
    assertThat(queue.held()).isEqualTo(12);

    offer(queue, "warning", Level.WARN);
    offer(queue, "error", Level.ERROR);
    assertThat(queue.dropped()).contains(entry("INFO", 8L), entry("WARN", 0L), entry("ERROR", 0L));

    reader.reads.countDown();
    queue.flush();
    queue.end();
    assertThat(reader.text().lines())
        .contains("first", "i11", "warning", "error", "dropped {INFO=8}")
        .doesNotContain("i12");
  }

  @Test
  void warnings_are_dropped_last_and_an_event_loop_does_not_wait() throws Exception {
    LineQueue queue = queue(16, 1 << 20);
    fill(queue, 12);
    for (int i = 0; i < 6; i++) {
      offer(queue, "w" + i, Level.WARN); // on a platform thread
    }

    assertThat(queue.held()).isEqualTo(16);
    assertThat(queue.dropped()).contains(entry("WARN", 2L));
    reader.reads.countDown();
    queue.end();
  }

  @Test
  void a_warning_waits_for_room_where_that_harms_nobody() throws Exception {
    LineQueue queue = queue(16, 1 << 20);
    fill(queue, 12);
    for (int i = 0; i < 4; i++) {
      offer(queue, "w" + i, Level.WARN);
    }
    Thread waits = Thread.ofVirtual().start(() -> offer(queue, "late", Level.WARN));
    while (waits.getState() != Thread.State.TIMED_WAITING
        && waits.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    reader.reads.countDown();
    waits.join();
    queue.flush();

    // On a machine that was too slow, it was counted.
    assertThat(reader.text().contains("late\n") || queue.dropped().get("WARN") == 1).isTrue();
    queue.end();
  }

  @Test
  void octets_are_bounded_as_lines_are() throws Exception {
    LineQueue queue = queue(1_000, 400);
    fill(queue, 1);
    for (int i = 0; i < 10; i++) {
      offer(queue, "x".repeat(99), Level.INFO);
    }

    assertThat(queue.held()).isEqualTo(3);
    assertThat(queue.dropped()).contains(entry("INFO", 8L));
    reader.reads.countDown();
    queue.end();
  }

  @Test
  void who_has_gone_costs_lines_and_nothing_else() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    LineQueue queue = new LineQueue(broken, 16, 1_000, _ -> new byte[0]);
    queue.start();
    offer(queue, "lost", Level.ERROR);
    queue.flush();

    assertThat(queue.dropped()).contains(entry("ERROR", 1L));
    assertThat(queue.held()).isZero();
    queue.end();
  }

  @Test
  void without_its_thread_lines_are_written_by_who_logs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStream once =
        new OutputStream() {
          private boolean failed;

          @Override
          public void write(int octet) {
            out.write(octet);
          }

          @Override
          public void write(byte[] octets) {
            if (!failed) {
              failed = true;
              throw new OutOfMemoryError("of a test");
            }
            out.writeBytes(octets);
          }
        };
    LineQueue queue = new LineQueue(once, 16, 1_000, _ -> new byte[0]);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
    try {
      queue.start();
      offer(queue, "lost", Level.INFO);
      queue.flush();
      offer(queue, "kept", Level.INFO);
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("kept\n");
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void what_is_logged_while_the_process_ends_is_written_at_once() {
    reader.reads.countDown();
    LineQueue queue = queue(16, 1_000);
    offer(queue, "before", Level.INFO);
    queue.close();
    assertThat(reader.text()).isEqualTo("before\n");

    for (String text : List.of("one", "two")) {
      offer(queue, text, Level.INFO);
      assertThat(reader.text()).endsWith(text + "\n");
    }
    queue.end();
  }
}
