package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients send to whoever speaks another protocol. */
@Timeout(60)
class TunnelTest {
  private static final int LENGTH = 10_000;

  private final StillCarrier carrier = new StillCarrier();

  @Test
  void what_was_begun_and_is_never_read_to_its_end_does_not_count_for_ever() throws Exception {
    try (TestServer server = new TestServer()) {
      Capacity capacity = server.transport.shared.capacity();
      carrier.shared = server.transport.shared;
      IncomingContent content = new IncomingContent(carrier);
      assertThat(content.add(new byte[LENGTH], 0, LENGTH)).isTrue();
      assertThat(content.add(new byte[LENGTH], 0, LENGTH)).isTrue();
      assertThat(content.read(new byte[10], 0, 10)).isEqualTo(10);
      assertThat(capacity.bytes()).isEqualTo(2 * (LENGTH + IncomingContent.PART_OVERHEAD));

      content.gone();

      assertThat(capacity.bytes()).isZero();
      // What is read of it afterwards does not count either.
      assertThat(content.read(new byte[LENGTH], 0, LENGTH)).isEqualTo(LENGTH - 10);
      assertThat(capacity.bytes()).isZero();
    }
  }

  @Test
  void what_is_read_to_its_end_counts_once() throws Exception {
    try (TestServer server = new TestServer()) {
      carrier.shared = server.transport.shared;
      ContentSource content = carrier.content();
      byte[] octets = new byte[LENGTH];
      assertThat(content.read(octets, 0, LENGTH, Duration.ofSeconds(20))).isEqualTo(LENGTH);
      assertThat(server.transport.shared.capacity().bytes()).isZero();
      assertThat(content.read(octets, 0, 1, Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(1))))
          .isZero();
    }
  }

  /** Carries nothing. */
  private static final class StillCarrier implements Carrier {
    private Shared shared;

    IncomingContent content() {
      IncomingContent content = new IncomingContent(this);
      content.add(new byte[LENGTH], 0, LENGTH);
      return content;
    }

    @Override
    public Shared shared() {
      return shared;
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public HttpResponse proceed(HeadDecision.Work work, byte[] body) {
      throw new AssertionError("nobody works here");
    }

    @Override
    public void decided(Deferral deferral, HeadDecision decision) {}

    @Override
    public void respond(Exchange current, HttpResponse given) {}

    @Override
    public void responded(Exchange done, boolean written) {}

    @Override
    public void send(ContentStream stream, ByteBuf part) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void send(ContentStream stream, byte[] octets, int length, boolean last) {}

    @Override
    public void takeMore() {}

    @Override
    public void cutOff(ContentStream stream) {}

    @Override
    public void workedInVain() {}
  }
}
