package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.transport.RawClient.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a server, in order or at once. */
class DrainTest extends ServerTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void a_request_in_flight_is_answered_and_idle_connections_are_closed() throws Exception {
    settings.drainGrace = Duration.ofMillis(200);
    restart();
    try (RawClient idle = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> drained;
      try (RawClient busy = client()) {
        assertThat(idle.send("GET /a" + END).read().status()).isEqualTo(200);
        busy.send("GET /wait" + END);
        server.nextRequest();
        server.nextRequest();
        drained = threads.submit(() -> server.transport.drain(LONG));
        assertThat(idle.isEnded()).isTrue();
        assertThat(drained.isDone()).isFalse();
        assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
        server.release();
        Answer answer = busy.read();
        assertThat(answer.body()).isEqualTo("waited");
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(busy.isEnded()).isTrue();
      }
      assertThat(drained.get()).isTrue();
    }
  }

  /** The kernel has told their clients that they are connected. */
  @Test
  void connections_that_nobody_has_accepted_yet_are_served() throws Exception {
    settings.drainGrace = LONG;
    restart();
    CountDownLatch busy = new CountDownLatch(1);
    List<RawClient> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch held = new CountDownLatch(1);
      server
          .transport
          .server
          .eventLoop()
          .execute(() -> {
            held.countDown();
            awaitUninterruptibly(busy);
          });
      // Whoever comes before that is accepted, and served before the drain.
      held.await();
      for (int i = 0; i < 50; i++) {
        clients.add(client().send("GET /a" + END));
      }
      Future<Boolean> drained = threads.submit(() -> server.transport.drain(LONG));
      eventually("draining has begun", server.transport.shared::isDraining);
      // How long the loops are busy does not count.
      long began = System.nanoTime();
      eventually(
          "longer than the last accepts",
          () -> System.nanoTime() - began > 2 * ConnectionCount.LAST_ACCEPTS.toNanos());
      busy.countDown();
      for (RawClient client : clients) {
        Answer answer = client.read();
        assertThat(answer.body()).isEqualTo("GET /a ");
        assertThat(answer.header("Connection")).isEqualTo("close");
        client.close();
      }
      assertThat(drained.get()).isTrue();
    } finally {
      busy.countDown();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  /** Nobody accepts any more, nothing can be closed in order: it ends all the same. */
  @Test
  @Timeout(30)
  void loops_that_are_held_do_not_hold_the_end() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (RawClient client = client()) {
      client.send("GET /a" + END).read();
      server.transport.server.eventLoop().execute(() -> awaitUninterruptibly(held));
      for (ConnectionLoop loop : server.transport.loops.values()) {
        loop.eventLoop().execute(() -> awaitUninterruptibly(held));
      }
      Duration atMost = Duration.ofMillis(200);
      long began = System.nanoTime();
      assertThat(server.transport.drain(atMost)).isFalse();
      // What the clock says on a busy machine; without bounds it would say nothing at all.
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThan(atMost)
          .isLessThan(Transport.CLOSING.multipliedBy(5));
    } finally {
      held.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_stream_of_new_connections_does_not_keep_it_from_ending() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> streams = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        streams.add(threads.submit(this::connectUntilRefused));
      }
      server.nextRequest();
      assertThat(server.transport.drain(LONG)).isTrue();
      for (Future<?> stream : streams) {
        stream.get();
      }
    }
  }

  private void connectUntilRefused() {
    while (true) {
      try (RawClient client = client()) {
        client.send("GET /a" + END).read();
      } catch (IOException refused) {
        return;
      }
    }
  }

  @Test
  void a_request_that_has_begun_or_begins_in_the_grace_is_answered() throws Exception {
    settings.drainGrace = LONG;
    restart();
    try (RawClient begun = client().send("POST /a" + AND + "Content-Length: 3\r\n\r\na");
        RawClient silent = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(silent.send("GET /a" + END).read().status()).isEqualTo(200);
      server.nextRequest();
      server.nextRequest();
      Future<Boolean> drained = threads.submit(() -> server.transport.drain(LONG));
      eventually("no more are accepted", this::isRefused);
      assertThat(silent.send("GET /b" + END).read().header("Connection")).isEqualTo("close");
      assertThat(begun.send("bc").read().body()).isEqualTo("POST /a abc");
      begun.endOutput();
      silent.endOutput();
      assertThat(drained.get()).isTrue();
    }
  }

  private boolean isRefused() {
    try {
      client().close();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void what_does_not_finish_in_time_is_cut_off() throws Exception {
    try (RawClient client = client().send("GET /wait" + END)) {
      server.nextRequest();
      assertThat(server.transport.drain(Duration.ofMillis(50))).isFalse();
      assertThat(server.nextCompleted().aborted()).isTrue();
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void closing_does_not_wait() throws Exception {
    try (RawClient client = client().send("GET /wait" + END)) {
      server.nextRequest();
      server.transport.close();
      server.transport.close();
      assertThat(server.nextCompleted().aborted()).isTrue();
      assertThat(client.isEnded()).isTrue();
      assertThat(server.transport.drain(LONG)).isTrue();
    }
  }

  /** Promise 6: a drain under load loses no accepted request. */
  @Test
  void a_drain_under_load_loses_no_accepted_request() throws Exception {
    int clients = 20;
    AtomicInteger answered = new AtomicInteger();
    CountDownLatch running = new CountDownLatch(clients * 5);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        ends.add(threads.submit(() -> requestUntilClosed(answered, running)));
      }
      running.await();
      assertThat(server.transport.drain(LONG)).isTrue();
      for (Future<Boolean> end : ends) {
        assertThat(end.get()).as("told by Connection: close").isTrue();
      }
    }
    assertThat(answered).hasValue(server.decided.get());
    assertThat(server.completed).hasSize(answered.get()).noneMatch(TestServer.Completed::aborted);
  }

  private boolean requestUntilClosed(AtomicInteger answered, CountDownLatch running)
      throws IOException {
    try (RawClient client = client()) {
      while (true) {
        client.send("POST /a" + AND + "Content-Length: 300\r\n\r\n" + "x".repeat(300));
        Answer answer = client.read();
        assertThat(answer.body()).hasSize(308);
        answered.incrementAndGet();
        running.countDown();
        if (answer.header("Connection").equals("close")) {
          return client.isEnded();
        }
      }
    }
  }
}
