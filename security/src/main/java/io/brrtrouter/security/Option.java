package io.brrtrouter.security;

/**
 * Something that builders take and configurations set, which both give a name of their own. What is
 * wrong with one is told in the words of whoever set it.
 */
enum Option {
  JWKS_URL("jwksUrl", "jwks_url"),
  DISCOVERY("discovery", "discovery_url"),
  JWKS_FILE("jwksFile", "jwks_file"),
  HMAC_SECRET("hmacSecret", "hmac_secret"),
  ISSUER("issuer", "iss"),
  ANY_ISSUER("anyIssuer", "any_issuer"),
  AUDIENCE("audience", "aud"),
  ANY_AUDIENCE("anyAudience", "any_audience"),
  ALGORITHMS("algorithms", "algorithms"),
  TYPES("types", "types"),
  SCOPE_CLAIMS("scopeClaims", "scope_claims"),
  SUBJECT_CLAIM("subjectClaim", "subject_claim"),
  REQUIRED_CLAIMS("requiredClaim", "required_claims"),
  COOKIE_NAME("cookieName", "cookie_name"),
  INTROSPECTION_URL("introspectionUrl", "introspection_url"),
  CLIENT_ID("clientId", "client_id"),
  CLIENT_SECRET("clientSecret", "client_secret"),
  CLIENT_SECRET_FILE("clientSecretFile", "client_secret_file"),
  VERIFY_URL("verifyUrl", "verify_url"),
  HEADER_NAME("headerName", "header_name"),
  TRUST_DOMAIN("trustDomain", "trust_domain"),
  ALLOWED_IDS("allowedId", "allowed_ids"),
  BUNDLE_FILE("bundleFile", "bundle_file"),
  DISTINGUISHED_NAME("distinguishedName", "dn"),
  ALTERNATIVE_NAME("alternativeName", "san"),
  ANY_TRUSTED("anyTrusted", "any_trusted");

  private final String method;
  private final String setting;

  Option(String method, String setting) {
    this.method = method;
    this.setting = setting;
  }

  /** {@return the method of a builder that sets it} */
  String method() {
    return method;
  }

  /** {@return the last part of the name of the setting} */
  String setting() {
    return setting;
  }
}
