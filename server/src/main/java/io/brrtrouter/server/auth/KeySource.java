package io.brrtrouter.server.auth;

import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where API keys come from. Immutable; files are read again whenever they are asked for. */
sealed interface KeySource {
  /** More than any key has; a file beyond is some other file. */
  int MOST_OCTETS = 4096;

  /** What other programs write for a hash: {@code $2b$10$...}, {@code md5:1f0a...}. */
  Pattern OTHER_HASH =
      Pattern.compile("^(\\$[a-z0-9-]+\\$|\\{?[A-Za-z0-9-]+[:}][0-9a-fA-F]{16,}$)");

  /**
   * What cannot be used.
   *
   * @param what which, and why, and never its value
   * @param consequence what becomes of the keys that were read before
   */
  record Complaint(String what, String consequence) {
    private static Complaint kept(String what, @Nullable KeyDigest before) {
      return new Complaint(what, before == null ? NOTHING : KEPT);
    }

    @Override
    public String toString() {
      return what + "; " + consequence;
    }
  }

  String NOTHING = "no key of it is in force";

  /** What is there and cannot be used changes nothing. */
  String KEPT = "what was read of it before stays in force";

  /** What is gone grants nothing. */
  String WITHDRAWN = "what it granted is taken back";

  /**
   * Reads the digests of the keys.
   *
   * @param before what was read last time; empty the first time. A file that cannot be used leaves
   *     its own key as it was, and one that is gone revokes it; so it is with directories
   * @param complaints takes what cannot be used
   * @return the digests by name of the client
   */
  Map<String, KeyDigest> read(Map<String, KeyDigest> before, List<Complaint> complaints);

  /** {@return scopes of the clients that have its keys} */
  List<String> scopes();

  /**
   * A key that is given.
   *
   * @param name name of the client
   * @param digest the key's digest
   * @param scopes what it grants
   */
  record Given(String name, KeyDigest digest, List<String> scopes) implements KeySource {
    @Override
    public Map<String, KeyDigest> read(Map<String, KeyDigest> before, List<Complaint> complaints) {
      return Map.of(name, digest);
    }
  }

  /**
   * A file with a key, or its digest.
   *
   * @param name name of the client
   * @param path the file
   * @param scopes what it grants
   */
  record OneFile(String name, Path path, List<String> scopes) implements KeySource {
    @Override
    public Map<String, KeyDigest> read(Map<String, KeyDigest> before, List<Complaint> complaints) {
      KeyDigest key = KeySource.read(path, before.get(name), complaints);
      return key == null ? Map.of() : Map.of(name, key);
    }
  }

