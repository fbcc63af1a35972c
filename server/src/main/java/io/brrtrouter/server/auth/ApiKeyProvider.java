package io.brrtrouter.server.auth;

import io.brrtrouter.server.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies API keys (OpenAPI {@code apiKey}): several of them, each with the name of its client,
 * which becomes the principal's subject. Only digests are kept. Keys in files can be exchanged
 * while the server runs, see {@link #reload}. Safe for use by many threads.
 */
public final class ApiKeyProvider implements SecurityProvider {
  /** 16 characters of hexadecimal digits are 64 bits, which nobody guesses over a network. */
  public static final int FEWEST_CHARACTERS = 16;

  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.security");
  private static final Verification UNKNOWN = Verification.refused("the key is not known");

  private final List<KeySource> sources;
  private volatile Map<KeyDigest, Verification.Accepted> keys;

  /** What was wrong when files were read last, so that it is logged once. */
  private volatile String complaint = "";

  private ApiKeyProvider(List<KeySource> sources) throws UnusableSecretException {
    this.sources = List.copyOf(sources);
    this.keys = read();
  }

  /** {@return a builder without keys} */
  public static Builder builder() {
    return new Builder();
  }

  private Map<KeyDigest, Verification.Accepted> read() throws UnusableSecretException {
    Map<KeyDigest, Verification.Accepted> read = new HashMap<>();
    for (KeySource source : sources) {
      for (Map.Entry<String, KeyDigest> key : source.read().entrySet()) {
        Verification.Accepted accepted = Verification.accepted(key.getKey(), source.scopes());
        Verification.Accepted other = read.putIfAbsent(key.getValue(), accepted);
        if (other != null) {
          throw new UnusableSecretException(
              "%s and %s have the same key".formatted(other.subject(), accepted.subject()));
        }
      }
    }
    if (read.isEmpty()) {
      throw new UnusableSecretException("there is no key at all");
    }
    return Map.copyOf(read);
  }

  /** A file that is gone from a directory revokes its key. What cannot be used is logged once. */
  @Override
  public void reload() {
    if (!isReloadable()) {
      return;
    }
    try {
      keys = read();
      complaint = "";
    } catch (UnusableSecretException unusable) {
      String message = String.valueOf(unusable.getMessage());
      if (!message.equals(complaint)) {
        LOG.warn("API keys are not exchanged: {}; those from before stay in force", message);
        complaint = message;
      }
    }
  }

  private boolean isReloadable() {
    return sources.stream().anyMatch(source -> !(source instanceof KeySource.Given));
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) {
    return verifyOnLoop(credential, request);
  }

  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    if (credential instanceof Credential.ApiKey(String value)) {
      Verification.Accepted accepted = keys.get(KeyDigest.of(value));
      return accepted == null ? UNKNOWN : accepted;
    }
    return UNKNOWN;
  }

  @Override
  public String description() {
    int count = keys.size();
    return (count == 1 ? "1 key" : count + " keys") + (isReloadable() ? ", read from files" : "");
  }

  /**
   * {@return how a key is written in a configuration without telling it: its SHA-256}
   *
   * @param key the key
   */
  public static String hash(String key) {
    return KeyDigest.of(key).written();
  }

  /** Collects keys. Not safe for use by several threads. */
  public static final class Builder {
    private final List<KeySource> sources = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a key.
     *
     * @param client name of the client that has it
     * @param key the key, or {@code sha256:} with the hexadecimal digits of its SHA-256
     * @param scopes scopes or roles it grants
     * @return this builder
     * @throws UnusableSecretException if it has fewer than {@link #FEWEST_CHARACTERS} characters,
     *     or is no such digest
     */
    public Builder key(String client, String key, List<String> scopes)
        throws UnusableSecretException {
      KeyDigest digest = KeySource.digest(key, "the key of " + client);
      sources.add(new KeySource.Given(client, digest, List.copyOf(scopes)));
      return this;
    }

    /**
     * Adds a file with a key or its digest.
     *
     * @param client name of the client that has the key
     * @param file the file; white space around the key does not count
     * @param scopes scopes or roles it grants
     * @return this builder
     */
    public Builder keyFile(String client, Path file, List<String> scopes) {
      sources.add(new KeySource.OneFile(client, file, List.copyOf(scopes)));
      return this;
    }

    /**
     * Adds a directory with a file for each client, named after it.
     *
     * @param directory the directory
     * @param scopes scopes or roles that all of its keys grant
     * @return this builder
     */
    public Builder keysDirectory(Path directory, List<String> scopes) {
      sources.add(new KeySource.Directory(directory, List.copyOf(scopes)));
      return this;
    }

    /**
     * {@return the provider}
     *
     * @throws UnusableSecretException if there is no key, one cannot be read or used, or two
     *     clients have the same
     */
    public ApiKeyProvider build() throws UnusableSecretException {
      return new ApiKeyProvider(sources);
    }
  }
}
