package io.brrtrouter.server.config;

import java.util.List;
import java.util.Optional;

/**
 * Sections of configurations written for the implementation that this one follows that have no
 * counterpart of the same kind here: what to write instead. Those that are only called otherwise
 * are {@linkplain ConfigKey#alsoCalled known to the settings}.
 */
final class FormerNames {
  private static final String TOKENS = "security.jwks.<scheme>";

  private static final String BEARER =
      "write "
          + TOKENS
          + " instead, with the name of the security scheme: cookie_name is one of its settings,"
          + " and a secret that signs tokens is its hmac_secret";

  private static final List<Former> SECTIONS =
      List.of(
          new Former(
              "security.propelauth",
              "write "
                  + TOKENS
                  + " instead, with the name of the security scheme: auth_url is its iss, and with"
                  + " /.well-known/jwks.json behind it its jwks_url; audience is its aud, and where"
                  + " there was none, any_audience is true"),
          new Former("security.bearer", BEARER),
          new Former("security.oauth2", BEARER));

  private record Former(String section, String instead) {}

  private FormerNames() {}

  /**
   * {@return what to write instead of a section or a setting in it}
   *
   * @param name a dotted name
   */
  static Optional<String> instead(String name) {
    return SECTIONS.stream()
        .filter(each -> (name + ".").startsWith(each.section + "."))
        .map(Former::instead)
        .findFirst();
  }

  /**
   * {@return what to write instead of a variable, which need not name the section of all security}
   *
   * @param variable a name that begins with {@link ConfigKey#PREFIX}
   */
  static Optional<String> insteadOfVariable(String variable) {
    return SECTIONS.stream()
        .filter(each ->
            isOf(variable, each.section)
                || isOf(variable, ConfigName.split(each.section).getLast()))
        .map(Former::instead)
        .findFirst();
  }

  private static boolean isOf(String variable, String section) {
    return variable.startsWith(ConfigKey.PREFIX + ConfigName.inVariable(section) + "_");
  }
}
