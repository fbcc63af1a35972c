package io.brrtrouter.server.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who verifies credentials. Immutable.
 *
 * @param providers by name of the security scheme
 * @param required whether a document with a scheme that an operation needs and nobody verifies is
 *     refused; otherwise it is compiled, and nobody satisfies the scheme
 * @param lenient whether a credential that is not good is ignored where an operation also lets
 *     anybody in; otherwise it is refused
 */
public record SecurityOptions(
    Map<String, SecurityProvider> providers, boolean required, boolean lenient) {
  /** No providers. */
  public static final SecurityOptions DEFAULT = new SecurityOptions(Map.of(), true, false);

  /** For whoever only wants to know what can be said about a document. */
  public static final SecurityOptions UNREQUIRED = new SecurityOptions(Map.of(), false, false);

  /** Copies the map, keeping its order. */
  public SecurityOptions {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
  }

  /**
   * {@return options with these providers}
   *
   * @param providers by name of the security scheme
   */
  public static SecurityOptions of(Map<String, SecurityProvider> providers) {
    return new SecurityOptions(providers, true, false);
  }
}
