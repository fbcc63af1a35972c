package io.brrtrouter.conformance.openapi;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.runtime.BrrtServer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that does, as its first work, what {@code brrt serve} does before it opens a socket:
 * reads a document, lints and compiles it with mocks. Prints the milliseconds that took on the
 * clock, those the thread was running, and the status an operation then answered with.
 */
final class FreshStart {
  private FreshStart() {}

  /**
   * Starts once.
   *
   * @param arguments the document, and a path to get from it
   */
  public static void main(String[] arguments) {
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long clock = System.nanoTime();
    BrrtServer server =
        BrrtServer.builder().document(Path.of(arguments[0])).mock(true).startInProcess();
    long tookOnClock = System.nanoTime() - clock;
    long tookOfThread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    try (server;
        PrintStream out = System.out) {
      int status = server.exchange(get(arguments[1]), new byte[0]).status();
      List.of(millis(tookOnClock), millis(tookOfThread), (long) status).forEach(out::println);
    }
  }

  private static HttpRequest get(String path) {
    return new HttpRequest(
        Method.of("GET"),
        path,
        "HTTP/1.1",
        Headers.of("Host", "localhost"),
        InetSocketAddress.createUnresolved("localhost", 1),
        false);
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}
