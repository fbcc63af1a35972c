package io.brrtrouter.security;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a claim is: its name, or names of members within members with dots between them, {@code
 * realm_access.roles} for example. Names may have dots themselves, as URLs do: the longest name
 * that is there counts.
 *
 * @param path the path, not blank
 */
record ClaimPath(String path) {

  ClaimPath {
    if (path.isBlank()) {
      throw new IllegalArgumentException("the name of a claim is empty");
    }
  }

  /** {@return the claim, null if it is not there} */
  @Nullable JsonNode find(JsonNode claims) {
    return find(claims, path);
  }

  private static @Nullable JsonNode find(JsonNode within, String path) {
    JsonNode whole = within.get(path);
    if (whole != null || !within.isObject()) {
      return whole;
    }
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      JsonNode member = within.get(path.substring(0, dot));
      if (member != null) {
        return find(member, path.substring(dot + 1));
      }
    }
    return null;
  }
}
