package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.transport.RawClient.Answer;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients that take too long, each with the one time short that ends it. */
class TimeoutsTest extends ServerTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  @Test
  void a_head_that_does_not_come_in_time_is_answered() throws IOException {
    settings.head = SHORT;
    restart();
    try (RawClient client = client()) {
      Answer answer = client.send("GET /a HTTP/1.1\r\nHo").read();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).isEqualTo("the header fields did not come in time");
      assertThat(client.isEnded()).isTrue();
    }
  }

  /** A read timeout would be put off by each octet; the time for the whole head is not. */
  @Test
  void a_head_that_dribbles_is_answered() throws Exception {
    settings.head = SHORT;
    restart();
    try (RawClient client = client()) {
      Thread dribbling = dribble(client, "GET /a HTTP/1.1\r\nA: ");
      assertThat(client.read().status()).isEqualTo(408);
      dribbling.interrupt();
      dribbling.join();
    }
  }

  @Test
  void a_second_head_has_its_own_time() throws IOException {
    settings.head = SHORT;
    restart();
    try (RawClient client = client()) {
      client.send("GET /a" + END);
      assertThat(client.read().status()).isEqualTo(200);
      LockSupport.parkNanos(SHORT.toNanos() * 2); // idle longer than a head may take
      client.send("GET /a" + END + "GET");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(408);
    }
  }

  @Test
  void a_body_that_does_not_come_in_time_is_answered() throws Exception {
    settings.body = SHORT;
    restart();
    try (RawClient client = client()) {
      Answer answer = client.send("POST /a" + AND + "Content-Length: 5\r\n\r\nabc").read();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).isEqualTo("the body did not come in time");
      assertThat(client.isEnded()).isTrue();
      assertThat(server.nextCompleted()).isEqualTo(new Completed("/a", 408, 29, false));
    }
  }

  @Test
  void a_body_that_dribbles_is_answered() throws Exception {
    settings.body = SHORT;
    restart();
    try (RawClient client = client()) {
      Thread dribbling = dribble(client, "POST /a" + AND + "Content-Length: 99999\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(408);
      dribbling.interrupt();
      dribbling.join();
    }
  }

  @Test
  void a_body_that_has_earned_more_time_than_there_is_has_not_come_too_late() {
    settings.bodyPerKib = Duration.ofHours(24);
    long longest = settings.timeouts().bodyNanos(1L << 30);
    assertThat(longest).isGreaterThan(Duration.ofDays(365).toNanos());
    assertThat(settings.timeouts().bodyNanos(1024))
        .isEqualTo(TransportTimeouts.BODY.plusHours(24).toNanos());
    assertThat(settings.timeouts().bodyNanos(0)).isEqualTo(TransportTimeouts.BODY.toNanos());
  }

  @Test
  void each_kib_of_a_body_earns_time() throws Exception {
    settings.body = SHORT;
    settings.bodyPerKib = Duration.ofSeconds(60);
    restart();
    try (RawClient client = client()) {
      client.send("POST /a" + AND + "Content-Length: 1025\r\n\r\n" + "x".repeat(1024));
      server.nextRequest();
      LockSupport.parkNanos(SHORT.toNanos() * 3);
      assertThat(client.send("x").read().status()).isEqualTo(200);
    }
  }

  /** Its own failure ends a connection, and the times of no other: an event loop has one clock. */
  @Test
  void a_connection_whose_times_fail_is_closed_and_others_keep_theirs() throws Exception {
    settings.head = SHORT;
    restart();
    List<Failing> failing = new ArrayList<>();
    for (ConnectionLoop loop : server.transport.loops.values()) {
      Failing entry = new Failing(loop);
      failing.add(entry);
      loop.eventLoop().submit(() -> loop.add(entry)).syncUninterruptibly();
    }
    assertThat(failing).isNotEmpty();
    for (Failing entry : failing) {
      eventually("it is closed", () -> entry.closed.get() > 0);
    }
    try (RawClient client = client()) {
      assertThat(client.send("GET /a HTTP/1.1\r\nHo").read().status()).isEqualTo(408);
    }
    assertThat(failing).allSatisfy(entry -> assertThat(entry.closed).hasValue(1));
  }

  /** Stands for a connection with a fault of ours. */
  private static final class Failing extends LoopEntry {
    private final AtomicInteger closed = new AtomicInteger();

    Failing(ConnectionLoop loop) {
      super(loop);
    }

    @Override
    void end(Throwable failure, boolean told) {
      close();
    }

    @Override
    void begin() {}

    @Override
    void checkDeadline(long now) {
      throw new IllegalStateException("thrown by a test");
    }

    @Override
    void drain() {}

    @Override
    void close() {
      closed.incrementAndGet();
      loop.remove(this);
    }
  }

  @Test
  void an_idle_connection_is_closed_without_a_word() throws IOException {
    settings.idle = SHORT;
    restart();
    try (RawClient client = client()) {
      assertThat(client.isEnded()).isTrue();
    }
    try (RawClient client = client()) {
      assertThat(client.send("GET /a" + END).read().status()).isEqualTo(200);
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.refused).hasValue(0);
  }

  @Test
  void work_may_take_longer_than_any_time_of_a_client() throws Exception {
    settings.head = SHORT;
    settings.body = SHORT;
    settings.idle = SHORT;
    settings.writeStall = SHORT;
    settings.linger = SHORT;
    restart();
    try (RawClient client = client().send("GET /wait" + END)) {
      server.nextRequest();
      LockSupport.parkNanos(SHORT.toNanos() * 3);
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
    }
  }

  @Test
  void a_client_that_does_not_read_is_closed() throws Exception {
    settings.writeStall = SHORT;
    restart();
    try (RawClient client = server.client(4096)) {
      client.send("GET /large" + END);
      Completed completed = server.nextCompleted();
      assertThat(completed.aborted()).isTrue();
      assertThat(completed.status()).isEqualTo(200);
      assertThat(completed.bytes()).isLessThan(TestServer.LARGE);
    }
  }

  @Test
  void a_client_that_reads_slowly_is_not_closed() throws Exception {
    assume(eventLoops == EventLoops.EPOLL, "the kernel takes all of the response without epoll");
    settings.writeStall = Duration.ofMillis(400);
    restart();
    try (RawClient client = server.client(4096)) {
      client.send("GET /large" + END);
      for (int i = 0; i < 10; i++) {
        client.skip(TestServer.LARGE / 20);
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      client.skip(TestServer.LARGE / 2);
      assertThat(server.nextCompleted())
          .isEqualTo(new Completed("/large", 200, TestServer.LARGE, false));
    }
  }

  /** Some of it is always taken in time, and less and less of that time is left. */
  @Test
  void a_client_that_reads_more_slowly_than_the_slowest_served_is_closed() throws Exception {
    assume(eventLoops == EventLoops.EPOLL, "the kernel takes all of the response without epoll");
    settings.writeStall = Duration.ofMillis(500);
    settings.writePerKib = Duration.ofNanos(500_000); // 2 MiB a second
    restart();
    try (RawClient client = server.client(4096)) {
      client.send("GET /large" + END);
      long began = System.nanoTime();
      while (server.completed.isEmpty()) {
        long due = (System.nanoTime() - began) / 5_000; // 200 KB a second
        client.skip((int) Math.max(0, due - read));
        read = Math.max(read, due);
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
      Completed completed = server.nextCompleted();
      assertThat(completed.aborted()).isTrue();
      assertThat(completed.bytes()).isBetween(100_000L, 2_000_000L);
    }
  }

  private long read;

  @Test
  void a_client_that_sends_on_after_the_last_answer_is_closed() throws Exception {
    settings.linger = SHORT;
    restart();
    try (RawClient client = client()) {
      Thread dribbling = dribble(client, "nonsense\r\n");
      assertThat(client.read().status()).isEqualTo(400);
      eventually("closed", () -> server.transport.connections() == 0);
      dribbling.interrupt();
      dribbling.join();
    }
  }

  /** Sends a beginning and then single letters until it is interrupted or refused. */
  private static Thread dribble(RawClient client, String beginning) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            client.send(beginning);
            while (!Thread.currentThread().isInterrupted()) {
              client.send("x");
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
          } catch (IOException e) {
            // The server closed the connection, which is what the test waits for.
          }
        });
  }
}
