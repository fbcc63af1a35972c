package io.brrtrouter.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.OnReload;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events over real sockets. */
@Timeout(60)
class EventStreamTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Events, version: "1"}
      paths:
        /events:
          get:
            operationId: watch
            responses:
              "200": {description: ok, content: {text/event-stream: {schema: {type: string}}}}
      """;

  private static final Duration NEVER = Duration.ZERO;

  private final BlockingQueue<CompletedExchange> completed = new LinkedBlockingQueue<>();
  private String document = DOCUMENT;
  private BrrtServer server;

  private void serve(Handler handler, String... more) {
    List<String> settings =
        new ArrayList<>(List.of("responses.check", "enforce", "http.write_stall_ms", "2 s"));
    settings.addAll(List.of(more));
    server =
        BrrtServer.builder()
            .document(TestServer.file(document))
            .config(TestServer.config(settings.toArray(String[]::new)))
            .handler("watch", handler)
            .listener(
                new ExchangeListener() {
                  @Override
                  public void completed(CompletedExchange exchange) {
                    completed.add(exchange);
                  }
                })
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  private void serve(StreamOptions options, EventProducer producer) {
    serve(request -> EventStream.respond(request, options, producer));
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private StreamClient client(String... fields) throws IOException {
    return new StreamClient(server.port(), "/events", fields);
  }

  @Test
  void events_come_when_they_are_sent() throws Exception {
    BlockingQueue<String> source = new LinkedBlockingQueue<>();
    serve(
        StreamOptions.ENDLESS,
        events -> {
          events.comment("hello");
          for (String next = source.take(); !next.equals("end"); next = source.take()) {
            events.send(Event.of(next).withId("n").withName("said"));
          }
        });
    try (StreamClient client = client()) {
      assertThat(client.head())
          .contains(
              "HTTP/1.1 200 OK",
              "Content-Type: text/event-stream",
              "Cache-Control: no-cache",
              "Transfer-Encoding: chunked");
      assertThat(client.said()).isEqualTo(": hello");
      for (String text : List.of("one", "two")) {
        source.add(text);
        assertThat(client.said()).isEqualTo("id: n");
        assertThat(client.said()).isEqualTo("event: said");
        assertThat(client.said()).isEqualTo("data: " + text);
      }
      source.add("end");
      assertThat(client.said()).isNull();
    }
    assertThat(completed.take().aborted()).isFalse();
  }

  @Test
  void the_head_does_not_wait_for_the_first_event() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    serve(StreamOptions.ENDLESS, _ -> over.await());
    try (StreamClient client = client()) {
      assertThat(client.head()).isNotEmpty();
      over.countDown();
      assertThat(client.said()).isNull();
    }
  }

  @Test
  void a_client_that_connects_again_says_what_it_had() throws Exception {
    BlockingQueue<Optional<String>> seen = new LinkedBlockingQueue<>();
    serve(StreamOptions.ENDLESS, events -> seen.add(events.lastEventId()));
    try (StreamClient _ = client("Last-Event-ID: 41")) {
      assertThat(seen.take()).contains("41");
    }
    try (StreamClient _ = client()) {
      assertThat(seen.take()).isEmpty();
    }
  }

  @Test
  void silence_has_a_heart_beat() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    serve(StreamOptions.ENDLESS.withHeartbeat(Duration.ofMillis(20)), _ -> over.await());
    try (StreamClient client = client()) {
      assertThat(client.said()).isEqualTo(":");
      assertThat(client.said()).isEqualTo(":");
      over.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, true", "true, false", "false, false"})
  void a_client_that_goes_ends_the_producer(boolean sends, boolean resets) throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    serve(
        StreamOptions.ENDLESS.withHeartbeat(NEVER),
        events -> {
          try {
            events.send(Event.of("first"));
            while (sends) {
              events.send(Event.of("more"));
            }
            Thread.sleep(Duration.ofMinutes(1));
          } catch (IOException | InterruptedException gone) {
            end.complete(gone);
            assertThat(events.isOpen()).isFalse();
            throw gone;
          }
        });
    StreamClient client = client();
    assertThat(client.said()).isEqualTo("data: first");
    if (resets) {
      client.reset();
    } else {
      client.close();
    }
    assertThat(end.get(20, TimeUnit.SECONDS))
        .isInstanceOfAny(ClientGoneException.class, InterruptedException.class);
    assertThat(completed.take().aborted()).isTrue();
  }

  @Test
  void a_slow_client_holds_the_producer() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    String text = "x".repeat(10_000);
    serve(
        StreamOptions.ENDLESS.withCapacity(8),
        events -> {
          for (int i = 0; i < 2_000; i++) {
            events.send(Event.of(text).withId(String.valueOf(i)));
            sent.incrementAndGet();
          }
        });
    try (StreamClient client = client()) {
      int before = -1;
      for (int same = 0; same < 3; same++) { // until it is held
        Thread.sleep(100);
        same = sent.get() == before ? same : -1;
        before = sent.get();
      }
      assertThat(before).isBetween(1, 1_900);
      for (int i = 0; i < 2_000; i++) {
        assertThat(client.said()).isEqualTo("id: " + i);
        assertThat(client.said()).startsWith("data: x");
      }
      assertThat(client.said()).isNull();
    }
  }

  @Test
  void the_oldest_are_dropped_where_only_the_last_counts() throws Exception {
    String text = "x".repeat(10_000);
    CountDownLatch sent = new CountDownLatch(1);
    serve(
        StreamOptions.ENDLESS.withCapacity(4).withOverflow(Overflow.DROP_OLDEST),
        events -> {
          for (int i = 0; i < 2_000; i++) {
            events.send(Event.of(text).withId(String.valueOf(i)));
          }
          sent.countDown();
        });
    try (StreamClient client = client()) {
      assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
      List<String> ids = new ArrayList<>();
      for (String line = client.said(); line != null; line = client.said()) {
        if (line.startsWith("id: ")) {
          ids.add(line.substring(4));
        }
      }
      assertThat(ids).hasSizeLessThan(1_900).endsWith("1996", "1997", "1998", "1999");
    }
  }

  @Test
  void the_response_ends_where_none_may_be_missed() throws Exception {
    String text = "x".repeat(10_000);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    CountDownLatch read = new CountDownLatch(1);
    serve(
        StreamOptions.ENDLESS.withCapacity(4).withOverflow(Overflow.CLOSE),
        events -> {
          try {
            events.send(Event.of(text).withId("0"));
            read.await();
            for (int i = 1; true; i++) {
              events.send(Event.of(text).withId(String.valueOf(i)));
            }
          } catch (ClientGoneException gone) {
            end.complete(gone);
          }
        });
    try (StreamClient client = client()) {
      assertThat(client.said()).isEqualTo("id: 0");
      read.countDown();
      assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
      int next = 1;
      for (String line = client.said(); line != null; line = client.said()) {
        if (line.startsWith("id: ")) {
          assertThat(line).as("without a gap").isEqualTo("id: " + next++);
        }
      }
      assertThat(next).isPositive();
    }
    assertThat(completed.take().aborted()).as("ended well").isFalse();
  }

  @Test
  void a_response_lasts_as_long_as_it_may() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    serve(
        StreamOptions.ENDLESS.withLifetime(Duration.ofMillis(200)),
        events -> {
          try {
            events.send(Event.of("x"));
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException over) {
            end.complete(over);
            throw over;
          }
        });
    try (StreamClient client = client()) {
      assertThat(client.said()).isEqualTo("data: x");
      assertThat(client.said()).isNull();
    }
    assertThat(end.get(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(completed.take().aborted()).isFalse();
  }

  @Test
  void a_producer_that_fails_cuts_the_response_off() throws Exception {
    serve(
        StreamOptions.ENDLESS,
        events -> {
          events.send(Event.of("x"));
          throw new IOException("thrown by a test");
        });
    try (StreamClient client = client()) {
      assertThatThrownBy(
              () -> {
                while (client.line() != null) {
                  // until it is cut off
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(completed.take().aborted()).isTrue();
  }

  @Test
  void a_server_that_ends_lets_clients_connect_again() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    serve(
        StreamOptions.ENDLESS.withHeartbeat(NEVER),
        events -> {
          events.send(Event.of("x").withId("1"));
          begun.countDown();
          Thread.sleep(Duration.ofMinutes(1));
        });
    try (StreamClient client = client()) {
      assertThat(client.said()).isEqualTo("id: 1");
      assertThat(client.said()).isEqualTo("data: x");
      begun.await();
      Thread closer = Thread.startVirtualThread(server::close);
      assertThat(client.said()).as("the last chunk").isNull();
      client.reset();
      closer.join();
    }
    assertThat(completed.take().aborted()).isFalse();
  }

  /** Sends what is put there. */
  private static Handler sending(StreamOptions options, BlockingQueue<String> source) {
    return request ->
        EventStream.respond(
            request,
            options,
            events -> {
              while (true) {
                events.send(Event.of(source.take()));
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "continue, AS_CONFIGURED, false",
    "end, AS_CONFIGURED, true",
    "end, CONTINUE, false",
    "continue, END, true"
  })
  void a_document_that_is_replaced_ends_the_response_or_does_not(
      String setting, OnReload own, boolean ends) throws Exception {
    BlockingQueue<String> source = new LinkedBlockingQueue<>(List.of("old"));
    serve(
        sending(StreamOptions.ENDLESS.withHeartbeat(NEVER).withReload(own), source),
        "http.streams_on_reload",
        setting);
    try (StreamClient client = client()) {
      assertThat(client.said()).isEqualTo("data: old");
      server.replaceHandler(
          "watch", sending(StreamOptions.ENDLESS, new LinkedBlockingQueue<>(List.of("new"))));
      if (ends) {
        assertThat(client.said()).as("the last chunk").isNull();
        assertThat(completed.take().aborted()).isFalse();
      } else {
        source.add("still old");
        assertThat(client.said()).isEqualTo("data: still old");
      }
      try (StreamClient again = client()) {
        assertThat(again.said()).isEqualTo("data: new");
      }
    }
  }

  @Test
  void few_documents_that_are_replaced_are_kept_for_streams() throws Exception {
    StreamOptions options = StreamOptions.ENDLESS.withReload(OnReload.CONTINUE);
    serve(sending(options, new LinkedBlockingQueue<>()), "http.kept_generations", "3");
    List<BlockingQueue<String>> sources = new ArrayList<>();
    List<WeakReference<Handler>> handlers = new ArrayList<>();
    List<StreamClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        sources.add(new LinkedBlockingQueue<>(List.of("first")));
        handlers.add(replaceBySending(options, sources.getLast()));
        clients.add(client());
        assertThat(clients.getLast().said()).isEqualTo("data: first");
      }
      for (int i = 0; i < 6; i++) {
        assertThat(clients.get(i).said()).as("client %d", i).isNull();
      }
      for (int i = 6; i < 10; i++) {
        sources.get(i).add("still");
        assertThat(clients.get(i).said()).as("client %d", i).isEqualTo("data: still");
      }
      for (int i = 0; i < 6; i++) {
        while (handlers.get(i).get() != null) {
          System.gc(); // until nothing has it, or the time of the test is over
        }
      }
      assertThat(handlers.subList(6, 10)).allMatch(each -> each.get() != null);
    } finally {
      for (StreamClient client : clients) {
        client.close();
      }
    }
  }

  private WeakReference<Handler> replaceBySending(
      StreamOptions options, BlockingQueue<String> source) {
    Handler handler = sending(options, source);
    server.replaceHandler("watch", handler);
    return new WeakReference<>(handler);
  }

  @Test
  void the_deadline_of_the_operation_is_for_the_handler() throws Exception {
    serve(
        request ->
            EventStream.respond(
                request,
                events -> {
                  events.send(Event.of("in time"));
                  Thread.sleep(Duration.ofMillis(200)); // The deadline is over, several times.
                  events.send(Event.of("late"));
                }),
        "http.handler_deadline_ms",
        "20 ms");
    try (StreamClient client = client()) {
      assertThat(client.said()).isEqualTo("data: in time");
      assertThat(client.said()).isEqualTo("data: late");
      assertThat(client.said()).isNull();
    }
    assertThat(completed.take().aborted()).isFalse();
  }

  @Test
  void the_extension_declares_events_alone() throws Exception {
    document =
        DOCUMENT.replace(
            "\"200\": {description: ok, content: {text/event-stream: {schema: {type: string}}}}",
            "\"200\": {description: ok}");
    serve(StreamOptions.ENDLESS, events -> events.send(Event.of("undeclared")));
    assertThat(statusOf(server)).as("enforced, and nothing declares it").isEqualTo(500);
    server.close();
    document = document.replace("operationId: watch", "operationId: watch\n      x-sse: true");
    serve(StreamOptions.ENDLESS, events -> events.send(Event.of("declared")));
    try (StreamClient client = client()) {
      assertThat(client.head()).contains("HTTP/1.1 200 OK", "Content-Type: text/event-stream");
      assertThat(client.said()).isEqualTo("data: declared");
    }
  }

  private static int statusOf(BrrtServer server) throws IOException {
    try (StreamClient client = new StreamClient(server.port(), "/events")) {
      return Integer.parseInt(client.head().getFirst().substring(9, 12));
    }
  }

  @Test
  void options_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> StreamOptions.ENDLESS.withCapacity(0)).hasMessageContaining("1 item");
    assertThatThrownBy(() -> StreamOptions.ENDLESS.withHeartbeat(Duration.ofMillis(-1)))
        .hasMessageContaining("heartbeat");
    assertThatThrownBy(() -> StreamOptions.ENDLESS.withLifetime(Duration.ZERO))
        .hasMessageContaining("lasts");
    assertThatThrownBy(() -> Broadcaster.of(StreamOptions.ENDLESS, 1))
        .hasMessageContaining("waits for no client");
    assertThatThrownBy(() -> Broadcaster.of(-1)).hasMessageContaining("0 events");
  }

  @Test
  void a_broadcaster_sends_to_all_in_one_order() throws Exception {
    Broadcaster broadcaster = Broadcaster.of(100);
    serve(broadcaster::subscribe);
    List<StreamClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        clients.add(client());
      }
      while (broadcaster.subscribers() < 20) {
        Thread.onSpinWait();
      }
      List<Thread> publishers = new ArrayList<>();
      for (int p = 0; p < 4; p++) {
        String name = "p" + p;
        publishers.add(
            Thread.startVirtualThread(() -> {
              for (int i = 0; i < 25; i++) {
                assertThat(broadcaster.publish(Event.of(name + " " + i))).isEqualTo(20);
              }
            }));
      }
      for (Thread publisher : publishers) {
        publisher.join();
      }
      broadcaster.close();
      List<String> first = null;
      for (StreamClient client : clients) {
        List<String> all = new ArrayList<>();
        for (String line = client.said(); line != null; line = client.said()) {
          all.add(line);
        }
        assertThat(all).hasSize(100);
        first = first == null ? all : first;
        assertThat(all).isEqualTo(first);
      }
    } finally {
      for (StreamClient client : clients) {
        client.close();
      }
    }
    assertThatThrownBy(() -> broadcaster.publish(Event.of("late"))).hasMessageContaining("closed");
    try (StreamClient late = client()) {
      assertThat(late.said()).isNull();
    }
  }

  @Test
  void whoever_connects_again_misses_nothing_and_gets_nothing_twice() throws Exception {
    Broadcaster broadcaster = Broadcaster.of(50);
    serve(broadcaster::subscribe);
    for (int i = 0; i < 100; i++) {
      broadcaster.publish(Event.of("" + i).withId("" + i));
    }
    broadcaster.publish(Event.of("without id"));
    try (StreamClient behind = client("Last-Event-ID: 97");
        StreamClient lost = client("Last-Event-ID: 3");
        StreamClient fresh = client()) {
      while (broadcaster.subscribers() < 3) {
        Thread.onSpinWait();
      }
      broadcaster.publish(Event.of("last").withId("100"));
      broadcaster.close();
      assertThat(ids(behind)).containsExactly("98", "99", "100");
      assertThat(ids(lost)).hasSize(51).startsWith("50").endsWith("100");
      assertThat(ids(fresh)).containsExactly("100");
    }
    assertThat(broadcaster.subscribers()).isZero();
  }

  private static List<String> ids(StreamClient client) throws IOException {
    List<String> ids = new ArrayList<>();
    for (String line = client.said(); line != null; line = client.said()) {
      if (line.startsWith("id: ")) {
        ids.add(line.substring(4));
      }
    }
    return ids;
  }

  @Test
  void a_client_that_does_not_read_is_left_behind() throws Exception {
    Broadcaster broadcaster =
        Broadcaster.of(StreamOptions.ENDLESS.withOverflow(Overflow.CLOSE).withCapacity(4), 0);
    serve(broadcaster::subscribe);
    String text = "x".repeat(10_000);
    try (StreamClient _ = client();
        StreamClient quick = client()) {
      while (broadcaster.subscribers() < 2) {
        Thread.onSpinWait();
      }
      int sent = 0;
      while (broadcaster.subscribers() == 2) {
        broadcaster.publish(Event.of(text).withId("" + sent));
        assertThat(quick.said()).isEqualTo("id: " + sent);
        assertThat(quick.said()).startsWith("data: ");
        sent++;
      }
      assertThat(broadcaster.publish(Event.of("still").withId("s"))).isEqualTo(1);
      assertThat(quick.said()).isEqualTo("id: s");
    }
  }
}
