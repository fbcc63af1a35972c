package io.brrtrouter.server.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which workloads are accepted, as configured; {@code docs/configuration.md} explains each.
 *
 * @param trustDomains of which trust domains
 * @param allowedIds which of their workloads, all when empty
 * @param audiences whom tokens may be for
 * @param keys where the keys are that tokens are signed with
 * @param leeway by how much clocks may differ
 * @param cookieName a cookie that a token may be in
 */
public record SpiffeSettings(
    List<String> trustDomains,
    List<String> allowedIds,
    List<String> audiences,
    Keys keys,
    Duration leeway,
    Optional<String> cookieName) {

  /**
   * Where the keys are.
   *
   * @param url the trust bundle, or a key set
   * @param file a file with it
   * @param ttl how long keys are good
   * @param authorities PEM certificates to trust when fetching
   */
  public record Keys(
      Optional<URI> url, Optional<Path> file, Duration ttl, Optional<Path> authorities) {}
}
