package io.brrtrouter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A Redis of a test's own on the loopback, which it may stop and start again; needs the program
 * {@code redis-server}.
 */
final class TestRedis implements AutoCloseable {
  /** Names a Redis that runs already; set by {@code .ci/run}. */
  static final String URL_VARIABLE = "BRRT_REDIS_URL";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path directory;
  private final int port;
  private final String password;
  private Process process;

  private TestRedis(Path directory, int port, String password) throws IOException {
    this.directory = directory;
    this.port = port;
    this.password = password;
    this.process = launch();
  }

  /** {@return a Redis, or the test is skipped where there is no such program} */
  static TestRedis start(Path directory, String password) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try {
      TestRedis redis = new TestRedis(directory, port, password);
      redis.awaitListening();
      return redis;
    } catch (IOException missing) {
      return Assumptions.abort(
          "there is no redis-server; docs/local-development.md says how to have one");
    }
  }

  /** {@return the URL of the shared Redis, or the test is skipped} */
  static String sharedUrl() {
    String url = System.getenv(URL_VARIABLE);
    assumeTrue(
        url != null,
        "BRRT_REDIS_URL names no Redis; docs/local-development.md says how to have one");
    return url;
  }

  private Process launch() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("redis-server", "--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    if (!password.isEmpty()) {
      command.addAll(List.of("--requirepass", password));
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("redis.log").toFile())
        .start();
  }

  private void awaitListening() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isListening()) {
      assertThat(process.isAlive()).as("redis-server lives").isTrue();
      assertThat(System.nanoTime() - end).as("nanoseconds beyond patience").isNegative();
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  String url() {
    return "redis://" + (password.isEmpty() ? "" : ":" + password + "@") + "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Ends it at once, as a crash would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Keeps its connections, and answers nothing. */
  void freeze() throws Exception {
    signal("-STOP");
  }

  void thaw() throws Exception {
    signal("-CONT");
  }

  private void signal(String name) throws Exception {
    assertThat(new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  void restart() throws Exception {
    process = launch();
    awaitListening();
  }

  @Override
  public void close() {
    kill();
  }
}
