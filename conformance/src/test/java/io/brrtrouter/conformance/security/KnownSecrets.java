package io.brrtrouter.conformance.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Secrets that tests use in fact: those that suites wrote to {@code target/secrets.txt} of their
 * module when they handed them out, and constants of test sources that are called so.
 *
 * <p>Of a secret, all of it is looked for; of a token, its last part and any {@value #PART}
 * characters of that. The other parts of a signed token are no secrets.
 */
final class KnownSecrets {
  /** How much of a token is too much. */
  static final int PART = 12;

  static final KnownSecrets NONE = new KnownSecrets(Set.of());

  /** {@code AAAAAAAAAAAA} is nobody's. */
  private static final int LEAST_DIFFERENT = 6;

  private static final Pattern CONSTANT =
      Pattern.compile(
          "String \\w*(?:SECRET|PASSWORD|TOKEN|API_KEY)\\w*\\s*=\\s*\"([^\"\\\\\\s]{%d,})\""
              .formatted(PART));

  private final Set<String> parts = new HashSet<>();
  private final Map<String, Set<String>> wholeByBeginning = new HashMap<>();

  KnownSecrets(Set<String> secrets) {
    secrets.forEach(this::add);
  }

  private void add(String secret) {
    String last = secret.substring(secret.lastIndexOf('.') + 1);
    if (last.length() < secret.length()) {
      for (int i = 0; i + PART <= last.length(); i++) {
        String part = last.substring(i, i + PART);
        if (part.chars().distinct().count() >= LEAST_DIFFERENT) {
          parts.add(part);
        }
      }
    } else if (secret.length() >= PART) {
      wholeByBeginning
          .computeIfAbsent(secret.substring(0, PART), any -> new HashSet<>())
          .add(secret);
    }
  }

  /** {@return the secrets of all modules below a directory} */
  static KnownSecrets below(Path root) throws IOException {
    Set<String> secrets = new HashSet<>();
    for (Path file : files(root, "target/secrets.txt")) {
      secrets.addAll(Files.readAllLines(file));
    }
    for (Path file : files(root, ".java")) {
      if (file.toString().contains("/src/test/java/")) {
        Matcher constant = CONSTANT.matcher(Files.readString(file));
        while (constant.find()) {
          secrets.add(constant.group(1));
        }
      }
    }
    return new KnownSecrets(secrets);
  }

  private static List<Path> files(Path root, String end) throws IOException {
    try (Stream<Path> files =
        Files.find(root, 16, (file, is) -> is.isRegularFile() && ("/" + file).endsWith(end))) {
      return files.sorted().toList();
    }
  }

  int size() {
    return parts.size() + wholeByBeginning.size();
  }

  /** {@return whether a text has one, as it is} */
  boolean areIn(String text) {
    for (int i = 0; i + PART <= text.length(); i++) {
      String here = text.substring(i, i + PART);
      int at = i;
      if (parts.contains(here)
          || wholeByBeginning.getOrDefault(here, Set.of()).stream()
              .anyMatch(secret -> text.startsWith(secret, at))) {
        return true;
      }
    }
    return false;
  }
}
