package io.brrtrouter.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where API keys come from. Immutable; files are read again whenever they are asked for. */
sealed interface KeySource {
  /** More than any key has; a file beyond is some other file. */
  int MOST_BYTES = 4096;

  /**
   * {@return the digests of the keys, by name}
   *
   * @throws UnusableSecretException if one cannot be used; says which and why, and never its value
   */
  Map<String, KeyDigest> read() throws UnusableSecretException;

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
    public Map<String, KeyDigest> read() {
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
    public Map<String, KeyDigest> read() throws UnusableSecretException {
      return Map.of(name, KeySource.read(path));
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
    public Map<String, KeyDigest> read() throws UnusableSecretException {
      Map<String, KeyDigest> keys = new TreeMap<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          if (!name.startsWith(".") && Files.isRegularFile(file)) {
            keys.put(name, KeySource.read(file));
          }
        }
      } catch (IOException | DirectoryIteratorException unreadable) {
        throw new UnusableSecretException("the directory " + path + " cannot be read");
      }
      return new LinkedHashMap<>(keys);
    }
  }

  private static KeyDigest read(Path file) throws UnusableSecretException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UnusableSecretException(
            "the file " + file + " has more than " + MOST_BYTES + " bytes, so it is no key");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      return digest(text, "the key in " + file);
    } catch (NoSuchFileException missing) {
      throw new UnusableSecretException("there is no file " + file);
    } catch (IOException unreadable) {
      throw new UnusableSecretException("the file " + file + " cannot be read as text");
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
    if (text.startsWith(KeyDigest.PREFIX)) {
      KeyDigest digest = KeyDigest.parse(text);
      if (digest == null) {
        throw new UnusableSecretException(
            what + " begins with sha256: but 64 hexadecimal digits do not follow");
      }
      return digest;
    }
    if (text.isEmpty()) {
      throw new UnusableSecretException(what + " is empty");
    }
    if (text.equals(DevelopmentProvider.SECRET)) {
      throw new UnusableSecretException(
          what + " is the one for development, which everybody knows");
    }
    if (text.length() < ApiKeyProvider.FEWEST_CHARACTERS) {
      throw new UnusableSecretException(
          "%s has %d characters; fewer than %d can be guessed"
              .formatted(what, text.length(), ApiKeyProvider.FEWEST_CHARACTERS));
    }
    return KeyDigest.of(text);
  }
}
