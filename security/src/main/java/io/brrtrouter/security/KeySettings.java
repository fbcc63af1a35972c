package io.brrtrouter.security;

import io.brrtrouter.security.jose.Algorithm;
import io.brrtrouter.security.jose.Algorithm.Family;
import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.security.jose.KeyUse;
import io.brrtrouter.security.keys.CachedKeys;
import io.brrtrouter.security.keys.Destination;
import io.brrtrouter.security.keys.DiscoveryLoader;
import io.brrtrouter.security.keys.DiscoveryLoader.ExpectedIssuer;
import io.brrtrouter.security.keys.Fetch;
import io.brrtrouter.security.keys.FileLoader;
import io.brrtrouter.security.keys.KeyLoader;
import io.brrtrouter.security.keys.KeySource;
import io.brrtrouter.security.keys.Keys;
import io.brrtrouter.security.keys.UrlLoader;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where the keys are and how long they are good, while a provider is being built. */
final class KeySettings {
  static final Duration DAY = Duration.ofDays(1);
  static final Duration STALE_FOR = Duration.ofHours(1);
  static final Duration LEAST_REFETCH_INTERVAL = Duration.ofSeconds(1);
  static final Duration REFETCH_INTERVAL = Duration.ofSeconds(30);
  static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);
  static final Duration TIMEOUT = Duration.ofSeconds(2);
  static final Duration MOST_TIMEOUT = Duration.ofSeconds(30);

  /** Files are read that often at most, however long keys are good otherwise. */
  private static final Duration FILE_TTL = Duration.ofSeconds(5);

  /** Metadata, a key set, and a moment to tell. */
  private static final int PATIENCE_IN_TIMEOUTS = 3;

  /** A file with a secret in base64url, octets. */
  private static final int MOST_OF_SECRET = 256 * 1024;

  private static final Set<Option> SOURCES =
      EnumSet.of(Option.JWKS_URL, Option.DISCOVERY, Option.JWKS_FILE, Option.HMAC_SECRET);
  private static final Set<Option> SVID_SOURCES = EnumSet.of(Option.JWKS_URL, Option.BUNDLE_FILE);

  Duration ttl = Duration.ofMinutes(5);
  private Duration staleFor = STALE_FOR;
  private Duration refetchInterval = REFETCH_INTERVAL;
  private Duration timeout = TIMEOUT;
  @Nullable SSLContext ssl;

  /** The security scheme that the keys are for; empty if nobody has said. */
  String scheme = "";

  KeyUse use = KeyUse.SIGNATURE;
  JoseLimits limits = JoseLimits.DEFAULT;

  private @Nullable URI url;
  private @Nullable URI discovery;
  private @Nullable Path file;
  private byte @Nullable [] secret;

  /** Where the secret is, if it is in a file. */
  private @Nullable Path secretFile;

  /** What the file of the key set had when it was looked at. */
  private @Nullable Keys first;

  void staleFor(Duration value) {
    staleFor = inRange("staleFor", value, Duration.ZERO, DAY);
  }

  void refetchInterval(Duration value) {
    refetchInterval = inRange("refetchInterval", value, LEAST_REFETCH_INTERVAL, DAY);
  }

  void timeout(Duration value) {
    timeout = inRange("timeout", value, LEAST_TIMEOUT, MOST_TIMEOUT);
  }

  void url(URI value) {
    url = checkedUrl(Option.JWKS_URL, value);
  }

  void discovery(URI value) {
    discovery = checkedUrl(Option.DISCOVERY, value);
  }

  /** {@return a URL that may be asked} */
  static URI checkedUrl(Option option, URI url) {
    Destination.wrong(url)
        .ifPresent(wrong -> {
          throw new MistakeException(
              Mistake.of(
                  option, "is " + Destination.shown(url) + ", " + wrong.what(), wrong.fix()));
        });
    return url;
  }

  @Nullable URI discovery() {
    return discovery;
  }

  void file(Path value) {
    file = value;
  }

  void secret(byte[] value) {
    String weakness = SharedSecret.weakness(value);
    if (weakness != null) {
      throw new MistakeException(
          Mistake.of(
              Option.HMAC_SECRET,
              weakness,
              "share random ones with who issues the tokens, 32 for HS256"));
    }
    secret = value.clone();
    secretFile = null;
  }

  void secretFile(Path value) throws UnusableSecretException {
    try {
      byte[] text = new SmallFile(value, MOST_OF_SECRET).octets();
      secret(SharedSecret.decode(new String(text, StandardCharsets.ISO_8859_1).strip()));
      secretFile = value;
    } catch (UnreadableFileException unreadable) {
      throw new UnusableSecretException(String.valueOf(unreadable.getMessage()));
    } catch (InvalidKeySetException invalid) {
      throw new UnusableSecretException(value + ": " + invalid.getMessage());
    }
  }

  static Duration inRange(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + ": " + value + " is not between " + least + " and " + most);
    }
    return value;
  }

  /** {@return every algorithm that the keys could be for, those of a file at some time} */
  Set<Algorithm> usable() {
    byte[] shared = secret;
    boolean changes = secretFile != null;
    return Stream.of(Algorithm.values())
        .filter(each ->
            shared == null
                ? each.family() != Family.HMAC
                : each.family() == Family.HMAC && (changes || each.leastSecret() <= shared.length))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * {@return what is missing or does not go together; reads the file, if there is one}
   *
   * @param accepted algorithms that were asked for
   */
  List<Mistake> contradictions(Set<Algorithm> accepted) {
    long sources = Stream.of(url, discovery, file, secret).filter(Objects::nonNull).count();
    if (sources != 1) {
      return List.of(sources == 0 ? noSource() : severalSources(sources));
    }
    List<Mistake> found = new ArrayList<>();
    byte[] shared = secret;
    for (Algorithm each : accepted) {
      if ((each.family() == Family.HMAC) != (shared != null)) {
        found.add(shared == null ? needsSecret(each) : needsKeys(each));
      } else if (shared != null && shared.length < each.leastSecret()) {
        found.add(needsLongSecret(each, shared.length));
      }
    }
    Path path = file;
    if (path != null) {
      readFirst(FileLoader.ofSet(path, use, limits)).ifPresent(found::add);
    }
    return found;
  }

  private Mistake noSource() {
    return Mistake.among(
        sources(), _ -> "has no keys to verify tokens with", name -> "set one of " + listed(name));
  }

  private Mistake severalSources(long number) {
    return Mistake.among(
        sources(),
        name -> "has " + number + " of " + listed(name) + ", and one only can count",
        _ -> "take the others out");
  }

  private Set<Option> sources() {
    return use == KeyUse.JWT_SVID ? SVID_SOURCES : SOURCES;
  }

  private String listed(Function<Option, String> name) {
    List<String> names = sources().stream().map(name).toList();
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  private static Mistake needsSecret(Algorithm algorithm) {
    return Mistake.of(
        Option.ALGORITHMS,
        name -> "has " + algorithm + ", which needs " + name.apply(Option.HMAC_SECRET),
        name ->
            "take it out, or set " + name.apply(Option.HMAC_SECRET) + " in place of public keys",
        Option.HMAC_SECRET);
  }

  private static Mistake needsKeys(Algorithm algorithm) {
    return Mistake.of(
        Option.ALGORITHMS,
        name -> "has " + algorithm + ", which needs public keys",
        name ->
            "take it out, or set %s in place of %s"
                .formatted(name.apply(Option.JWKS_URL), name.apply(Option.HMAC_SECRET)),
        Option.HMAC_SECRET);
  }

  private static Mistake needsLongSecret(Algorithm algorithm, int octets) {
    return Mistake.of(
        Option.HMAC_SECRET,
        _ ->
            "has %d octets, and %s needs at least %d"
                .formatted(octets, algorithm, algorithm.leastSecret()),
        name -> "share more, or take " + algorithm + " out of " + name.apply(Option.ALGORITHMS),
        Option.ALGORITHMS);
  }

  /** {@return where the keys are, for reports} */
  String description() {
    if (url != null) {
      return "keys from " + Destination.shown(url);
    }
    if (discovery != null) {
      return "keys found by " + Destination.shown(discovery);
    }
    if (file != null) {
      return "keys in " + file;
    }
    return secretFile == null ? "a shared secret" : "a shared secret in " + secretFile;
  }

  KeySource open(@Nullable ExpectedIssuer issuer, InstantSource clock) {
    byte[] shared = secret;
    if (shared != null) {
      Keys keys = SharedSecret.of(shared);
      return secretFile == null
          ? new KeySource.Fixed(keys)
          : inFile(new FileLoader(secretFile, SharedSecret::keys, MOST_OF_SECRET), keys, clock);
    }
    if (file != null) {
      return inFile(FileLoader.ofSet(file, use, limits), Objects.requireNonNull(first), clock);
    }
    CachedKeys keys = new CachedKeys(remote(issuer), scheme, null, clock, times(ttl));
    keys.current(); // begins to load them
    return keys;
  }

  private KeySource inFile(FileLoader loader, Keys keys, InstantSource clock) {
    Duration good = ttl.compareTo(FILE_TTL) < 0 ? ttl : FILE_TTL;
    return new CachedKeys(loader, scheme, keys, clock, times(good));
  }

  private Optional<Mistake> readFirst(FileLoader loader) {
    try {
      first = loader.load(null);
      return Optional.empty();
    } catch (IOException | InvalidKeySetException unreadable) {
      return Optional.of(
          Mistake.of(
              use == KeyUse.JWT_SVID ? Option.BUNDLE_FILE : Option.JWKS_FILE,
              "= " + loader.file() + " is no key set: " + unreadable.getMessage(),
              "name a file with a JWK Set (RFC 7517)"));
    }
  }

  private KeyLoader remote(@Nullable ExpectedIssuer issuer) {
    Fetch fetch = new Fetch(timeout, limits.set(), ssl);
    if (discovery != null && issuer != null) {
      return new DiscoveryLoader(discovery, issuer, limits, fetch);
    }
    return new UrlLoader(Objects.requireNonNull(url), use, limits, fetch);
  }

  private CachedKeys.Times times(Duration good) {
    return new CachedKeys.Times(
        good, staleFor, refetchInterval, timeout.multipliedBy(PATIENCE_IN_TIMEOUTS));
  }
}
