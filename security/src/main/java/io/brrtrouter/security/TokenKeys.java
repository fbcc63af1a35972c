package io.brrtrouter.security;

import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.size;

import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import io.brrtrouter.server.scheme.SchemeSettings;

/**
 * The settings about the sizes of tokens and key sets, which several sections have.
 *
 * @param token characters of a token
 * @param kid octets of the name of a key
 * @param set octets of a key set
 * @param keys keys of a set
 */
record TokenKeys(
    ConfigKey<Integer> token,
    ConfigKey<Integer> kid,
    ConfigKey<Integer> set,
    ConfigKey<Integer> keys) {
  private static final JoseLimits LEAST = JoseLimits.LEAST;
  private static final JoseLimits USUAL = JoseLimits.DEFAULT;
  private static final JoseLimits MOST = JoseLimits.MOST;

  /** {@return those of a section} */
  static TokenKeys of(SchemeKeys section) {
    return new TokenKeys(
        section
            .key(
                "max_token_bytes",
                size(LEAST.token(), MOST.token()),
                USUAL.token(),
                "Length of a token; a longer one gets a 401. `http.max_header_bytes` bounds it too.")
            .alsoCalled("max_token_size", "max_token_length"),
        section
            .key(
                "max_kid_bytes",
                size(LEAST.kid(), MOST.kid()),
                USUAL.kid(),
                "Length of the name of a key (`kid`): a token with a longer one gets a 401, and such a"
                    + " key is left out of its set.")
            .alsoCalled("max_kid_length"),
        section
            .key(
                "max_key_set_bytes",
                size(LEAST.set(), MOST.set()),
                USUAL.set(),
                "Length of a key set, and of the metadata that names it; of a longer one nothing is"
                    + " taken, and the last good one counts.")
            .alsoCalled("max_jwks_bytes", "max_jwks_size"),
        section
            .key(
                "max_keys",
                integer(LEAST.keys(), MOST.keys()),
                USUAL.keys(),
                "Keys of a set; of one with more nothing is taken, and the last good one counts.")
            .alsoCalled("max_jwks_keys"));
  }

  /** {@return what is configured for a scheme} */
  JoseLimits limits(SchemeSettings settings) {
    return new JoseLimits(
        settings.get(token), settings.get(kid), settings.get(set), settings.get(keys));
  }
}
