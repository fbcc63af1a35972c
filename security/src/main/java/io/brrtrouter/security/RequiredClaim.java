package io.brrtrouter.security;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A claim that a token must have, with a value.
 *
 * @param claim where it is
 * @param value what it must be, or have among its elements if it is an array
 */
record RequiredClaim(ClaimPath claim, String value) {

  /** {@return whether a text is a claim, the sign of equality and a value} */
  static boolean isOne(String text) {
    int sign = text.indexOf('=');
    return sign > 0 && !text.substring(0, sign).isBlank() && !text.substring(sign + 1).isBlank();
  }

  /** {@return one that is written {@code name=value}, white space around either not counted} */
  static RequiredClaim parse(String text) {
    if (!isOne(text)) {
      throw new MistakeException(
          Mistake.of(
              Option.REQUIRED_CLAIMS,
              "has \"" + text + "\", which is no claim with a value",
              "write it like token_use=access"));
    }
    int sign = text.indexOf('=');
    return new RequiredClaim(
        new ClaimPath(text.substring(0, sign).strip()), text.substring(sign + 1).strip());
  }

  /** {@return what is wrong with the claims of a token, for the client; null if they have it} */
  @Nullable String wrong(JsonNode claims) {
    JsonNode found = claim.find(claims);
    if (found == null) {
      return "the token has no claim " + claim.path();
    }
    boolean has = found.isArray() ? found.valueStream().anyMatch(this::is) : is(found);
    return has ? null : "the claim " + claim.path() + " of the token is not what is required here";
  }

  /** Numbers and booleans are what JSON writes for them. */
  private boolean is(JsonNode found) {
    return found.isString()
        ? found.stringValue().equals(value)
        : (found.isBoolean() || found.isNumber()) && found.toString().equals(value);
  }
}
