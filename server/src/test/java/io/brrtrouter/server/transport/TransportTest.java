package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.ServerTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TransportFailure;
import io.netty.channel.epoll.Epoll;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {

  /** A log that takes a line about {@link #LASTING} when it may, as a full pipe does. */
  private static final class StuckLog extends UnsynchronizedAppenderBase<ILoggingEvent> {
    final CountDownLatch writing = new CountDownLatch(1);
    final CountDownLatch read = new CountDownLatch(1);
    final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getFormattedMessage().startsWith(LASTING)) {
        writing.countDown();
        awaitUninterruptibly(read);
        interrupted.complete(Thread.currentThread().isInterrupted());
      }
    }
  }

  private static final String LASTING = "lasting work of TransportTest";

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Work that keeps its event loop. */
  private record Lasting(CountDownLatch end) implements HeadDecision.Work {
    @Override
    public String doing() {
      return LASTING;
    }

    @Override
    public HttpResponse proceed(byte[] body) {
      awaitUninterruptibly(end);
      return HttpResponse.of(204);
    }

    @Override
    public HttpResponse proceedOnLoop(byte[] body) {
      return proceed(body);
    }

    @Override
    public HttpResponse tooLarge(long declared) {
      return HttpResponse.of(413);
    }

    @Override
    public HttpResponse unreadable(TransportFailure failure) {
      return HttpResponse.of(400);
    }
  }

  @Test
  void a_log_that_nobody_reads_keeps_nobody_from_connecting() throws Exception {
    Logger logger = CapturedLog.logger("io.brrtrouter.server.threads");
    StuckLog log = new StuckLog();
    log.start();
    logger.addAppender(log);
    try (TestServer server = new TestServer()) {
      ConnectionLoop held = server.transport.loops.values().iterator().next();
      held.eventLoop().execute(() -> held.proceed(new Lasting(log.read), new byte[0]));
      log.writing.await();
      try (RawClient client = server.client()) {
        eventually(client + " is accepted", () -> server.transport.connections() == 1);
      } finally {
        log.read.countDown();
      }
    } finally {
      logger.detachAppender(log);
    }
  }

  /** An interruption closes the file that a log is written to. */
  @Test
  void closing_does_not_interrupt_who_writes_a_log() throws Exception {
    Logger logger = CapturedLog.logger("io.brrtrouter.server.threads");
    StuckLog log = new StuckLog();
    log.start();
    logger.addAppender(log);
    try {
      try (TestServer server = new TestServer()) {
        ConnectionLoop held = server.transport.loops.values().iterator().next();
        held.eventLoop().execute(() -> held.proceed(new Lasting(log.read), new byte[0]));
        log.writing.await();
      }
      log.read.countDown();
      assertThat(log.interrupted.get()).isFalse();
    } finally {
      log.read.countDown();
      logger.detachAppender(log);
    }
  }

  @Test
  void a_port_in_use_is_named() throws IOException {
    try (TestServer server = new TestServer()) {
      int port = server.transport.port();
      assertThatThrownBy(() -> Transport.start(TransportConfig.of("127.0.0.1", port), server))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot listen on 127.0.0.1:%d: the port is in use; choose another one, or 0 for any"
                  + " that is free",
              port);
    }
  }

  @Test
  void a_host_that_is_none_is_named() throws IOException {
    try (TestServer server = new TestServer()) {
      assertThatThrownBy(
              () -> Transport.start(TransportConfig.of("no-such-host.invalid", 0), server))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on no-such-host.invalid:0: there is no such host");
    }
  }

  @Test
  void an_address_of_another_machine_is_named() throws IOException {
    try (TestServer server = new TestServer()) {
      // An address for documentation (RFC 5737), which no machine has.
      assertThatThrownBy(() -> Transport.start(TransportConfig.of("192.0.2.1", 0), server))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on 192.0.2.1:0: this machine has no such address");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void a_port_is_in_range(int port) {
    assertThatThrownBy(() -> TransportConfig.of("127.0.0.1", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a port is 0 to 65535, not " + port);
  }

  @Test
  void a_configuration_makes_sense() {
    Settings settings = new Settings();
    assertThatThrownBy(() -> TransportConfig.of(" ", 0))
        .hasMessage("a host is a name or an address, not blank");
    assertThatThrownBy(() ->
            new TransportConfig(
                "x",
                0,
                EventLoops.AUTO,
                -1,
                settings.limits(),
                settings.timeouts(),
                Protocols.defaults()))
        .hasMessage("threads are 0 or more, not -1");
    settings.headerFields = 0;
    assertThatThrownBy(settings::limits).hasMessage("headerFields is at least 1, not 0");
    settings.idle = Duration.ofNanos(5);
    assertThatThrownBy(settings::timeouts).hasMessage("idle is at least 1 ms, not PT0.000000005S");
    settings.idle = TransportTimeouts.IDLE;
    settings.drainGrace = Duration.ofSeconds(-1);
    assertThatThrownBy(settings::timeouts)
        .hasMessage("bodyPerKib, writePerKib and drainGrace are not negative");
    settings.drainGrace = TransportTimeouts.DRAIN_GRACE;
    settings.writePerKib = Duration.ofSeconds(-1);
    assertThatThrownBy(settings::timeouts)
        .hasMessage("bodyPerKib, writePerKib and drainGrace are not negative");
  }

  @Test
  void defaults_are_those_of_the_constants() {
    TransportConfig config = TransportConfig.of("127.0.0.1", 0);
    assertThat(config.limits().headerBytes()).isEqualTo(16 * 1024);
    assertThat(config.limits().bufferedBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    assertThat(config.timeouts().head()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.timeouts().check()).isEqualTo(Duration.ofMillis(200));
  }

  /** The JVM ends when the transport is closed, and says nothing about native access or Unsafe. */
  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void the_jvm_ends_quietly_after_close(String eventLoops) throws Exception {
    Assumptions.assumeTrue(
        !eventLoops.equals("EPOLL") || Epoll.isAvailable(), "there is no epoll here");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), StartAndDrain.class.getName()));
    command.add(eventLoops);
    File output = File.createTempFile("transport", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the JVM ended").isTrue();
      assertThat(output).hasContent("answered, drained: true");
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
      assertThat(output.delete()).isTrue();
    }
  }

  /** A program that serves one request and drains. */
  static final class StartAndDrain {
    public static void main(String[] args) throws IOException {
      Settings settings = new Settings();
      settings.eventLoops = EventLoops.valueOf(args[0]);
      TestServer server = new TestServer(settings);
      try (RawClient client = server.client()) {
        client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n").read();
      }
      System.out.print("answered, drained: " + server.transport.drain(Duration.ofSeconds(20)));
    }
  }
}
