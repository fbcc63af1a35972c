package io.brrtrouter.security;

import io.brrtrouter.security.jose.Algorithm;
import io.brrtrouter.security.jose.Algorithm.Family;
import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.security.jose.KeySet;
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
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where the keys are and how long they are good, while a provider is being built. */
final class KeySettings {
  /** Files are read that often at most, however long keys are good otherwise. */
  private static final Duration FILE_TTL = Duration.ofSeconds(5);

  /** Metadata, a key set, and a moment to tell. */
  private static final int PATIENCE_IN_TIMEOUTS = 3;

  private static final int LEAST_SECRET = 32;

  Duration ttl = Duration.ofMinutes(5);
  Duration staleFor = Duration.ofHours(1);
  Duration refetchInterval = Duration.ofSeconds(30);
  Duration timeout = Duration.ofSeconds(2);
  @Nullable SSLContext ssl;
  KeyUse use = KeyUse.SIGNATURE;

  private @Nullable URI url;
  private @Nullable URI discovery;
  private @Nullable Path file;
  private byte @Nullable [] secret;

  void url(URI value) {
    url = Destination.configured("jwksUrl", value);
  }

  void discovery(URI value) {
    discovery = Destination.configured("discovery", value);
  }

  @Nullable URI discovery() {
    return discovery;
  }

  void file(Path value) {
    file = value;
  }

  void secret(byte[] value) {
    if (value.length < LEAST_SECRET) {
      throw new IllegalArgumentException(
          "hmacSecret has "
              + value.length
              + " octets, and at least "
              + LEAST_SECRET
              + " are needed");
    }
    secret = value.clone();
  }

  static Duration inRange(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + ": " + value + " is not between " + least + " and " + most);
    }
    return value;
  }

  /** {@return every algorithm that the keys could be for} */
  Set<Algorithm> usable() {
    byte[] shared = secret;
    return Stream.of(Algorithm.values())
        .filter(each ->
            shared == null
                ? each.family() != Family.HMAC
                : each.family() == Family.HMAC && each.leastSecret() <= shared.length)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** {@return what is missing or does not go together} */
  List<String> contradictions(Set<Algorithm> accepted) {
    List<String> found = new ArrayList<>();
    long sources = Stream.of(url, discovery, file, secret).filter(Objects::nonNull).count();
    if (sources != 1) {
      return List.of(
          "one of jwksUrl, discovery, jwksFile and hmacSecret is needed, not " + sources);
    }
    byte[] shared = secret;
    for (Algorithm each : accepted) {
      if ((each.family() == Family.HMAC) != (shared != null)) {
        found.add(
            each + (shared == null ? " needs hmacSecret" : " needs public keys, not hmacSecret"));
      } else if (shared != null && shared.length < each.leastSecret()) {
        found.add(
            each
                + " needs an hmacSecret of at least "
                + each.leastSecret()
                + " octets, and it has "
                + shared.length);
      }
    }
    return found;
  }

  /** {@return where the keys are, for reports} */
  String description() {
    if (url != null) {
      return "keys from " + Destination.shown(url);
    }
    if (discovery != null) {
      return "keys found by " + Destination.shown(discovery);
    }
    return file == null ? "a shared secret" : "keys in " + file;
  }

  KeySource open(@Nullable ExpectedIssuer issuer, InstantSource clock) {
    if (secret != null) {
      return new KeySource.Fixed(new Keys(KeySet.ofSecret(secret), null, ""));
    }
    if (file != null) {
      FileLoader loader = new FileLoader(file, use);
      Duration often = ttl.compareTo(FILE_TTL) < 0 ? ttl : FILE_TTL;
      return new CachedKeys(loader, first(loader), clock, times(often));
    }
    CachedKeys keys = new CachedKeys(remote(issuer), null, clock, times(ttl));
    keys.current(); // begins to load them
    return keys;
  }

  private Keys first(FileLoader loader) {
    try {
      return loader.load(null);
    } catch (IOException | InvalidKeySetException unreadable) {
      throw new IllegalArgumentException(
          (use == KeyUse.JWT_SVID ? "bundleFile " : "jwksFile ")
              + loader.file()
              + " is no key set: "
              + unreadable.getMessage(),
          unreadable);
    }
  }

  private KeyLoader remote(@Nullable ExpectedIssuer issuer) {
    Fetch fetch = new Fetch(timeout, KeySet.MAX_OCTETS, ssl);
    if (discovery != null && issuer != null) {
      return new DiscoveryLoader(discovery, issuer, fetch);
    }
    return new UrlLoader(Objects.requireNonNull(url), use, fetch);
  }

  private CachedKeys.Times times(Duration good) {
    return new CachedKeys.Times(
        good, staleFor, refetchInterval, timeout.multipliedBy(PATIENCE_IN_TIMEOUTS));
  }
}
