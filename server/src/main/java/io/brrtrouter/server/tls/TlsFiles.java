package io.brrtrouter.server.tls;

import io.brrtrouter.server.tls.TlsProblem.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the files of TLS hold at one moment.
 *
 * @param texts their contents
 * @param paths where they are
 * @param problems those that could not be read, with the reason
 */
record TlsFiles(Map<Part, String> texts, Map<Part, Path> paths, List<TlsProblem> problems) {
  /** A hundred authorities take less; what is larger is none of these files. */
  private static final int MOST_BYTES = 1 << 20;

  /** Reads every file. */
  static TlsFiles read(TlsConfig config) {
    Map<Part, Path> paths = new EnumMap<>(Part.class);
    paths.put(Part.CERTIFICATE, config.certificate());
    paths.put(Part.KEY, config.key());
    config.keyPassword().ifPresent(path -> paths.put(Part.KEY_PASSWORD, path));
    config.clientAuthorities().ifPresent(path -> paths.put(Part.CLIENT_AUTHORITIES, path));
    Map<Part, String> texts = new EnumMap<>(Part.class);
    List<TlsProblem> problems = new ArrayList<>();
    paths.forEach((part, path) -> {
      try {
        texts.put(part, read(path));
      } catch (IOException failure) {
        problems.add(
            new TlsProblem(part, path + " " + reason(failure), "name a file that can be read"));
      }
    });
    return new TlsFiles(texts, paths, problems);
  }

  /** Opening what is no file, a named pipe for example, would wait for whoever writes to it. */
  private static String read(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException(Files.isDirectory(path) ? "is a directory" : "is not a regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] octets = in.readNBytes(MOST_BYTES + 1);
      if (octets.length > MOST_BYTES) {
        throw new IOException("is larger than 1 MiB");
      }
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "does not exist";
    }
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("is ") ? message : "cannot be read";
  }

  /** {@return a text that differs whenever a file does} Tells nothing of what is in them. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Part part : Part.values()) {
        String text = texts.getOrDefault(part, "");
        digest.update((part + " " + text.length() + " ").getBytes(StandardCharsets.US_ASCII));
        digest.update(text.getBytes(StandardCharsets.ISO_8859_1));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }

  /** {@return the file of a part that was read} */
  Pem pem(Part part) {
    return new Pem(part, path(part), Objects.requireNonNull(texts.get(part)));
  }

  Path path(Part part) {
    return Objects.requireNonNull(paths.get(part));
  }

  /** {@return the first line of the file with the password, null without such a file} */
  @Nullable String password() {
    String text = texts.get(Part.KEY_PASSWORD);
    return text == null ? null : text.lines().findFirst().orElse("");
  }

  /** Holds secrets: says which files there are. */
  @Override
  public String toString() {
    return "TlsFiles" + paths;
  }
}
