package io.brrtrouter.security;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The claims that grant scopes or roles: strings with spaces between scopes (RFC 8693 section 4.2),
 * or arrays of strings. All that are there count together; what has another type grants nothing,
 * and neither does a scope with control characters, which would be nobody's but end in logs and
 * fields.
 *
 * @param paths where the claims are
 */
record ScopeClaims(List<ClaimPath> paths) {
  /** RFC 8693 and RFC 9068, Okta and Entra ID, and others. */
  static final ScopeClaims DEFAULT = of(List.of("scope", "scp", "scopes"));

  static ScopeClaims of(List<String> names) {
    return new ScopeClaims(names.stream().map(ClaimPath::new).toList());
  }

  List<String> scopes(JsonNode claims) {
    Set<String> scopes = new LinkedHashSet<>();
    for (ClaimPath path : paths) {
      JsonNode claim = path.find(claims);
      if (claim != null && claim.isString()) {
        split(claim.stringValue(), scopes);
      } else if (claim != null && claim.isArray()) {
        claim
            .valueStream()
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .filter(ScopeClaims::isScope)
            .forEach(scopes::add);
      }
    }
    return List.copyOf(scopes);
  }

  private static void split(String text, Set<String> scopes) {
    int start = 0;
    while (start < text.length()) {
      int space = text.indexOf(' ', start);
      int end = space < 0 ? text.length() : space;
      String scope = text.substring(start, end);
      if (isScope(scope)) {
        scopes.add(scope);
      }
      start = end + 1;
    }
  }

  private static boolean isScope(String text) {
    return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
  }
}
