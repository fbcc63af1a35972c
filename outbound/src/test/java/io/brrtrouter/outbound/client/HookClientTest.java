package io.brrtrouter.outbound.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.brrtrouter.outbound.address.AddressPolicy;
import io.brrtrouter.outbound.address.HostRule;
import io.brrtrouter.outbound.address.PortRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HookClientTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  /** What is done with a connection once a request has come. */
  private interface Answer {
    void to(Socket socket, String head) throws Exception;
  }

  /** {@return the port of somebody who answers on a raw socket} */
  private int receiver(Answer answer) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(listening);
    Thread.ofVirtual().start(() -> accept(listening, answer));
    return listening.getLocalPort();
  }

  private void accept(ServerSocket listening, Answer answer) {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> answer(socket, answer));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private static void answer(Socket socket, Answer answer) {
    try (socket) {
      String head = head(socket.getInputStream());
      while (!head.isEmpty()) {
        answer.to(socket, head);
        head = head(socket.getInputStream());
      }
    } catch (Exception clientWentAway) {
      // It is asked for what it got.
    }
  }

  /** {@return a head, with what it says about the length of the body read too} */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return "";
      }
      head.append((char) octet);
    }
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        in.readNBytes(Integer.parseInt(line.substring(15).strip()));
      }
    }
    return head.toString();
  }

  private static void say(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static AddressPolicy policy(String... allowed) {
    return new AddressPolicy(
        true,
        List.of(new PortRange(1, 65535)),
        Arrays.stream(allowed).map(text -> HostRule.parse(text).orElseThrow()).toList(),
        List.of());
  }

  private HookClient client(AddressPolicy policy, Resolver resolver, Duration total) {
    HookClient client =
        new HookClient(policy, new HookClient.Limits(LONG, LONG, total, 10, 5), resolver, null);
    open.add(client);
    return client;
  }

  private HookClient local() {
    return client(policy("127.0.0.0/8"), Resolver.SYSTEM, LONG);
  }

  private static Outgoing to(String url) {
    return new Outgoing(
        "POST",
        URI.create(url),
        List.of(Map.entry("Content-Type", "text/plain")),
        "body".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void an_answer_has_its_status_and_the_beginning_of_its_content() throws Exception {
    int port =
        receiver((socket, _) ->
            say(
                socket,
                "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 5\r\n\r\na\0\u001bbc"));

    assertThat(local().send(to("http://127.0.0.1:" + port + "/")))
        .isEqualTo(new Outcome.Answered(503, Optional.of("7"), "a\uFFFD\uFFFDbc"));
  }

  @Test
  void a_request_is_plain() throws Exception {
    List<String> heads = new ArrayList<>();
    int port =
        receiver((socket, head) -> {
          heads.add(head);
          say(socket, "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
        });
    HookClient client = local();

    client.send(to("http://127.0.0.1:" + port + "/a%20b?c=%2F"));
    client.send(to("http://127.0.0.1:" + port + "/"));

    assertThat(heads.getFirst().lines().filter(line -> !line.isEmpty()))
        .containsExactlyInAnyOrder(
            "POST /a%20b?c=%2F HTTP/1.1",
            "Content-Type: text/plain",
            "Content-Length: 4",
            "Host: 127.0.0.1:" + port,
            "Connection: keep-alive",
            "User-Agent: BRRTRouter");
    assertThat(heads.getLast()).as("no cookies are kept").doesNotContain("Cookie");
  }

  @Test
  void a_large_answer_is_not_read_to_its_end() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(1);
    int size = 10 * 1024 * 1024;
    int port =
        receiver((socket, _) -> {
          try {
            say(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            byte[] some = new byte[1024];
            Arrays.fill(some, (byte) 'x');
            while (written.get() < size) {
              socket.getOutputStream().write(some);
              written.addAndGet(some.length);
            }
          } finally {
            ended.countDown();
          }
        });

    Outcome outcome = local().send(to("http://127.0.0.1:" + port + "/"));

    assertThat(outcome)
        .asInstanceOf(type(Outcome.Answered.class))
        .satisfies(answered -> {
          assertThat(answered.status()).isEqualTo(200);
          assertThat(answered.excerpt()).isEqualTo("x".repeat(1024));
        });
    ended.await();
    assertThat(written.get()).as("the connection was closed").isLessThan(size);
  }

  @Test
  void who_drips_octets_of_the_head_is_given_up() throws Exception {
    int port =
        receiver((socket, _) -> {
          say(socket, "HTTP/1.1 200 OK\r\n");
          drip(socket, "X-Slow: 1\r\n");
        });

    assertThat(
            client(policy("127.0.0.0/8"), Resolver.SYSTEM, Duration.ofMillis(500))
                .send(to("http://127.0.0.1:" + port + "/")))
        .isEqualTo(new Outcome.Failed(Outcome.Reason.TIMEOUT, "no answer within 500 ms"));
  }

  /** Until the other side closes. */
  private static void drip(Socket socket, String drop) throws Exception {
    for (int i = 0; i < 90; i++) {
      say(socket, drop);
      Thread.sleep(20);
    }
    new CountDownLatch(1).await();
  }

  @Test
  void who_drips_octets_of_the_content_has_answered() throws Exception {
    int port =
        receiver((socket, _) -> {
          say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
          drip(socket, "x");
        });

    assertThat(
            client(policy("127.0.0.0/8"), Resolver.SYSTEM, Duration.ofSeconds(5))
                .send(to("http://127.0.0.1:" + port + "/")))
        .asInstanceOf(type(Outcome.Answered.class))
        .extracting(Outcome.Answered::status)
        .isEqualTo(200);
  }

  /** It takes more than a second, and the content half a minute at least. */
  @Test
  void content_that_drips_is_not_waited_for() throws Exception {
    int drops = 1500;
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    int port =
        receiver((socket, _) -> {
          say(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + (drops + 5) + "\r\n\r\nbegin");
          try {
            for (int i = 0; i < drops; i++) {
              say(socket, "x");
              Thread.sleep(20);
            }
            closed.complete(false);
          } catch (IOException gone) {
            closed.complete(true);
          }
        });

    assertThat(
            client(policy("127.0.0.0/8"), Resolver.SYSTEM, Duration.ofMinutes(10))
                .send(to("http://127.0.0.1:" + port + "/")))
        .asInstanceOf(type(Outcome.Answered.class))
        .satisfies(answered -> {
          assertThat(answered.status()).isEqualTo(200);
          assertThat(answered.excerpt()).as("what had come").startsWith("begin");
        });
    assertThat(closed.get()).as("closed before all of it had come").isTrue();
  }

  @Test
  void who_says_nothing_is_given_up() throws Exception {
    int port = receiver((_, _) -> new CountDownLatch(1).await());
    HookClient client =
        new HookClient(
            policy("127.0.0.0/8"),
            new HookClient.Limits(LONG, Duration.ofMillis(200), LONG, 10, 5),
            Resolver.SYSTEM,
            null);
    open.add(client);

    assertThat(client.send(to("http://127.0.0.1:" + port + "/")))
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(Outcome.Failed::reason)
        .isEqualTo(Outcome.Reason.TIMEOUT);
  }

  @Test
  void who_answers_without_end_with_fields_is_given_up() throws Exception {
    int port =
        receiver((socket, _) -> {
          say(socket, "HTTP/1.1 200 OK\r\n");
          while (true) {
            say(socket, "X: " + "y".repeat(1000) + "\r\n");
          }
        });

    assertThat(local().send(to("http://127.0.0.1:" + port + "/")))
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(Outcome.Failed::reason)
        .isEqualTo(Outcome.Reason.TRANSPORT);
  }

  @Test
  void redirects_are_answers() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    int inside = receiver((_, _) -> asked.incrementAndGet());
    int port =
        receiver((socket, _) ->
            say(
                socket,
                "HTTP/1.1 307 Look\r\nLocation: http://127.0.0.1:"
                    + inside
                    + "/\r\nContent-Length: 0\r\n\r\n"));

    assertThat(local().send(to("http://127.0.0.1:" + port + "/")))
        .isEqualTo(new Outcome.Answered(307, Optional.empty(), ""));
    assertThat(asked).hasValue(0);
  }

  /** It says nothing about the request, which is not to cost an attempt. */
  @Test
  void a_connection_that_is_closed_after_an_answer_fails_no_later_request() throws Exception {
    AtomicInteger unanswered = new AtomicInteger();
    Set<Socket> used = ConcurrentHashMap.newKeySet();
    int port =
        receiver((socket, head) -> {
          if (used.add(socket)) {
            say(socket, "HTTP/1.1 204 No Content\r\n\r\n");
          } else {
            unanswered.incrementAndGet();
            socket.close();
          }
        });
    HookClient client = local();
    for (int i = 0; i < 5; i++) {
      assertThat(client.send(to("http://127.0.0.1:" + port + "/")))
          .isInstanceOfSatisfying(
              Outcome.Answered.class, answered -> assertThat(answered.status()).isEqualTo(204));
    }
    assertThat(unanswered).hasPositiveValue();
  }

  @Test
  void nothing_is_tried_twice() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    int port =
        receiver((socket, _) -> {
          asked.incrementAndGet();
          socket.close();
        });

    assertThat(local().send(to("http://127.0.0.1:" + port + "/")))
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(Outcome.Failed::reason)
        .isEqualTo(Outcome.Reason.TRANSPORT);
    assertThat(asked).hasValue(1);
  }

  /** The first answer is for whoever looks first: it must be what is connected to. */
  @Test
  void a_name_that_stands_for_another_address_a_moment_later_leads_nowhere_else() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    int port =
        receiver((socket, _) -> {
          asked.incrementAndGet();
          say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
    AtomicInteger lookUps = new AtomicInteger();
    Resolver rebinding =
        _ ->
            List.of(
                InetAddress.ofLiteral(lookUps.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1"));
    // Of the two only the first is allowed, and nobody listens there.
    HookClient client = client(policy("127.0.0.2"), rebinding, LONG);

    Outcome first = client.send(to("http://rebinding.example:" + port + "/"));
    assertThat(first)
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(Outcome.Failed::reason)
        .isEqualTo(Outcome.Reason.TRANSPORT);
    assertThat(lookUps).as("looked up once for each attempt").hasValue(1);

    assertThat(client.send(to("http://rebinding.example:" + port + "/")))
        .isEqualTo(
            new Outcome.Failed(
                Outcome.Reason.REFUSED,
                "leads to an address for this machine; a receiver that is not public is to be in"
                    + " outbound.allowed"));
    assertThat(asked).hasValue(0);
  }

  @Test
  void one_address_of_several_that_is_refused_refuses_all() {
    Resolver both =
        _ -> List.of(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1"));

    assertThat(client(policy(), both, LONG).send(to("http://both.example/")))
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(Outcome.Failed::reason)
        .isEqualTo(Outcome.Reason.REFUSED);
  }

  @Test
  void a_literal_is_looked_at_too() {
    assertThat(client(policy(), Resolver.SYSTEM, LONG).send(to("http://[::1]:4711/")))
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(Outcome.Failed::reason)
        .isEqualTo(Outcome.Reason.REFUSED);
  }

  @Test
  void a_name_that_nobody_knows_may_be_known_later() {
    Resolver nothing =
        host -> {
          throw new UnknownHostException(host);
        };

    assertThat(client(policy(), nothing, LONG).send(to("http://unknown.example/")))
        .isEqualTo(
            new Outcome.Failed(
                Outcome.Reason.TRANSPORT,
                "UnknownHostException: unknown.example cannot be looked up"));
  }

  @Test
  void names_that_take_for_ever_to_look_up_do_not() {
    Resolver never =
        _ -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException();
        };
    HookClient client =
        new HookClient(
            policy(),
            new HookClient.Limits(Duration.ofMillis(100), LONG, LONG, 10, 5),
            never,
            null);
    open.add(client);

    assertThat(client.send(to("http://slow.example/")))
        .isEqualTo(
            new Outcome.Failed(
                Outcome.Reason.TRANSPORT,
                "UnknownHostException: slow.example was not looked up within 100 ms"));
  }

  @Test
  void what_is_under_way_can_be_stopped() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    int port =
        receiver((_, _) -> {
          asked.countDown();
          new CountDownLatch(1).await();
        });
    HookClient client = local();
    Thread.ofVirtual()
        .start(() -> {
          try {
            asked.await();
            client.stop();
          } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
          }
        });

    assertThat(client.send(to("http://127.0.0.1:" + port + "/")))
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(Outcome.Failed::reason)
        .isEqualTo(Outcome.Reason.STOPPED);
    assertThat(client.send(to("http://127.0.0.1:" + port + "/")))
        .as("what begins later")
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(Outcome.Failed::reason)
        .isEqualTo(Outcome.Reason.STOPPED);
  }
}
