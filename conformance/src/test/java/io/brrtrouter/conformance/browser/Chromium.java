package io.brrtrouter.conformance.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens a page in headless Chromium. The page runs a script, a function body that may wait, and
 * what it returns comes back here: the page sends it to the server it came from.
 */
final class Chromium {
  private static final int PATIENCE_SECONDS = 60;

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private Chromium() {}

  /** Skips the test where there is no browser. */
  static void require() {
    assumeTrue(program() != null, "no browser: install the package chromium");
  }

  private static @Nullable Path program() {
    String places = System.getenv().getOrDefault("PATH", "");
    return Stream.of(places.split(File.pathSeparator))
        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /**
   * {@return what a script returns}
   *
   * @param host what the page's origin is called, {@code localhost} or {@code 127.0.0.1}
   * @param port the port of its origin, 0 for any
   * @param script the body of an asynchronous function that returns a text
   */
  static String run(String host, int port, String script) throws Exception {
    CompletableFuture<String> returned = new CompletableFuture<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/page", exchange -> answer(exchange, page(script)));
    server.createContext(
        "/returned",
        exchange -> {
          returned.complete(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, "");
        });
    server.start();
    Path profile = Files.createTempDirectory("brrt-browser");
    Process browser =
        start("http://" + host + ":" + server.getAddress().getPort() + "/page", profile);
    try {
      return returned.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
      server.stop(0);
      delete(profile);
    }
  }

  private static Process start(String url, Path profile) throws IOException {
    return new ProcessBuilder(
            String.valueOf(program()),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            // Those of tests are signed by nobody that it knows.
            "--ignore-certificate-errors",
            "--user-data-dir=" + profile,
            url)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String page(String script) {
    return """
    <!doctype html><title>page</title><script>
    (async () => { %s })()
        .catch(failure => 'the script failed: ' + failure)
        .then(text => fetch('/returned', {method: 'POST', body: text}));
    </script>
    """
        .formatted(script);
  }

  private static void answer(HttpExchange exchange, String html) throws IOException {
    byte[] content = html.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  /** What of the profile a dying browser still writes stays behind. */
  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
