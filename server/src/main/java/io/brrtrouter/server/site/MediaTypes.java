package io.brrtrouter.server.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which media type a file has, by the extension of its name. */
final class MediaTypes {
  /** Of what nobody knows, so that no browser guesses. */
  static final String UNKNOWN = "application/octet-stream";

  private static final Map<String, String> TYPES = read();

  private MediaTypes() {}

  private static Map<String, String> read() {
    Map<String, String> types = new HashMap<>();
    try (InputStream in =
            Objects.requireNonNull(MediaTypes.class.getResourceAsStream("media-types.txt"));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && line.charAt(0) != '#') {
          add(line.strip(), types);
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return Map.copyOf(types);
  }

  private static void add(String line, Map<String, String> types) {
    int space = line.indexOf(' ');
    String extension = line.substring(0, space);
    String type = line.substring(space).strip();
    String sent = type.startsWith("text/") ? type + "; charset=utf-8" : type;
    if (types.put(extension, sent) != null) {
      throw new IllegalStateException("the table of media types has " + extension + " twice");
    }
  }

  /** {@return the value of {@code Content-Type} for a file, empty if its extension is not known} */
  static Optional<String> of(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0
        ? Optional.empty()
        : Optional.ofNullable(TYPES.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  /** {@return how many extensions are known} */
  static int size() {
    return TYPES.size();
  }
}
