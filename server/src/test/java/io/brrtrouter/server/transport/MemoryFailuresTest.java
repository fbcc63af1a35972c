package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.Peer;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections for which the JVM has no memory, as it says itself. */
class MemoryFailuresTest {
  /** Tests share the log. */
  private static final AtomicInteger number = new AtomicInteger();

  private final String words =
      "Cannot reserve 65536 bytes of direct buffer memory, " + number.incrementAndGet();
  private final OutOfMemoryError lack = new OutOfMemoryError(words);
  private final AtomicLong clock = new AtomicLong(-5);
  private final MemoryFailures failures = new MemoryFailures(clock::get);
  private CapturedLog log;
  private TestServer server;
  private EmbeddedChannel channel;
  private Connection connection;

  @BeforeEach
  void connect() throws Exception {
    server = new TestServer();
    channel = new EmbeddedChannel();
    ConnectionLoop loop = new ConnectionLoop(channel.eventLoop(), failures);
    connection =
        new Connection(
            server.transport.shared, loop, channel, Peer.of(new InetSocketAddress("127.0.0.1", 1)));
    channel.pipeline().addLast(connection);
    connection.enter();
    log = new CapturedLog("io.brrtrouter.server.transport");
  }

  @AfterEach
  void disconnect() {
    log.close();
    channel.finishAndReleaseAll();
    server.close();
  }

  private void speakHttp2() {
    channel.writeInbound(
        Unpooled.copiedBuffer(H2Client.PREFACE + "\0\0\0\4\0\0\0\0\0", ISO_8859_1));
    assertThat(channel.pipeline().get(H2Codec.class)).isNotNull();
  }

  private void assertThatItIsClosedAndToldOnce() {
    assertThat(channel.isOpen()).isFalse();
    channel.checkException(); // Nothing has come to the end of the pipeline.
    assertThat(told()).hasSize(1).first().asString().contains("; 1 so far");
    assertThat(log.about("because of a failure")).noneMatch(e -> e.getLevel() == Level.ERROR);
  }

  private List<String> told() {
    return log.about(words).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void close_a_connection_of_http_1() {
    channel.pipeline().fireExceptionCaught(lack);
    assertThatItIsClosedAndToldOnce();
  }

  @Test
  void close_a_connection_whose_decoder_had_none() {
    channel.pipeline().fireExceptionCaught(new DecoderException(lack));
    assertThatItIsClosedAndToldOnce();
  }

  @Test
  void close_a_connection_of_http_2() {
    speakHttp2();
    channel.pipeline().fireExceptionCaught(lack);
    assertThatItIsClosedAndToldOnce();
  }

  @Test
  void close_a_connection_whose_codec_had_none() throws Exception {
    speakHttp2();
    H2Codec codec = channel.pipeline().get(H2Codec.class);
    codec.exceptionCaught(channel.pipeline().context(codec), lack);
    assertThatItIsClosedAndToldOnce();
  }

  @Test
  void close_a_connection_for_whose_frames_there_is_none() {
    speakHttp2();
    H2Codec codec = channel.pipeline().get(H2Codec.class);
    codec.onError(channel.pipeline().context(codec), true, lack);
    assertThatItIsClosedAndToldOnce();
  }

  @Test
  void close_a_connection_whose_response_comes_from_another_thread() {
    connection.execute(() -> {
      throw lack;
    });
    channel.runPendingTasks();
    assertThatItIsClosedAndToldOnce();
  }

  @Test
  void are_told_once_a_minute_with_how_many_there_were() {
    assertThat(failures.explain(new IllegalStateException(words))).isFalse();
    assertThat(failures.explain(lack)).isTrue();
    for (int i = 0; i < 4; i++) {
      clock.addAndGet(Duration.ofSeconds(10).toNanos());
      assertThat(failures.explain(lack)).isTrue();
    }
    assertThat(told()).hasSize(1);
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(failures.explain(lack)).isTrue();
    assertThat(told()).hasSize(2).last().asString().contains("; 5 so far");
    assertThat(log.about(words)).allMatch(e -> e.getThrowableProxy() == null);
  }
}
