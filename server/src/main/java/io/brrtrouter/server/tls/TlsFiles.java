package io.brrtrouter.server.tls;

import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import io.brrtrouter.server.tls.TlsProblem.Part;
import java.nio.charset.StandardCharsets;
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
  private static final int MOST_OCTETS = 1 << 20;

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
        byte[] octets = new SmallFile(path, MOST_OCTETS).octets();
        texts.put(part, new String(octets, StandardCharsets.ISO_8859_1));
      } catch (UnreadableFileException failure) {
        problems.add(
            new TlsProblem(
                part, String.valueOf(failure.getMessage()), "name a file that can be read"));
      }
    });
    return new TlsFiles(texts, paths, problems);
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
