package io.brrtrouter.security;

import io.brrtrouter.security.ClaimRules.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Judges the claims of a token whose signature is good. */
interface ClaimCheck {

  /**
   * Judges claims.
   *
   * @param claims the claims
   * @param discovered whose keys they are signed with, as metadata says; null if nothing said
   * @param now milliseconds since 1970
   * @return what came of it
   */
  Outcome check(ObjectNode claims, @Nullable String discovered, long now);
}
