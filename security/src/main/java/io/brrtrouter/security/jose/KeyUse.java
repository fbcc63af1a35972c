package io.brrtrouter.security.jose;

import tools.jackson.databind.JsonNode;

/** What the keys of a set are for, where they say it (RFC 7517 section 4.2). */
public enum KeyUse {
  /** Signatures. */
  SIGNATURE("sig"),
  /**
   * Tokens of workloads (SPIFFE Trust Domain and Bundle, section 4.2.2). The same set has the
   * authorities of their certificates.
   */
  JWT_SVID("jwt-svid");

  private final String word;

  KeyUse(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** {@return whether a key is for something else that such sets have, and nobody needs to hear} */
  boolean isForeign(JsonNode jwk) {
    return this == JWT_SVID && "x509-svid".equals(StrictJson.text(jwk, "use"));
  }
}
