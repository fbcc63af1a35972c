package io.brrtrouter.security;

import io.brrtrouter.security.jose.Algorithm;
import io.brrtrouter.security.jose.CompactJws;
import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.server.auth.ClockSkew;
import io.brrtrouter.server.auth.UnusableSecretException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link JwtProvider}. It needs one of {@link #jwksUrl}, {@link #discovery}, {@link
 * #jwksFile}, {@link #hmacSecret} and {@link #hmacSecretFile}; an {@link #issuer} or {@link
 * #anyIssuer}; and an {@link #audience} or {@link #anyAudience}. A value out of range is refused by
 * the method that takes it.
 */
public final class JwtProviderBuilder {
  private static final Duration CENTURY = Duration.ofDays(36_525);
  private static final int MAX_CACHED = 1_000_000;

  /** RFC 6265 section 4.1.1. */
  private static final Pattern COOKIE_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private final KeySettings keys = new KeySettings();
  private final IssuerAndAudience expected = new IssuerAndAudience();
  private @Nullable Set<Algorithm> algorithms;
  private Set<String> types = Set.of("jwt", "at+jwt", "");
  private Duration leeway = ClockSkew.DEFAULT;
  private boolean requireExpiry = true;
  private @Nullable Duration maxTokenAge;
  private ClaimPath subjectClaim = new ClaimPath("sub");
  private ScopeClaims scopeClaims = ScopeClaims.DEFAULT;
  private final List<RequiredClaim> requiredClaims = new ArrayList<>();
  private @Nullable String cookieName;
  private int claimsCacheSize = 1_000;
  private @Nullable RevokedTokens revoked;
  private @Nullable TokenCheck revocation;
  private InstantSource clock = Clock.systemUTC();

  JwtProviderBuilder() {}

  /**
   * Takes the keys from a key set (RFC 7517 section 5).
   *
   * @param url where it is: {@code https}, or {@code http} on this machine
   * @return this
   */
  public JwtProviderBuilder jwksUrl(URI url) {
    keys.url(url);
    return this;
  }

  /**
   * Takes the keys from the key set that metadata names, and the issuer from the metadata where
   * none is set. The issuer that the metadata states must be the one that is set, or the one that
   * the URL is made of.
   *
   * @param url of OpenID Connect Discovery 1.0 ({@code .../.well-known/openid-configuration}) or
   *     RFC 8414 ({@code .../.well-known/oauth-authorization-server...}), or of another form
   *     together with {@link #issuer}: {@code https}, or {@code http} on this machine
   * @return this
   */
  public JwtProviderBuilder discovery(URI url) {
    keys.discovery(url);
    return this;
  }

  /**
   * Takes the keys from the key set of a file, which must be there when the provider is built; a
   * change counts within seconds, and when it is gone there are no keys.
   *
   * @param file the file
   * @return this
   */
  public JwtProviderBuilder jwksFile(Path file) {
    keys.file(file);
    return this;
  }

  /**
   * Verifies with a secret that is shared with who issues the tokens: by HS256 and, where it is
   * long enough, HS384 (48 octets) and HS512 (64 octets), unless {@link #algorithms} says which.
   *
   * @param secret at least 32 octets, random; copied
   * @return this
   */
  public JwtProviderBuilder hmacSecret(byte[] secret) {
    keys.secret(secret);
    return this;
  }

  /**
   * Verifies with such a secret of a file; a change counts within seconds, and a token that is
   * signed with the old secret is not accepted from then on.
   *
   * @param file a file with the secret in base64url (RFC 4648 section 5); white space around it
   *     does not count
   * @return this
   * @throws UnusableSecretException if it cannot be read, or is not base64url
   */
  public JwtProviderBuilder hmacSecretFile(Path file) throws UnusableSecretException {
    keys.secretFile(file);
    return this;
  }

  /**
   * Sets who issues the tokens.
   *
   * @param issuer the value of {@code iss}, to the letter
   * @return this
   */
  public JwtProviderBuilder issuer(String issuer) {
    expected.issuer(issuer);
    return this;
  }

  /**
   * Accepts tokens whoever they say they are of. Only where all keys are of one issuer: those of
   * another that shares the keys, another tenant for example, get in too.
   *
   * @return this
   */
  public JwtProviderBuilder anyIssuer() {
    expected.anyIssuer();
    return this;
  }

  /**
   * Adds a name of this service; a token must be for one of them.
   *
   * @param audience a value of {@code aud}, to the letter
   * @return this
   */
  public JwtProviderBuilder audience(String audience) {
    expected.audience(audience);
    return this;
  }

  /**
   * Accepts tokens whoever they are for, also those that were meant for another service, which then
   * can use them here.
   *
   * @return this
   */
  public JwtProviderBuilder anyAudience() {
    expected.anyAudience();
    return this;
  }

  /**
   * Sets which algorithms are accepted, instead of all: RS256 to RS512, PS256 to PS512, ES256 to
   * ES512 and EdDSA with public keys, HS256 to HS512 with a secret.
   *
   * @param names names (RFC 7518 section 3.1)
   * @return this
   */
  public JwtProviderBuilder algorithms(String... names) {
    Set<Algorithm> accepted = new LinkedHashSet<>();
    for (String name : names) {
      Algorithm algorithm = Algorithm.of(name);
      if (algorithm == null) {
        throw new MistakeException(
            Mistake.of(
                Option.ALGORITHMS,
                "has \"" + name + "\", which is none that can be accepted",
                "name some of "
                    + Stream.of(Algorithm.values())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))));
      }
      accepted.add(algorithm);
    }
    if (accepted.isEmpty()) {
      throw new MistakeException(
          Mistake.of(Option.ALGORITHMS, "is empty", "name one, or leave it out for all that fit"));
    }
    algorithms = accepted;
    return this;
  }

  /**
   * Sets which types of tokens are accepted, instead of {@code JWT}, {@code at+jwt} and none. With
   * {@code at+jwt} alone only access tokens of RFC 9068 are.
   *
   * @param accepted values of {@code typ}; {@code ""} stands for tokens without one
   * @return this
   */
  public JwtProviderBuilder types(String... accepted) {
    if (accepted.length == 0) {
      throw new MistakeException(
          Mistake.of(Option.TYPES, "is empty", "name one, or leave it out for the usual ones"));
    }
    types = Stream.of(accepted).map(CompactJws.Policy::comparable).collect(Collectors.toSet());
    return this;
  }

  /**
   * Sets by how much the clocks of who issues and who verifies may differ.
   *
   * @param leeway 0 to 10 minutes; 30 seconds unless set
   * @return this
   */
  public JwtProviderBuilder leeway(Duration leeway) {
    this.leeway = Leeway.checked(leeway);
    return this;
  }

  /**
   * Sets whether a token must expire ({@code exp}).
   *
   * @param required true unless set
   * @return this
   */
  public JwtProviderBuilder requireExpiry(boolean required) {
    requireExpiry = required;
    return this;
  }

  /**
   * Sets how long ago a token may have been issued ({@code iat}), which it then must say.
   *
   * @param age 1 second to 36,525 days; any unless set
   * @return this
   */
  public JwtProviderBuilder maxTokenAge(Duration age) {
    maxTokenAge = KeySettings.inRange("maxTokenAge", age, Duration.ofSeconds(1), CENTURY);
    return this;
  }

  /**
   * Sets which claim says who it is.
   *
   * @param claim its name or path, as for {@link #scopeClaims}; {@code sub} unless set
   * @return this
   */
  public JwtProviderBuilder subjectClaim(String claim) {
    subjectClaim = new ClaimPath(Mistake.notBlank(Option.SUBJECT_CLAIM, claim));
    return this;
  }

  /**
   * Sets which claims grant scopes or roles: strings with spaces between scopes, or arrays of
   * strings. All that a token has count.
   *
   * @param claims names, or paths like {@code realm_access.roles}; {@code scope}, {@code scp} and
   *     {@code scopes} unless set
   * @return this
   */
  public JwtProviderBuilder scopeClaims(String... claims) {
    List.of(claims).forEach(claim -> Mistake.notBlank(Option.SCOPE_CLAIMS, claim));
    scopeClaims = ScopeClaims.of(List.of(claims));
    return this;
  }

  /**
   * Adds a claim that a token must have; a token must have all that are added. For what a provider
   * says beyond issuer and audience: {@code token_use} is {@code access}, or a tenant or an
   * application is a certain one.
   *
   * @param claim its name or path, as for {@link #scopeClaims}
   * @param value what it must be, to the letter; an array must have it among its elements. Numbers
   *     and booleans are written as in JSON
   * @return this
   */
  public JwtProviderBuilder requiredClaim(String claim, String value) {
    requiredClaims.add(
        new RequiredClaim(
            new ClaimPath(Mistake.notBlank(Option.REQUIRED_CLAIMS, claim)),
            Mistake.notBlank(Option.REQUIRED_CLAIMS, value)));
    return this;
  }

  /** Adds one that is written {@code name=value}. */
  void requiredClaim(String text) {
    requiredClaims.add(RequiredClaim.parse(text));
  }

  /**
   * Also takes the token from a cookie, where a request has no {@code Authorization}.
   *
   * @param name the name of the cookie
   * @return this
   */
  public JwtProviderBuilder cookieName(String name) {
    cookieName = checkedCookie(name);
    return this;
  }

  static String checkedCookie(String name) {
    if (!COOKIE_NAME.matcher(name).matches()) {
      throw new MistakeException(
          Mistake.of(
              Option.COOKIE_NAME,
              "= \"" + name + "\" is no name of a cookie",
              "use letters, digits, - and _"));
    }
    return name;
  }

  /**
   * Sets how many tokens' claims are kept, so that they are not verified again.
   *
   * @param tokens 0 to 1,000,000; 1,000 unless set
   * @return this
   */
  public JwtProviderBuilder claimsCacheSize(int tokens) {
    if (tokens < 0 || tokens > MAX_CACHED) {
      throw new IllegalArgumentException(
          "claimsCacheSize: " + tokens + " is not between 0 and " + MAX_CACHED);
    }
    claimsCacheSize = tokens;
    return this;
  }

  /**
   * Refuses tokens that a file names, read again by {@link JwtProvider#reload}.
   *
   * @param file in each line a {@code jti}, with {@code jti:} before it where it has a colon or
   *     white space, or {@code sub:} and a subject all of whose tokens are meant: that of the
   *     principal, or the claim {@code sub}; empty lines and those that begin with {@code #} do not
   *     count. When it is gone, or has no octet any more, what it revoked stays revoked
   * @return this
   * @throws UnusableSecretException if it cannot be read, or has another line
   */
  public JwtProviderBuilder revokedFile(Path file) throws UnusableSecretException {
    revoked = new RevokedTokens(file, keys.scheme);
    return this;
  }

  /**
   * Sets what has the last word on good tokens.
   *
   * @param check asked for every request
   * @return this
   */
  public JwtProviderBuilder revocation(TokenCheck check) {
    revocation = check;
    return this;
  }

  /**
   * Sets how long keys are good. They are fetched again in the background after four fifths of it.
   *
   * @param ttl 1 second to 1 day; 300 seconds unless set
   * @return this
   */
  public JwtProviderBuilder cacheTtl(Duration ttl) {
    keys.ttl = KeySettings.inRange("cacheTtl", ttl, Duration.ofSeconds(1), KeySettings.DAY);
    return this;
  }

  /**
   * Sets how long keys are good beyond {@link #cacheTtl} while they cannot be fetched.
   *
   * @param duration 0 to 1 day; 1 hour unless set
   * @return this
   */
  public JwtProviderBuilder staleFor(Duration duration) {
    keys.staleFor(duration);
    return this;
  }

  /**
   * Sets how often keys are fetched because a token names one that is not there, or is not verified
   * by the one it names or by any, at most.
   *
   * @param interval 1 second to 1 day; 30 seconds unless set
   * @return this
   */
  public JwtProviderBuilder refetchInterval(Duration interval) {
    keys.refetchInterval(interval);
    return this;
  }

  /**
   * Sets how long fetching one document may take, from connecting to its last octet.
   *
   * @param timeout 100 milliseconds to 30 seconds; 2 seconds unless set
   * @return this
   */
  public JwtProviderBuilder timeout(Duration timeout) {
    keys.timeout(timeout);
    return this;
  }

  /**
   * Sets how long a token may be.
   *
   * @param characters 256 to 65,536; 8,192 unless set
   * @return this
   */
  public JwtProviderBuilder maxTokenBytes(int characters) {
    keys.limits = keys.limits.withToken(characters);
    return this;
  }

  /**
   * Sets how long the name of a key ({@code kid}) may be.
   *
   * @param octets 1 to 8,192; 256 unless set
   * @return this
   */
  public JwtProviderBuilder maxKidBytes(int octets) {
    keys.limits = keys.limits.withKid(octets);
    return this;
  }

  /**
   * Sets how long a key set may be, and metadata that names it.
   *
   * @param octets 1 KiB to 4 MiB; 256 KiB unless set
   * @return this
   */
  public JwtProviderBuilder maxKeySetBytes(int octets) {
    keys.limits = keys.limits.withSet(octets);
    return this;
  }

  /**
   * Sets how many keys a set may have.
   *
   * @param number 1 to 10,000; 100 unless set
   * @return this
   */
  public JwtProviderBuilder maxKeys(int number) {
    keys.limits = keys.limits.withKeys(number);
    return this;
  }

  /** Sets all four. */
  JwtProviderBuilder limits(JoseLimits limits) {
    keys.limits = limits;
    return this;
  }

  /**
   * Sets whom to trust when keys are fetched, instead of the authorities that the JDK knows.
   *
   * @param context with trust managers
   * @return this
   */
  public JwtProviderBuilder sslContext(SSLContext context) {
    keys.ssl = context;
    return this;
  }

  /**
   * Sets what tells the time.
   *
   * @param clock the system's unless set
   * @return this
   */
  public JwtProviderBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Says which security scheme the tokens are for, for the log; before any file is named. */
  JwtProviderBuilder scheme(String name) {
    keys.scheme = name;
    return this;
  }

  /**
   * Builds the provider, which begins to fetch its keys in the background.
   *
   * @return the provider, to be closed
   * @throws IllegalArgumentException if something is missing or does not go together, with all of
   *     it; or if the file of the keys cannot be read
   */
  public JwtProvider build() {
    MistakeException.throwUnlessEmpty(mistakes());
    return new JwtProvider(
        new JwtProvider.Parts(
            keys.open(expected.issuerOf(keys.discovery()), clock),
            keys.description(),
            new CompactJws.Policy(accepted(), types, keys.limits),
            new ClaimRules(
                expected.issuer(),
                expected.audiences(),
                new ClaimRules.Times(leeway, requireExpiry, maxTokenAge),
                subjectClaim,
                scopeClaims,
                List.copyOf(requiredClaims)),
            new ClaimsCache(claimsCacheSize),
            revoked,
            revocation,
            Optional.ofNullable(cookieName),
            clock));
  }

  /** All that fit, unless some were asked for. */
  private Set<Algorithm> accepted() {
    return algorithms == null ? keys.usable() : algorithms;
  }

  /** {@return what is missing or does not go together; reads the file of the keys} */
  List<Mistake> mistakes() {
    List<Mistake> mistakes = expected.mistakes(keys.discovery());
    mistakes.addAll(keys.contradictions(algorithms == null ? Set.of() : algorithms));
    return mistakes;
  }
}
