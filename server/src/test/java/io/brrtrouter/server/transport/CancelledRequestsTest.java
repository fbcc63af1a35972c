package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for more than they wait for (RFC 9113 section 10.5). */
class CancelledRequestsTest extends ServerTest {

  private H2Client http2() throws Exception {
    return new H2Client(client());
  }

  /** Whatever becomes of its stream, a request takes room until the work on it has ended. */
  @ParameterizedTest
  @ValueSource(strings = {"/wait", "/later/a"})
  void requests_that_are_worked_on_in_vain_are_held(String path) throws Exception {
    settings.bufferedBytes = 25 * H2Connection.STREAM_BYTES;
    settings.deferred = path.startsWith("/later");
    restart();
    try (H2Client client = http2()) {
      for (int stream = 1; stream <= 39; stream += 2) {
        client.get(stream, path).cancel(stream);
      }
      client.get(101, "/a");
      assertThat(client.outcome(101)).isEqualTo("200 GET /a ");
      assertThat(server.transport.bufferedBytes())
          .isBetween(19L * H2Connection.STREAM_BYTES, settings.bufferedBytes);
      for (int stream = 103; stream <= 121; stream += 2) {
        client.get(stream, path).cancel(stream);
      }
      client.get(201, "/b");
      assertThat(client.outcome(201))
          .isEqualTo("503 the server holds as much of requests as it can");
      server.release();
      eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
      client.get(203, "/c");
      assertThat(client.outcome(203)).isEqualTo("200 GET /c ");
    }
  }

  /** Several times, as nothing says when the kernel hands over what was sent. */
  @Test
  void a_client_that_sends_much_does_not_keep_others_of_its_event_loop_waiting() throws Exception {
    settings.threads = 1;
    restart();
    int place = Integer.MAX_VALUE;
    for (int round = 0; round < 20 && place >= 40; round++) {
      place = placeBesideMany();
    }
    assertThat(place).isLessThan(40);
  }

  /** {@return how many of 80 requests of another client are decided before one} */
  private int placeBesideMany() throws Exception {
    try (H2Client busy = http2();
        RawClient other = client()) {
      assertThat(busy.get(1, "/a").outcome(1)).isEqualTo("200 GET /a ");
      assertThat(other.send("GET /a" + END).read().status()).isEqualTo(200);
      server.requests.clear();
      CountDownLatch held = new CountDownLatch(1);
      for (ConnectionLoop loop : server.transport.loops.values()) {
        loop.eventLoop().execute(() -> await(held));
      }
      for (int stream = 3; stream <= 161; stream += 2) {
        busy.request(stream, true, "GET", "/busy", "x", "y".repeat(1_000));
      }
      other.send("GET /other" + END);
      held.countDown();
      assertThat(other.read().body()).isEqualTo("GET /other ");
      assertThat(busy.whole(161)).isEqualTo("200 GET /busy ");
      List<String> paths = new ArrayList<>();
      for (HttpRequest request : server.requests) {
        paths.add(request.target());
      }
      assertThat(paths).hasSize(81).contains("/other");
      return paths.indexOf("/other");
    }
  }

  private static void await(CountDownLatch held) {
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
