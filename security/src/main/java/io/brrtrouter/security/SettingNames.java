package io.brrtrouter.security;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the words of a configuration what a builder says in its own. */
final class SettingNames {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("jwksUrl", "jwks_url"),
          Map.entry("discovery", "discovery_url"),
          Map.entry("jwksFile", "jwks_file"),
          Map.entry("hmacSecret", "hmac_secret"),
          Map.entry("issuer", "iss"),
          Map.entry("anyIssuer", "any_issuer"),
          Map.entry("audience", "aud"),
          Map.entry("anyAudience", "any_audience"),
          Map.entry("introspectionUrl", "introspection_url"),
          Map.entry("clientId", "client_id"),
          Map.entry("clientSecret", "client_secret"),
          Map.entry("clientSecretFile", "client_secret_file"),
          Map.entry("verifyUrl", "verify_url"),
          Map.entry("headerName", "header_name"),
          Map.entry("anyTrusted", "any_trusted"),
          Map.entry("trustDomain", "trust_domains"),
          Map.entry("allowedId", "allowed_ids"),
          Map.entry("bundleFile", "bundle_file"),
          Map.entry("maxTokenAge", "max_age_secs"),
          Map.entry("cookieName", "cookie_name"),
          Map.entry("scopeClaims", "scope_claims"),
          Map.entry("subjectClaim", "subject_claim"));

  private static final Pattern WORD = Pattern.compile("\\b[a-z]+[A-Za-z]*\\b");

  private SettingNames() {}

  static String in(String sentence) {
    return WORD.matcher(sentence)
        .replaceAll(
            word -> Matcher.quoteReplacement(NAMES.getOrDefault(word.group(), word.group())));
  }
}
