package io.brrtrouter.otel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Queries without what nobody should read. Immutable.
 *
 * <p>The semantic conventions name four parameters of signed URLs; further ones are those the
 * document's API keys have, those that are configured, and those whose names sound like secrets.
 * Rather too much than too little.
 */
final class QueryRedaction {
  /** What the semantic conventions say. */
  private static final String REDACTED = "REDACTED";

  /** Names without case, hyphens and underscores. */
  private static final Set<String> NAMES =
      Set.of(
          "awsaccesskeyid",
          "apikey",
          "auth",
          "authorization",
          "code",
          "jwt",
          "key",
          "otp",
          "pass",
          "pin",
          "pwd",
          "samlresponse",
          "session",
          "sessionid",
          "sid",
          "sig",
          "state");

  /** What is in the names of secrets, and hardly in any other. */
  private static final List<String> PARTS =
      List.of("password", "passwd", "passphrase", "secret", "token", "credential", "signature");

  private final Set<String> configured;

  QueryRedaction(List<String> configured) {
    Set<String> names = new HashSet<>();
    configured.forEach(name -> names.add(plain(name)));
    this.configured = Set.copyOf(names);
  }

  /**
   * {@return the query, values of secrets replaced}
   *
   * @param query as sent, without the question mark
   * @param secrets further names, exactly
   */
  String redact(String query, Set<String> secrets) {
    StringBuilder redacted = new StringBuilder(query.length());
    int start = 0;
    while (start <= query.length()) {
      int ampersand = query.indexOf('&', start);
      int end = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', start);
      if (equals >= 0 && equals < end && isSecret(query.substring(start, equals), secrets)) {
        redacted.append(query, start, equals + 1).append(REDACTED);
      } else {
        redacted.append(query, start, end);
      }
      if (ampersand < 0) {
        break;
      }
      redacted.append('&');
      start = ampersand + 1;
    }
    return redacted.toString();
  }

  private boolean isSecret(String encoded, Set<String> secrets) {
    String name = decoded(encoded);
    String plain = plain(name);
    return secrets.contains(name)
        || NAMES.contains(plain)
        || configured.contains(plain)
        || PARTS.stream().anyMatch(plain::contains)
        || plain.endsWith("key");
  }

  private static String decoded(String name) {
    if (name.indexOf('%') < 0 && name.indexOf('+') < 0) {
      return name;
    }
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return name;
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(".", "");
  }
}
