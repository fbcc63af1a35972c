package io.brrtrouter.server.decode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The charsets of the JVM by their names and aliases. {@link Charset#forName} searches the class
 * path for every name that it does not know, 0.2 ms each time on an event loop, and clients choose
 * the names.
 */
final class Charsets {
  private static final Map<String, Charset> USUAL =
      byName(
          List.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1));

  private Charsets() {}

  /** Read when the first client sends an unusual name; it takes some ten milliseconds, once. */
  private static final class All {
    private static final Map<String, Charset> BY_NAME =
        byName(Charset.availableCharsets().values());
  }

  private static Map<String, Charset> byName(Iterable<Charset> charsets) {
    Map<String, Charset> names = new HashMap<>();
    for (Charset charset : charsets) {
      names.put(charset.name().toLowerCase(Locale.ROOT), charset);
    }
    for (Charset charset : charsets) {
      charset
          .aliases()
          .forEach(alias -> names.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
    }
    return Map.copyOf(names);
  }

  /** {@return the charset of a name in any case, empty if there is none} */
  static Optional<Charset> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Charset usual = USUAL.get(lower);
    return Optional.ofNullable(usual == null ? All.BY_NAME.get(lower) : usual);
  }
}
