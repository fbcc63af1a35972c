package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A project whose code is exchanged while it runs, for {@code brrt run --watch}. The class path has
 * the project's libraries; its own code comes in a jar per generation. The arguments are the first
 * jar and the main class. Who changes the code says so on standard input, a line each, files as
 * URIs with a space between:
 *
 * <ul>
 *   <li>{@code leave FILE...}: code is generated from these, so the server does not take them by
 *       itself when they change;
 *   <li>{@code take JAR FILE...}: other code, and what it was generated from;
 *   <li>{@code refuse ERROR...}: changed code is not taken; each error as file, line, column and
 *       message with a line feed between, encoded as in forms.
 * </ul>
 *
 * At the end of standard input nobody watches any more, and the server stops as on SIGTERM.
 */
final class LiveMain {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.reload");

  private LiveMain() {}

  /**
   * Runs a project.
   *
   * @param args the jar of its code, and the main class
   * @throws Throwable whatever its main class throws
   */
  public static void main(String[] args) throws Throwable {
    // A jar that was read for a resource would be kept for ever, and there is one per change.
    URLConnection.setDefaultUseCaches("jar", false);
    Live live = Live.begin();
    String mainClass = args[1];
    CodeLoader first = new CodeLoader(Path.of(args[0]), mainClass);
    live.begin(first);
    Thread.ofPlatform().daemon().name("brrt-live").start(() -> listen(live, mainClass));
    first.main();
  }

  private static void listen(Live live, String mainClass) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        obey(List.of(line.split(" ", -1)), live, mainClass);
      }
    } catch (IOException | InterruptedException broken) {
      LOG.debug("nobody changes the code any more", broken);
    }
    System.exit(0);
  }

  private static void obey(List<String> words, Live live, String mainClass)
      throws IOException, InterruptedException {
    switch (words.getFirst()) {
      case "leave" -> live.leave(files(words.stream().skip(1)));
      case "take" ->
          live.take(
              new CodeLoader(Path.of(URI.create(words.get(1))), mainClass),
              files(words.stream().skip(2)));
      case "refuse" -> live.refuse(words.stream().skip(1).map(LiveMain::finding).toList());
      default -> LOG.warn("nothing is known about \"{}\"", words.getFirst());
    }
  }

  private static Finding finding(String word) {
    String[] parts = URLDecoder.decode(word, StandardCharsets.UTF_8).split("\n", 5);
    return new Finding(
        parts[0],
        Severity.ERROR,
        new SourceLocation(parts[1], Integer.parseInt(parts[2]), Integer.parseInt(parts[3])),
        parts[4],
        "");
  }

  private static Set<Path> files(Stream<String> uris) {
    return uris.map(uri -> Path.of(URI.create(uri))).collect(Collectors.toSet());
  }
}
