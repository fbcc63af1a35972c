package io.brrtrouter.conformance.openapi;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process whose first work is a document. Prints milliseconds on the clock and those its thread
 * was running, and the status an operation then answered with.
 */
final class FreshStart {
  private FreshStart() {}

  /** What a process does. */
  enum Work {
    /** Reads the document and compiles it, mocks on. */
    COMPILE,
    /**
     * All that {@code brrt serve} does before it opens a socket: lint, warnings and endpoints too.
     */
    SERVE
  }

  /**
   * Starts once.
   *
   * @param arguments the work, the document, and a path to get from it
   */
  public static void main(String[] arguments) {
    Path document = Path.of(arguments[1]);
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long clock = System.nanoTime();
    int operations = 0;
    BrrtServer server = null;
    switch (Work.valueOf(arguments[0])) {
      case COMPILE -> operations = compiled(document);
      case SERVE -> server = BrrtServer.builder().document(document).mock(true).startInProcess();
    }
    long tookOnClock = System.nanoTime() - clock;
    long tookOfThread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    try (PrintStream out = System.out) {
      List.of(millis(tookOnClock), millis(tookOfThread)).forEach(out::println);
      if (server == null) {
        out.println(operations);
      } else {
        out.println(server.exchange(get(arguments[2]), new byte[0]).status());
        server.close();
      }
    }
  }

  private static int compiled(Path document) {
    Loaded loaded = OpenApiLoader.load(document, LoadOptions.defaults());
    DispatchOptions mocked =
        DispatchOptions.builder()
            .fallback(Fallback.MOCK)
            .security(SecurityOptions.UNREQUIRED)
            .build();
    return switch (ApiCompiler.compile(loaded, mocked, Map.of(), Map.of())) {
      case Compilation.Compiled compiled -> compiled.api().size();
      case Compilation.Refused refused ->
          throw new IllegalStateException(refused.findings().toString());
    };
  }

  private static HttpRequest get(String path) {
    return new HttpRequest(
        Method.of("GET"),
        path,
        "HTTP/1.1",
        Headers.of("Host", "localhost"),
        Peer.of(InetSocketAddress.createUnresolved("localhost", 1)));
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}