  /**
   * A directory with a file for each client, as Kubernetes mounts a secret; hidden files, of which
   * it makes its swaps, do not count.
   *
   * @param path the directory
   * @param scopes what its keys grant
   */
  record Directory(Path path, List<String> scopes) implements KeySource {
    @Override
    public Map<String, KeyDigest> read(Map<String, KeyDigest> before, List<Complaint> complaints) {
      TreeSet<Path> entries = new TreeSet<>();
      try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
        for (Path entry : all) {
          if (!entry.getFileName().toString().startsWith(".")) {
            entries.add(entry);
          }
        }
      } catch (NoSuchFileException gone) {
        complaints.add(
            new Complaint(
                "there is no directory " + path + UnreadableFileException.whereRelative(path),
                WITHDRAWN));
        return Map.of();
      } catch (IOException | DirectoryIteratorException unreadable) {
        complaints.add(
            new Complaint(
                "the directory " + path + " cannot be read", before.isEmpty() ? NOTHING : KEPT));
        return before;
      }
      Map<String, KeyDigest> keys = new LinkedHashMap<>();
      Set<Complaint> wrong = new LinkedHashSet<>();
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        KeyDigest key = key(entry, before.get(name), wrong);
        if (key != null) {
          keys.put(name, key);
        }
      }
      complaints.addAll(wrong);
      return keys;
    }

    /**
     * An entry of which nobody may know what it is, is not one that is gone: only a file system
     * that says so revokes a key.
     */
    private @Nullable KeyDigest key(Path entry, @Nullable KeyDigest before, Set<Complaint> wrong) {
      try {
        if (!Files.readAttributes(entry, BasicFileAttributes.class).isRegularFile()) {
          return null;
        }
      } catch (NoSuchFileException gone) {
        if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
          wrong.add(
              new Complaint(entry + " is a symbolic link to a file that is not there", WITHDRAWN));
        }
        return null;
      } catch (IOException unknown) {
        wrong.add(new Complaint(unsearchable(entry, unknown), KEPT));
        return before;
      }
      List<Complaint> complaints = new ArrayList<>();
      KeyDigest key = KeySource.read(entry, before, complaints);
      wrong.addAll(complaints);
      return key;
    }

    /** Names can be listed of a directory that may be read; what they are of only by searching. */
    private String unsearchable(Path entry, IOException unknown) {
      if (!(unknown instanceof AccessDeniedException)) {
        return entry + " cannot be read";
      }
      try {
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return entry + " may not be read";
      } catch (IOException _) {
        return "the files in the directory "
            + path
            + " may be listed, but not read: it lacks the permission to search it (x)";
      }
    }
  }

  /** {@return the digest of the key in a file; the one from before if it cannot be used} */
  private static @Nullable KeyDigest read(
      Path file, @Nullable KeyDigest before, List<Complaint> complaints) {
    try {
      return digest(new SmallFile(file, MOST_OCTETS).text().strip(), "the key in " + file);
    } catch (UnreadableFileException unreadable) {
      String what = String.valueOf(unreadable.getMessage());
      complaints.add(
          unreadable.isMissing() ? new Complaint(what, WITHDRAWN) : Complaint.kept(what, before));
      return unreadable.isMissing() ? null : before;
    } catch (UnusableSecretException unusable) {
      complaints.add(Complaint.kept(String.valueOf(unusable.getMessage()), before));
      return before;
    }
  }

  /**
   * {@return the digest of a key, which may be given as its digest}
   *
   * @param text the key or its digest
   * @param what what to call it
   * @throws UnusableSecretException if nobody should use such a key
   */
  static KeyDigest digest(String text, String what) throws UnusableSecretException {
    KeyDigest digest =
        text.startsWith(KeyDigest.PREFIX) ? written(text, what) : KeyDigest.of(usable(text, what));
    if (DevelopmentProvider.KNOWN_TO_EVERYBODY.contains(digest)) {
      throw new UnusableSecretException(what, "is the one for development, which everybody knows");
    }
    return digest;
  }

  private static KeyDigest written(String text, String what) throws UnusableSecretException {
    KeyDigest digest = KeyDigest.parse(text);
    if (digest == null) {
      throw new UnusableSecretException(
          what, "begins with sha256: but 64 hexadecimal digits do not follow");
    }
    if (digest.equals(KeyDigest.of("")) || digest.equals(KeyDigest.of("\n"))) {
      throw new UnusableSecretException(what, "is the hash of nothing: no key was hashed");
    }
    return digest;
  }

  private static String usable(String text, String what) throws UnusableSecretException {
    if (text.isEmpty()) {
      throw new UnusableSecretException(what, "is empty");
    }
    if (OTHER_HASH.matcher(text).find()) {
      throw new UnusableSecretException(
          what, "looks like a hash, and keys have but one kind: sha256:, as brrt hash makes it");
    }
    if (text.length() < ApiKeyProvider.FEWEST_CHARACTERS) {
      throw new UnusableSecretException(
          what,
          "has %s; fewer than %d can be guessed"
              .formatted(
                  text.length() == 1 ? "1 character" : text.length() + " characters",
                  ApiKeyProvider.FEWEST_CHARACTERS));
    }
    String guessable = Guessable.why(text);
    if (guessable != null) {
      throw new UnusableSecretException(what, guessable);
    }
    return text;
  }
}
