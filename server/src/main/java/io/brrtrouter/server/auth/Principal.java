package io.brrtrouter.server.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Who sent a request, as far as its security requirement was satisfied. Never holds a secret.
 *
 * @param scheme name of the security scheme in the document; where a requirement names several,
 *     each has a principal of its own
 * @param subject who it is, for example a user name; {@code ""} when the credential does not tell
 * @param scopes scopes or roles granted
 * @param claims what else the credential says, by claim name
 */
public record Principal(
    String scheme, String subject, List<String> scopes, Map<String, JsonNode> claims) {

  /** Copies the collections, keeping their order. */
  public Principal {
    scopes = List.copyOf(scopes);
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }
}
