package io.brrtrouter.server.auth;

import io.brrtrouter.openapi.model.SecurityScheme;
import java.util.Map;

/**
 * The security schemes of a document with who verifies them: what every {@link SecurityPlan} of the
 * document is compiled against. Immutable.
 *
 * @param schemes the schemes by name
 * @param providers who verifies, by name of the scheme; a scheme without one is refused by whoever
 *     compiles a document, and satisfied by nobody here
 * @param realm what to call the protected space, fit for a quoted string
 * @param lenient whether a credential that is not good is ignored where none is needed; otherwise
 *     it is refused
 */
public record SecurityDomain(
    Map<String, SecurityScheme> schemes,
    Map<String, SecurityProvider> providers,
    String realm,
    boolean lenient) {
  private static final SecurityProvider NOBODY =
      (_, _) -> Verification.refused("nothing verifies this credential");

  /** Copies the maps, and keeps of the realm what may stand in a quoted string. */
  public SecurityDomain {
    schemes = Map.copyOf(schemes);
    providers = Map.copyOf(providers);
    realm = quotable(realm);
  }

  /** Without escaping (RFC 9110 section 5.6.4). */
  private static String quotable(String title) {
    StringBuilder realm = new StringBuilder();
    title
        .chars()
        .filter(c -> c >= ' ' && c < 127 && c != '"' && c != '\\')
        .forEach(c -> realm.append((char) c));
    return realm.toString();
  }

  SecurityScheme scheme(String name) {
    SecurityScheme scheme = schemes.get(name);
    if (scheme == null) {
      throw new IllegalArgumentException("unknown security scheme " + name);
    }
    return scheme;
  }

  SecurityProvider provider(String name) {
    return providers.getOrDefault(name, NOBODY);
  }
}
