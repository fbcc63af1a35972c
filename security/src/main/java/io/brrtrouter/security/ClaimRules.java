package io.brrtrouter.security;

import io.brrtrouter.server.auth.Verification.Accepted;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the claims of a token must say (RFC 7519 section 4.1).
 *
 * @param issuer who it must be of; null for whom the metadata of the keys names, or for anybody
 * @param audiences whom it may be for, one of them at least; empty for anybody
 * @param times when it is good
 * @param subject the claim that says who it is
 * @param scopes the claims that grant scopes
 * @param required what else it must say, all of it
 */
record ClaimRules(
    @Nullable String issuer,
    Set<String> audiences,
    Times times,
    ClaimPath subject,
    ScopeClaims scopes,
    List<RequiredClaim> required)
    implements ClaimCheck {

  /** Nothing else is required. */
  ClaimRules(
      @Nullable String issuer,
      Set<String> audiences,
      Times times,
      ClaimPath subject,
      ScopeClaims scopes) {
    this(issuer, audiences, times, subject, scopes, List.of());
  }

  /**
   * When a token is good.
   *
   * @param leeway by how much clocks may differ
   * @param requireExpiry whether it must expire
   * @param maxAge how long ago it may have been issued, null for any time
   */
  record Times(Duration leeway, boolean requireExpiry, @Nullable Duration maxAge) {}

  /**
   * When what was found good may be believed again; a clock that goes back leaves it too.
   *
   * @param from the first millisecond since 1970
   * @param until the first after it
   */
  record Lifetime(long from, long until) {
    boolean has(long now) {
      return from <= now && now < until;
    }
  }

  /** What came of it. */
  sealed interface Outcome {
    /**
     * The claims are good.
     *
     * @param accepted what they say
     * @param lifetime when they are good
     */
    record Passed(Accepted accepted, Lifetime lifetime) implements Outcome {}

    /**
     * They are not.
     *
     * @param reason why, for the client
     */
    record Failed(String reason) implements Outcome {}
  }

  @Override
  public Outcome check(ObjectNode claims, @Nullable String discovered, long now) {
    long expires = NumericDate.millis(claims.get("exp"));
    long issued = NumericDate.millis(claims.get("iat"));
    long notBefore = NumericDate.millis(claims.get("nbf"));
    String wrong = wrongTime(expires, notBefore, issued, now);
    if (wrong == null) {
      wrong = wrongParty(claims, issuer == null ? discovered : issuer);
    }
    if (wrong == null) {
      wrong = wrongClaim(claims);
    }
    JsonNode who = subject.find(claims);
    if (wrong == null && who != null && !who.isString()) {
      wrong = "the subject of the token is not a string";
    }
    if (wrong != null) {
      return new Outcome.Failed(wrong);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    claims.propertyStream().forEach(claim -> all.put(claim.getKey(), claim.getValue()));
    String name = who == null ? "" : who.stringValue();
    return new Outcome.Passed(
        new Accepted(name, scopes.scopes(claims), all),
        new Lifetime(from(Math.max(notBefore, issued)), until(expires, issued)));
  }

  private @Nullable String wrongTime(long expires, long notBefore, long issued, long now) {
    long leeway = times.leeway.toMillis();
    if (expires == NumericDate.INVALID
        || notBefore == NumericDate.INVALID
        || issued == NumericDate.INVALID) {
      return "a time of the token is not valid";
    }
    if (expires == NumericDate.ABSENT ? times.requireExpiry : now >= expires + leeway) {
      return expires == NumericDate.ABSENT
          ? "the token does not say when it expires"
          : "the token has expired";
    }
    if (notBefore != NumericDate.ABSENT && now + leeway < notBefore) {
      return "the token is not valid yet";
    }
    if (issued != NumericDate.ABSENT && now + leeway < issued) {
      return "the token was issued in the future";
    }
    Duration maxAge = times.maxAge;
    if (maxAge != null && issued == NumericDate.ABSENT) {
      return "the token does not say when it was issued";
    }
    return maxAge != null && now >= issued + maxAge.toMillis() + leeway
        ? "the token was issued too long ago"
        : null;
  }

  private @Nullable String wrongParty(ObjectNode claims, @Nullable String expected) {
    JsonNode by = claims.get("iss");
    if (by != null && !by.isString()) {
      return "the issuer of the token is not a string";
    }
    if (expected != null && (by == null || !by.stringValue().equals(expected))) {
      return "the token is not of this issuer";
    }
    JsonNode whom = claims.get("aud");
    if (whom != null && !isAudience(whom)) {
      return "the audience of the token is not a string or an array of strings";
    }
    return audiences.isEmpty() || isFor(whom) ? null : "the token is not for this audience";
  }

  private @Nullable String wrongClaim(ObjectNode claims) {
    for (RequiredClaim each : required) {
      String wrong = each.wrong(claims);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private static boolean isAudience(JsonNode whom) {
    return whom.isString() || (whom.isArray() && whom.valueStream().allMatch(JsonNode::isString));
  }

  private boolean isFor(@Nullable JsonNode whom) {
    if (whom == null) {
      return false;
    }
    return whom.isString()
        ? audiences.contains(whom.stringValue())
        : whom.valueStream().anyMatch(each -> audiences.contains(each.stringValue()));
  }

  private long from(long begins) {
    return begins == NumericDate.ABSENT ? begins : begins - times.leeway.toMillis();
  }

  private long until(long expires, long issued) {
    long leeway = times.leeway.toMillis();
    long end = expires == NumericDate.ABSENT ? Long.MAX_VALUE : expires + leeway;
    Duration maxAge = times.maxAge;
    return maxAge == null ? end : Math.min(end, issued + maxAge.toMillis() + leeway);
  }
}
