package io.brrtrouter.server.decode;

import io.brrtrouter.schema.JsonLimits;

/**
 * Bounds on what is decoded of one request.
 *
 * @param json bounds on JSON, in bodies and inside of parameters
 * @param form bounds on named fields and parts
 * @param violations how many violations are kept to be told; the rest are counted
 */
public record DecodeLimits(JsonLimits json, FormLimits form, int violations) {

  /** The limits unless configured otherwise; so many violations are enough to mend a client. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(JsonLimits.DEFAULT, FormLimits.DEFAULT, 50);

  /** Refuses fewer than one violation. */
  public DecodeLimits {
    if (violations < 1) {
      throw new IllegalArgumentException("violations is at least 1, not " + violations);
    }
  }
}
