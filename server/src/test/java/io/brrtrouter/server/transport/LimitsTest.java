package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.transport.RawClient.Answer;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bounds that all connections share. */
class LimitsTest extends ServerTest {

  @Override
  void configure(Settings changed) {
    changed.connections = 4;
    changed.bufferedBytes = 30_000;
  }

  @Test
  void beyond_the_bytes_of_all_bodies_a_client_is_to_try_again() throws Exception {
    try (RawClient one = client();
        RawClient two = client()) {
      one.send("POST /wait" + AND + "Content-Length: 25000\r\n\r\n" + "x".repeat(25_000));
      server.nextRequest();
      eventually("the body is held", () -> server.transport.bufferedBytes() == 25_000);
      two.send("POST /a" + AND + "Content-Length: 90000\r\n\r\n" + "x".repeat(6_000));
      Answer answer = two.read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.body()).isEqualTo("the server holds as much of requests as it can");
      assertThat(two.isEnded()).isTrue();
      assertThat(server.nextCompleted()).isEqualTo(new Completed("/a", 503, 46, false));
      assertThat(server.transport.bufferedBytes()).isEqualTo(25_000);
      server.release();
      assertThat(one.read().status()).isEqualTo(200);
      eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
    }
  }

  /** About 8,300 bytes as they count, twice the octets and some; three of them have room. */
  private static String large(String requestLine) {
    return requestLine + AND + "X: " + "x".repeat(4_000) + "\r\n";
  }

  /** A client whose request with a large head is being worked on. */
  private RawClient waiting() throws Exception {
    RawClient client = client().send(large("GET /wait") + "\r\n");
    server.nextRequest();
    eventually("its octets are used", () -> server.heldOctets() == 0);
    return client;
  }

  @Test
  void beyond_the_bytes_of_all_heads_a_client_is_to_try_again() throws Exception {
    try (RawClient one = waiting();
        RawClient two = waiting();
        RawClient three = waiting()) {
      assertThat(server.transport.bufferedBytes()).isBetween(24_000L, 27_000L);
      try (RawClient four = client()) {
        Answer answer = four.send(large("GET /a") + "\r\n").read();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.body()).isEqualTo("the server holds as much of requests as it can");
        assertThat(four.isEnded()).isTrue();
      }
      try (RawClient small = client()) {
        assertThat(small.send("GET /b" + END).read().body()).isEqualTo("GET /b ");
        server.release();
        for (RawClient client : List.of(one, two, three)) {
          assertThat(client.read().status()).isEqualTo(200);
        }
        eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
        assertThat(small.send(large("GET /c") + "\r\n").read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_request_is_answered_though_there_is_no_room_for_what_comes_behind_it() throws Exception {
    try (RawClient one = waiting();
        RawClient two = waiting();
        RawClient three = waiting();
        RawClient four = client()) {
      four.send("GET /wait" + END);
      server.nextRequest();
      four.send("GET /never?" + "x".repeat(8_000) + END);
      eventually("its octets are dropped", () -> server.deaf() == 1);
      assertThat(server.heldOctets()).isZero();
      server.release();
      Answer answer = four.read();
      assertThat(answer.body()).isEqualTo("waited");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(four.isEnded()).isTrue();
      assertThat(server.requests).isEmpty();
      for (RawClient client : List.of(one, two, three)) {
        assertThat(client.read().header("Connection")).isEmpty();
      }
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void the_head_of_a_client_that_has_gone_counts_until_the_work_ends() throws Exception {
    try (RawClient one = waiting()) {
      one.reset();
      assertThat(server.nextCompleted().aborted()).isTrue();
      eventually("it is gone", () -> server.transport.connections() == 0);
      assertThat(server.transport.bufferedBytes()).isBetween(8_000L, 9_000L);
      server.release();
      eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
    }
  }

  /** Whatever ends them, requests give back what they held. */
  @Test
  void nothing_is_held_of_heads_that_failed() throws Exception {
    List<String> heads =
        List.of(
            large("GET /a") + "bad field\r\n\r\n",
            large("GET /a") + "Content-Length: x\r\n\r\n",
            large("GET /a") + "X: " + "x".repeat(10_000),
            large("GET /a") + "X: y",
            large("POST /a") + "Content-Length: 900000\r\n\r\n",
            large("POST /a") + "Transfer-Encoding: chunked\r\n\r\nx\r\n",
            large("GET /throw/decide") + "\r\n",
            large("GET /throw/work") + "\r\n",
            large("GET /refuse") + "\r\n",
            large("GET /a") + "\r\nGET /b?" + "x".repeat(8_000));
    for (int round = 0; round < 20; round++) {
      for (String head : heads) {
        try (RawClient client = client().send(head)) {
          if (round % 3 == 0) {
            client.reset();
          } else if (round % 3 == 1) {
            client.endOutput();
          }
        }
        eventually("nothing is held after " + head, () -> server.transport.connections() == 0);
        eventually("nothing is held after " + head, () -> server.transport.bufferedBytes() == 0);
      }
    }
  }

  @Test
  void beyond_the_connections_no_more_are_accepted_until_one_closes() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RawClient client = client();
      clients.add(client);
      assertThat(client.send("GET /a" + END).read().status()).isEqualTo(200);
    }
    assertThat(server.transport.connections()).isEqualTo(4);
    try (RawClient fifth = client().send("GET /fifth" + END)) {
      // The others are served all the while, which shows that the loops had time for the fifth.
      for (RawClient client : clients) {
        assertThat(client.send("GET /a" + END).read().status()).isEqualTo(200);
      }
      assertThat(server.requests).noneMatch(request -> request.target().equals("/fifth"));
      assertThat(server.transport.connections()).isEqualTo(4);
      clients.getFirst().close();
      assertThat(fifth.read().body()).isEqualTo("GET /fifth ");
    }
    for (RawClient client : clients) {
      client.close();
    }
    eventually("all are closed", () -> server.transport.connections() == 0);
  }

  @Test
  void a_thousand_connections_open_and_close() throws IOException {
    settings.connections = 50;
    restart();
    for (int round = 0; round < 20; round++) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        clients.add(client().send("GET /a" + END));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(clients.get(i).read().status()).isEqualTo(200);
        if (i % 2 == 0) {
          clients.get(i).close();
        } else {
          clients.get(i).reset();
        }
      }
    }
    eventually("all are closed", () -> server.transport.connections() == 0);
    assertThat(server.decided).hasValue(1000);
  }

  /** Promise 3: memory is bounded by connections x header cap + bytes of bodies held. */
  @Test
  void memory_is_bounded_by_the_limits() throws Exception {
    settings.connections = 100;
    settings.bufferedBytes = 8_000_000;
    restart();
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) { // announce much, send little
        clients.add(client().send("POST /a" + AND + "Content-Length: 100000\r\n\r\nabc"));
        server.nextRequest();
      }
      assertThat(server.transport.bufferedBytes()).isLessThan(20_000);
      for (int i = 0; i < 80; i++) { // heads that never end
        clients.add(client().send("GET /a HTTP/1.1\r\nA: " + "b".repeat(10_000)));
      }
      eventually("they have begun", () -> server.heldOctets() > 80 * 10_000);
      for (RawClient client : clients.subList(10, 90)) {
        client.send("b".repeat(6_000));
      }
      eventually("heads have come", () -> server.heldOctets() > 80 * 16_000);
      assertThat(server.heldOctets()).isLessThanOrEqualTo(80 * TransportLimits.HEADER_BYTES);
      for (RawClient client : clients.subList(0, 10)) { // requests behind a body
        client.send("x".repeat(99_997) + ("GET /wait" + END).repeat(3_000));
      }
      eventually("requests wait", () -> server.heldOctets() > 80 * 16_000 + 10 * 8_000);
      long perConnection = Connection.MOST_WAITING + ConnectionLoop.READ_BYTES;
      assertThat(server.heldOctets())
          .isLessThanOrEqualTo(80 * TransportLimits.HEADER_BYTES + 10 * perConnection);
      assertThat(server.transport.bufferedBytes()).isLessThanOrEqualTo(8_000_000);
      for (RawClient client : clients) {
        client.reset();
      }
      server.release();
      eventually("all is dropped", () -> server.transport.connections() == 0);
      eventually("no head is held", () -> server.heldOctets() == 0);
      eventually("no head and no body is counted", () -> server.transport.bufferedBytes() == 0);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  /** Promise 3: what a line takes that was read, two bytes for an octet and some for a field. */
  @Test
  void memory_of_lines_that_were_read_is_bounded_by_the_limits() throws Exception {
    settings.connections = 100;
    settings.bufferedBytes = 8_000_000;
    restart();
    int fields = TransportLimits.HEADER_FIELDS - 1;
    String head =
        "GET /" + "a".repeat(8_000) + AND + ("A: " + "b".repeat(150) + "\r\n").repeat(fields);
    long most =
        2 * (TransportLimits.TARGET_OCTETS + TransportLimits.HEADER_BYTES)
            + HeadParser.FIELD_BYTES * TransportLimits.HEADER_FIELDS;
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 80; i++) { // heads without an end
        clients.add(client().send(head));
      }
      long least = 2 * 23_000 + HeadParser.FIELD_BYTES * fields;
      eventually("all lines are read", () -> server.transport.bufferedBytes() > 80 * least);
      assertThat(server.transport.bufferedBytes()).isLessThanOrEqualTo(80 * most);
    } finally {
      for (RawClient client : clients) {
        client.reset();
      }
    }
    eventually("no line is counted", () -> server.transport.bufferedBytes() == 0);
  }

  /** Promise 3 for what is sent: clients that do not read keep little, and nobody else's room. */
  @Test
  void beyond_the_bytes_of_unread_responses_who_reads_least_makes_room_for_who_reads()
      throws Exception {
    settings.bufferedBytes = 13_400_000; // Three wait, and a quarter is for who is cut off.
    restart();
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        long number = i + 1L;
        clients.add(server.client(2_048).send("GET /large?" + number + END));
        eventually(
            "response " + number + " waits",
            () -> server.transport.shared.unread().bytes() > TestServer.LARGE * number);
      }
      try (RawClient fourth = client()) {
        Answer first = fourth.send("GET /large?4" + END).read();
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.header("Retry-After")).isEqualTo("1");
        assertThat(first.body())
            .isEqualTo(
                "instead of 200: the server holds as many responses as it can that clients have not"
                    + " read yet");
        assertThat(server.nextCompleted())
            .isEqualTo(new Completed("/large?4", 503, first.body().length(), false));
        Answer answer = fourth.send("GET /large?4" + END).read();
        long began = System.nanoTime();
        while (answer.status() == 503 && isRecent(began)) {
          answer = fourth.send("GET /large?4" + END).read();
        }
        assertThat(answer.body()).hasSize(TestServer.LARGE);
      }
      assertThat(clients.getFirst().readToEnd().length()).isLessThan(TestServer.LARGE);
      for (RawClient client : clients.subList(1, 3)) {
        assertThat(client.read().body()).hasSize(TestServer.LARGE);
      }
      eventually("none waits", () -> server.transport.shared.unread().bytes() == 0);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void a_response_that_never_has_room_is_a_503_and_nobody_makes_room_for_it() throws Exception {
    settings.bufferedBytes = TestServer.LARGE / 2;
    restart();
    try (RawClient client = client()) {
      assertThat(client.send("GET /large" + END).read().status()).isEqualTo(503);
      assertThat(client.send("GET /a" + END).read().status()).isEqualTo(200);
    }
  }

  /** What {@link UnreadResponses} counts, by a clock of the test. */
  @Nested
  class Unread_responses {
    private final List<String> cut = new ArrayList<>();
    private UnreadResponses unread;

    private UnreadResponses.Place place(String name) {
      return unread.newPlace(() -> cut.add(name));
    }

    private void begin(long bytes, Duration patience) {
      settings.bufferedBytes = bytes;
      settings.writeStall = patience;
      unread = new UnreadResponses(settings.limits(), settings.timeouts());
    }

    @Test
    void of_the_same_content_count_once() {
      begin(1_300_000, Duration.ofMillis(1));
      byte[] file = new byte[500_000];
      List<UnreadResponses.Place> places = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        places.add(place("one"));
        assertThat(places.getLast().take(file, i)).isTrue();
      }
      assertThat(unread.bytes()).isEqualTo(500_000 + 7 * ResponseWriter.PIECE);
      assertThat(place("other").take(file, 7)).isFalse();
      assertThat(cut).isEmpty();
      places.add(place("late"));
      assertThat(places.getLast().take(file, 1_000_000)).isTrue();
      assertThat(cut).as("one makes room for a buffer").hasSize(1);
      assertThat(unread.bytes()).isEqualTo(500_000 + 8 * ResponseWriter.PIECE);
      places.removeFirst().leave();
      assertThat(unread.bytes()).isEqualTo(500_000 + 7 * ResponseWriter.PIECE);
      places.forEach(UnreadResponses.Place::leave);
      assertThat(unread.bytes()).isZero();
    }

    @Test
    void make_room_in_the_order_in_which_their_clients_are_late() {
      begin(48_000, Duration.ofMillis(1));
      UnreadResponses.Place slow = place("slow");
      UnreadResponses.Place quick = place("quick");
      UnreadResponses.Place young = place("young");
      assertThat(quick.take(new byte[5_000], 0)).isTrue();
      assertThat(slow.take(new byte[5_000], 1)).isTrue();
      assertThat(young.take(new byte[5_000], 600_000)).isTrue();
      quick.move(1_500_000);
      assertThat(place("early").take(new byte[5_000], 499_999)).isFalse();
      assertThat(cut).isEmpty();
      assertThat(place("next").take(new byte[5_000], 500_001)).isTrue();
      assertThat(cut).containsExactly("slow");
      assertThat(slow.isCut()).isTrue();
      assertThat(quick.isCut()).isFalse();
      slow.leave();
      assertThat(unread.bytes()).isEqualTo(30_000);
      assertThat(place("another").take(new byte[5_000], 999_999)).isFalse();
      assertThat(place("another").take(new byte[5_000], 1_000_000)).isTrue();
      assertThat(cut).containsExactly("slow", "quick");
    }

    /** What is cut off is in memory until its event loop has a moment for it. */
    @Test
    void are_never_more_than_the_bound_though_an_event_loop_lets_go_of_none() {
      begin(100_000, Duration.ofMillis(1));
      List<UnreadResponses.Place> places = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        UnreadResponses.Place place = place("stuck");
        if (place.take(new byte[5_000], i * 1_000_000L)) {
          places.add(place);
        }
        assertThat(unread.bytes()).as("bytes held").isEqualTo(places.size() * 10_000L);
      }
      assertThat(places).as("as many as the bound has room for").hasSize(10);
      assertThat(cut).as("cut off, and not again and again").hasSize(4);
      places.forEach(UnreadResponses.Place::leave);
      assertThat(unread.bytes()).isZero();
      assertThat(place("next").take(new byte[5_000], 100_000_000)).isTrue();
    }

    @Test
    void make_room_for_one_by_no_more_than_some() {
      begin(4_000, Duration.ofMillis(1));
      List<UnreadResponses.Place> places = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        places.add(place("small"));
        assertThat(places.getLast().take(new byte[1], 0)).isTrue();
      }
      assertThat(place("large").take(new byte[1_000], 5_000_000)).isFalse();
      assertThat(cut).hasSize(UnreadResponses.MOST_CUT);
    }
  }
}
