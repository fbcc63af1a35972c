package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system says when the process may not open one more file, told to the server. */
class AcceptFailuresTest extends ServerTest {
  private static final IOException NO_FILES =
      new IOException("accept(..) failed with error(-24): Too many open files");

  /** Enough for a JVM to start, and few. */
  private static final int FILES = 200;

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
  void are_told_in_one_sentence_and_leave_the_server_as_it_was() throws Exception {
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

  /** A process that may open few files, and more clients than it can have. */
  @Test
  void happen_in_a_process_that_may_open_few_files_and_end_when_clients_go() throws Exception {
    assume(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
    String java = ProcessHandle.current().info().command().orElse("java");
    Process process =
        new ProcessBuilder(
                "/bin/bash",
                "-c",
                "ulimit -n %d && exec \"$@\"".formatted(FILES),
                "bash",
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                eventLoops.name())
            .redirectErrorStream(true)
            .start();
    List<RawClient> clients = new ArrayList<>();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(lineWith(said, "port ").replaceAll(".*port ", ""));
      // Classes are files as well: what a request needs is loaded before there is none to open.
      assertAnswers(port);
      for (int i = 0; i < FILES; i++) {
        clients.add(new RawClient(port));
      }
      assertThat(lineWith(said, "cannot be accepted"))
          .endsWith(SENTENCE.formatted(new Settings().connections));

      for (RawClient client : clients) {
        client.close();
      }
      assertAnswers(port);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
      process.destroyForcibly().waitFor();
    }
  }

  private static void assertAnswers(int port) throws IOException {
    try (RawClient client = new RawClient(port)) {
      assertThat(client.send("GET /a" + END).read().status()).isEqualTo(200);
    }
  }

  private static String lineWith(BufferedReader said, String words) throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      String line = said.readLine();
      assertThat(line).as(() -> "after: " + all).isNotNull();
      if (line.contains(words)) {
        return line;
      }
      all.append(line).append('\n');
    }
  }

  /** A program that serves until it is ended. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      Settings settings = new Settings();
      settings.eventLoops = EventLoops.valueOf(arguments[0]);
      try (TestServer server = new TestServer(settings)) {
        System.out.println("port " + server.transport.port());
        Thread.currentThread().join();
      }
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

  /** The limit of the whole system is another one than that of the process. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot allocate memory",
        "accept(..) failed with error(-23): Too many open files in system"
      })
  void of_another_kind_are_told_in_the_words_of_the_system(String told) throws Exception {
    String words = told + " " + settings.connections;
    try (CapturedLog ours = new CapturedLog(AcceptFailures.class.getName())) {
      server.transport.server.pipeline().fireExceptionCaught(new IOException(words));
      assertThat(ours.next(words).getFormattedMessage())
          .isEqualTo("connections cannot be accepted: " + words + "; the server keeps trying");
    }
  }
}
