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

  /** What the log calls them. */
  private final String name;

  /** What each source had last. */
  private volatile List<Map<String, KeyDigest>> read;

  private volatile Map<KeyDigest, Verification.Accepted> keys;

  /** What was wrong when files were read last, so that it is logged once. */
  private volatile List<KeySource.Complaint> complained = List.of();

  private ApiKeyProvider(List<KeySource> sources, String name) throws UnusableSecretException {
    this.sources = List.copyOf(sources);
    this.name = name;
    List<KeySource.Complaint> complaints = new ArrayList<>();
    this.read = read(sources.stream().map(_ -> Map.<String, KeyDigest>of()).toList(), complaints);
    this.keys = keys(complaints);
    if (!complaints.isEmpty()) {
      throw new UnusableSecretException(complaints.getFirst().what());
    }
    if (sources.isEmpty()) {
      throw new UnusableSecretException("there is no key at all");
    }
  }

  /** {@return a builder without keys} */
  public static Builder builder() {
    return new Builder();
  }

  private List<Map<String, KeyDigest>> read(
      List<Map<String, KeyDigest>> before, List<KeySource.Complaint> complaints) {
    List<Map<String, KeyDigest>> now = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      now.add(sources.get(i).read(before.get(i), complaints));
    }
    return List.copyOf(now);
  }

  private Map<KeyDigest, Verification.Accepted> keys(List<KeySource.Complaint> complaints) {
    Map<KeyDigest, Verification.Accepted> all = new HashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      List<String> scopes = sources.get(i).scopes();
      read.get(i)
          .forEach((client, digest) -> {
            Verification.Accepted other =
                all.putIfAbsent(digest, Verification.accepted(client, scopes));
            if (other != null) {
              complaints.add(
                  new KeySource.Complaint(
                      "%s and %s have the same key".formatted(other.subject(), client),
                      "whoever has it is " + other.subject()));
            }
          });
    }
    return Map.copyOf(all);
  }

  /**
   * A file or directory that is gone revokes its keys; one that cannot be used leaves its own as
   * they were, and nobody else's. What is wrong is logged once.
   */
  @Override
  public void reload() {
    if (!isReloadable()) {
      return;
    }
    List<KeySource.Complaint> complaints = new ArrayList<>();
    List<Map<String, KeyDigest>> before = read;
    read = read(before, complaints);
    keys = keys(complaints);
    for (int i = 0; i < sources.size(); i++) {
      tellChanges(before.get(i), read.get(i));
    }
    complaints.stream()
        .filter(complaint -> !complained.contains(complaint))
        .forEach(complaint -> LOG.warn("{}: {}", name, complaint));
    complained = List.copyOf(complaints);
  }

  private void tellChanges(Map<String, KeyDigest> before, Map<String, KeyDigest> now) {
    now.forEach((client, digest) -> {
      KeyDigest old = before.get(client);
      if (old == null) {
        LOG.info("{}: {} has a key now.", name, client);
      } else if (!old.equals(digest)) {
        LOG.info("{}: the key of {} is exchanged.", name, client);
      }
    });
    before.keySet().stream()
        .filter(client -> !now.containsKey(client))
        .forEach(client -> LOG.warn("{}: {} has no key any more", name, client));
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

  /** The shortest key has too many bits, and all of them are here. */
  @Override
  public boolean resistsGuessing() {
    return true;
  }

  @Override
  public String description() {
    int count = keys.size();
    return (count == 1 ? "1 key" : count + " keys") + (isReloadable() ? ", read from files" : "");
  }

  /** {@return whether no key is in force, so that nobody gets in} */
  public boolean isEmpty() {
    return keys.isEmpty();
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
    private String name = "API keys";

    private Builder() {}

    /**
     * Says which scheme the keys are of, for the log.
     *
     * @param scheme name of the security scheme
     * @return this builder
     */
    public Builder scheme(String scheme) {
      name = "API keys of security scheme " + scheme;
      return this;
    }

    /**
     * Adds a key.
     *
     * @param client name of the client that has it
     * @param key the key, or {@code sha256:} with the hexadecimal digits of its SHA-256
     * @param scopes scopes or roles it grants
     * @return this builder
     * @throws UnusableSecretException if it has fewer than {@link #FEWEST_CHARACTERS} characters,
     *     repeats a few or is made of words like {@code changeme}, or is no such digest
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
     * {@return what cannot be used of the files and directories given so far, a sentence without
     * full stop each: which, and why, and never a key} Reads them.
     */
    public List<String> complaints() {
      List<KeySource.Complaint> complaints = new ArrayList<>();
      sources.forEach(source -> source.read(Map.of(), complaints));
      return complaints.stream().map(KeySource.Complaint::what).toList();
    }

    /**
     * {@return the provider}
     *
     * @throws UnusableSecretException if there are neither keys nor files nor directories of them,
     *     one cannot be read or used, or two clients have the same; a directory without keys lets
     *     nobody in
     */
    public ApiKeyProvider build() throws UnusableSecretException {
      return new ApiKeyProvider(sources, name);
    }
  }
}
