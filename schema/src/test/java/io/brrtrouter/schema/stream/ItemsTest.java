package io.brrtrouter.schema.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ItemsTest {
  private static final class Collected implements ItemSink<Object> {
    private final List<Object> items = new ArrayList<>();
    private Thread thread = Thread.currentThread();

    @Override
    public void send(Object item) {
      items.add(item);
      thread = Thread.currentThread();
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  private static <T> List<T> all(Items<T> items) throws Exception {
    List<T> all = new ArrayList<>();
    for (Optional<T> next = items.next(); next.isPresent(); next = items.next()) {
      all.add(next.get());
    }
    return all;
  }

  @Test
  void items_are_read_in_order_and_end() throws Exception {
    Items<Integer> items = Items.of(List.of(1, 2, 3));

    assertThat(all(items)).containsExactly(1, 2, 3);
    assertThat(items.next()).isEmpty();
  }

  @Test
  void a_sink_gets_them_on_the_thread_that_asks_and_again() throws Exception {
    Items<Integer> items = Items.of(List.of(1, 2));
    Collected first = new Collected();
    Collected second = new Collected();

    items.sendTo(first);
    items.close();
    items.sendTo(second);

    assertThat(first.items).containsExactly(1, 2);
    assertThat(second.items).containsExactly(1, 2);
    assertThat(first.thread).isSameAs(Thread.currentThread());
  }

  @Test
  void what_has_been_read_is_not_sent() throws Exception {
    Items<Integer> items = Items.of(List.of(1, 2, 3));
    Collected rest = new Collected();
    items.next();

    items.sendTo(rest);

    assertThat(rest.items).containsExactly(2, 3);
  }

  @Test
  void a_producer_waits_until_an_item_is_read() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    Items<Integer> items =
        Items.produced(sink -> {
          for (int i = 1; i <= 3; i++) {
            sink.send(i);
            sent.set(i);
          }
        });

    assertThat(items.next()).contains(1);
    assertThat(sent.get()).isLessThan(2);
    assertThat(items.next()).contains(2);
    assertThat(sent.get()).isBetween(1, 2);
    assertThat(all(items)).containsExactly(3);
    assertThat(sent.get()).isEqualTo(3);
  }

  @Test
  void whoever_reads_learns_why_there_are_no_more() throws Exception {
    Items<String> broken =
        Items.produced(sink -> {
          sink.send("one");
          throw new UncheckedIOException(new IOException("torn"));
        });
    assertThat(broken.next()).contains("one");
    assertThatThrownBy(broken::next).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(broken::next).isInstanceOf(UncheckedIOException.class);

    Items<String> checked =
        Items.produced(sink -> {
          throw new InterruptedException("stopped");
        });
    assertThatThrownBy(checked::next)
        .isInstanceOf(IOException.class)
        .hasMessage("the items end before their producer does")
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void closing_interrupts_the_producer_and_nothing_is_read_any_more() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    AtomicReference<Object> seen = new AtomicReference<>();
    Items<String> items =
        Items.produced(sink -> {
          try {
            sink.send("one");
            Thread.sleep(Long.MAX_VALUE);
          } catch (InterruptedException stopped) {
            seen.set(sink.isOpen());
            throw stopped;
          } finally {
            over.countDown();
          }
        });
    assertThat(items.next()).contains("one");

    items.close();

    over.await();
    assertThat(seen.get()).isEqualTo(false);
    assertThatThrownBy(items::next)
        .isInstanceOf(IOException.class)
        .hasMessage("the items are closed");
  }

  @Test
  void a_producer_that_does_not_listen_can_send_no_more() throws Exception {
    AtomicReference<Exception> refused = new AtomicReference<>();
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Items<String> items =
        Items.produced(sink -> {
          sink.send("one");
          while (closed.getCount() > 0) {
            Thread.interrupted();
            Thread.onSpinWait();
          }
          Thread.interrupted();
          try {
            sink.send("two");
          } catch (IOException gone) {
            refused.set(gone);
          } finally {
            over.countDown();
          }
        });
    assertThat(items.next()).contains("one");

    items.close();
    closed.countDown();

    over.await();
    assertThat(refused.get()).hasMessage("nobody reads the items any more");
  }

  @Test
  void whoever_waits_is_told_of_the_end() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Items<String> items =
        Items.produced(sink -> {
          begun.countDown();
          Thread.sleep(Long.MAX_VALUE);
        });
    AtomicReference<Exception> seen = new AtomicReference<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                items.next();
              } catch (IOException | InterruptedException end) {
                seen.set(end);
              }
            });
    begun.await();

    items.close();

    reader.join();
    assertThat(seen.get()).isInstanceOf(IOException.class).hasMessage("the items are closed");
  }

  @Test
  void what_was_never_read_can_be_closed() {
    Items<String> items =
        Items.produced(_ -> {
          throw new AssertionError("nobody asked");
        });

    items.close();

    assertThatThrownBy(items::next).isInstanceOf(IOException.class);
  }

  @Test
  void an_event_is_an_object() {
    RawEvent whole = new RawEvent("two\nlines", "adopted", "7", 100L);
    String json = "{\"event\":\"adopted\",\"data\":\"two\\nlines\",\"id\":\"7\",\"retry\":100}";

    assertThat(json(whole)).isEqualTo(json);
    assertThat(json(RawEvent.of("x"))).isEqualTo("{\"data\":\"x\"}");
    assertThat(read(json)).isEqualTo(new Decoded.Value<>(whole));
    assertThat(read("{\"data\":\"x\",\"other\":1}"))
        .isEqualTo(new Decoded.Value<>(RawEvent.of("x")));
    assertThat(read("{\"id\":\"7\"}")).isInstanceOf(Decoded.Refused.class);
  }

  private static String json(RawEvent event) {
    return new String(
        Json.encode(RawEventCodec.INSTANCE, event, Checks.ALL).json(), StandardCharsets.UTF_8);
  }

  private static Decoded<RawEvent> read(String json) {
    return Json.decode(
        RawEventCodec.INSTANCE,
        json.getBytes(StandardCharsets.UTF_8),
        JsonLimits.DEFAULT,
        Checks.ALL);
  }

  @Test
  void a_sink_takes_nothing_once_its_producer_has_ended() throws Exception {
    AtomicReference<ItemSink<? super Integer>> kept = new AtomicReference<>();
    Items<Integer> items = Items.<Integer>produced(kept::set);

    assertThat(items.next()).isEmpty();

    ItemSink<? super Integer> sink = kept.get();
    assertThat(sink.isOpen()).isFalse();
    assertThatThrownBy(() -> sink.send(1))
        .isInstanceOf(IOException.class)
        .hasMessage("the producer of the items has ended");
    assertThat(items.next()).as("as before").isEmpty();
  }

  @Test
  void whoever_sends_an_item_that_is_not_read_learns_that() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    CountDownLatch sending = new CountDownLatch(1);
    Items<Integer> items =
        Items.produced(sink -> {
          sink.send(1);
          Thread other =
              Thread.ofVirtual()
                  .start(() -> {
                    try {
                      sink.send(2);
                      end.complete(null);
                    } catch (Exception thrown) {
                      end.complete(thrown);
                    }
                  });
          awaitState(other, Thread.State.WAITING);
          sending.countDown();
          throw new IOException("torn");
        });
    assertThat(items.next()).contains(1);
    sending.await();
    items.close();

    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
  }

  private static void awaitState(Thread thread, Thread.State state) {
    while (thread.isAlive() && thread.getState() != state) {
      Thread.onSpinWait();
    }
  }
}
