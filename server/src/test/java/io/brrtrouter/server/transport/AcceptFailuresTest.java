package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the system says when the process may not open one more file, told to the server. */
class AcceptFailuresTest extends ServerTest {
  private static final IOException NO_FILES =
      new IOException("accept(..) failed with error(-24): Too many open files");

  private static final String SENTENCE =
      "connections cannot be accepted: the process may not open more files, and each connection is"
          + " one; raise the limit (ulimit -n) above the %d connections that the configuration"
          + " allows, or allow fewer; the server keeps trying";

  @Override
  void configure(Settings changed) {
    // A number that no other test has, because they share the log.
    changed.connections = eventLoops == EventLoops.EPOLL ? 7001 : 7002;
  }

  @Test
  void are_told_in_one_sentence_and_end_when_files_are_free_again() throws Exception {
    String sentence = SENTENCE.formatted(settings.connections);
    try (CapturedLog ours = new CapturedLog(AcceptFailures.class.getName());
        CapturedLog netty = new CapturedLog("io.netty")) {
      for (int i = 0; i < 3; i++) {
        server.transport.server.pipeline().fireExceptionCaught(NO_FILES);
      }

      assertThat(ours.next(sentence).getLevel()).isEqualTo(Level.WARN);
      try (RawClient client = client()) {
        assertThat(client.send("GET /a" + END).read().status()).isEqualTo(200);
      }
      assertThat(ours.about(sentence)).hasSize(1);
      assertThat(netty.about("exceptionCaught")).isEmpty();
    }
  }

  @Test
  void are_told_again_after_a_minute() {
    AtomicLong clock = new AtomicLong(-5);
    settings.connections += 10;
    try (CapturedLog ours = new CapturedLog(AcceptFailures.class.getName())) {
      EmbeddedChannel channel =
          new EmbeddedChannel(new AcceptFailures(settings.limits(), clock::get));
      channel.pipeline().fireExceptionCaught(NO_FILES);
      clock.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
      channel.pipeline().fireExceptionCaught(NO_FILES);
      assertThat(messages(ours)).containsExactly(SENTENCE.formatted(settings.connections));

      clock.addAndGet(1);
      channel.pipeline().fireExceptionCaught(NO_FILES);
      assertThat(messages(ours)).hasSize(2);
      channel.checkException();
    }
  }

  private List<String> messages(CapturedLog log) {
    return log.about("the " + settings.connections + " connections").stream()
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void of_another_kind_are_told_in_the_words_of_the_system() throws Exception {
    String words = "Cannot allocate memory " + settings.connections;
    try (CapturedLog ours = new CapturedLog(AcceptFailures.class.getName())) {
      server.transport.server.pipeline().fireExceptionCaught(new IOException(words));
      assertThat(ours.next(words).getFormattedMessage())
          .isEqualTo("connections cannot be accepted: " + words + "; the server keeps trying");
    }
  }
}
