package io.brrtrouter.security;

import io.brrtrouter.security.jose.Algorithm;
import io.brrtrouter.security.jose.CompactJws;
import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.security.jose.KeyUse;
import io.brrtrouter.security.spiffe.Workloads;
import io.brrtrouter.server.auth.ClockSkew;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link JwtSvidProvider}. It needs a {@link #trustDomain}, an {@link #audience}, and a
 * {@link #jwksUrl} or a {@link #bundleFile}. A value out of range is refused by the method that
 * takes it.
 */
public final class JwtSvidProviderBuilder {
  private static final int TOKENS = 1_000;

  /** JWT-SVID section 2.1. */
  private static final Set<Algorithm> ALGORITHMS = EnumSet.range(Algorithm.RS256, Algorithm.ES512);

  /** JWT-SVID section 2.3. */
  private static final Set<String> TYPES = Set.of("jwt", "jose", "");

  private final KeySettings keys = new KeySettings();
  private final SpiffeNames names = new SpiffeNames();
  private final Set<String> audiences = new LinkedHashSet<>();
  private Duration leeway = ClockSkew.DEFAULT;
  private @Nullable String cookieName;
  private InstantSource clock = Clock.systemUTC();

  JwtSvidProviderBuilder() {
    keys.use = KeyUse.JWT_SVID;
    keys.ttl = Duration.ofHours(1);
  }

  /**
   * Sets the trust domain whose workloads are accepted. A second one is refused: a provider has the
   * keys of one.
   *
   * @param name the trust domain, {@code example.org} for example
   * @return this
   */
  public JwtSvidProviderBuilder trustDomain(String name) {
    names.trustDomain(name);
    return this;
  }

  /**
   * Adds a workload that is accepted; without any, all of the trust domain are.
   *
   * @param pattern a SPIFFE ID; {@code /*} at the end stands for every path below
   * @return this
   */
  public JwtSvidProviderBuilder allowedId(String pattern) {
    names.allowedId(pattern);
    return this;
  }

  /**
   * Adds a name of this service; a token must be for one of them.
   *
   * @param audience a value of {@code aud}, to the letter
   * @return this
   */
  public JwtSvidProviderBuilder audience(String audience) {
    audiences.add(Mistake.notBlank(Option.AUDIENCE, audience));
    return this;
  }

  /**
   * Takes the keys from a trust bundle, or from a key set. Where a key says its use, that must be
   * {@code jwt-svid}.
   *
   * @param url where it is: {@code https}, or {@code http} on this machine
   * @return this
   */
  public JwtSvidProviderBuilder jwksUrl(URI url) {
    keys.url(url);
    return this;
  }

  /**
   * Takes the keys from a file with a trust bundle, which must be there when the provider is built;
   * a change counts within seconds, and when it is gone there are no keys.
   *
   * @param file the file
   * @return this
   */
  public JwtSvidProviderBuilder bundleFile(Path file) {
    keys.file(file);
    return this;
  }

  /**
   * Sets by how much the clocks of who issues and who verifies may differ.
   *
   * @param leeway 0 to 10 minutes; 30 seconds unless set
   * @return this
   */
  public JwtSvidProviderBuilder leeway(Duration leeway) {
    this.leeway = Leeway.checked(leeway);
    return this;
  }

  /**
   * Sets how long keys are good. They are fetched again in the background after four fifths of it.
   *
   * @param ttl 1 second to 1 day; 1 hour unless set
   * @return this
   */
  public JwtSvidProviderBuilder cacheTtl(Duration ttl) {
    keys.ttl = KeySettings.inRange("cacheTtl", ttl, Duration.ofSeconds(1), Duration.ofDays(1));
    return this;
  }

  /**
   * Sets how long keys are good beyond {@link #cacheTtl} while they cannot be fetched.
   *
   * @param duration 0 to 1 day; 1 hour unless set
   * @return this
   */
  public JwtSvidProviderBuilder staleFor(Duration duration) {
    keys.staleFor(duration);
    return this;
  }

  /**
   * Sets how often keys are fetched because they do not verify a token, at most.
   *
   * @param interval 1 second to 1 day; 30 seconds unless set
   * @return this
   */
  public JwtSvidProviderBuilder refetchInterval(Duration interval) {
    keys.refetchInterval(interval);
    return this;
  }

  /**
   * Sets how long fetching keys may take, from connecting to the last octet.
   *
   * @param timeout 100 milliseconds to 30 seconds; 2 seconds unless set
   * @return this
   */
  public JwtSvidProviderBuilder timeout(Duration timeout) {
    keys.timeout(timeout);
    return this;
  }

  /**
   * Also takes the token from a cookie, where a request has no {@code Authorization}.
   *
   * @param name the name of the cookie
   * @return this
   */
  public JwtSvidProviderBuilder cookieName(String name) {
    cookieName = JwtProviderBuilder.checkedCookie(name);
    return this;
  }

  /**
   * Sets how long a token may be.
   *
   * @param characters 256 to 65,536; 8,192 unless set
   * @return this
   */
  public JwtSvidProviderBuilder maxTokenBytes(int characters) {
    keys.limits = keys.limits.withToken(characters);
    return this;
  }

  /**
   * Sets how long the name of a key ({@code kid}) may be.
   *
   * @param octets 1 to 8,192; 256 unless set
   * @return this
   */
  public JwtSvidProviderBuilder maxKidBytes(int octets) {
    keys.limits = keys.limits.withKid(octets);
    return this;
  }

  /**
   * Sets how long a trust bundle or key set may be.
   *
   * @param octets 1 KiB to 4 MiB; 256 KiB unless set
   * @return this
   */
  public JwtSvidProviderBuilder maxKeySetBytes(int octets) {
    keys.limits = keys.limits.withSet(octets);
    return this;
  }

  /**
   * Sets how many keys it may have.
   *
   * @param number 1 to 10,000; 100 unless set
   * @return this
   */
  public JwtSvidProviderBuilder maxKeys(int number) {
    keys.limits = keys.limits.withKeys(number);
    return this;
  }

  /** Sets all four. */
  JwtSvidProviderBuilder limits(JoseLimits limits) {
    keys.limits = limits;
    return this;
  }

  /**
   * Sets whom to trust when keys are fetched, instead of the authorities that the JDK knows.
   *
   * @param context with trust managers
   * @return this
   */
  public JwtSvidProviderBuilder sslContext(SSLContext context) {
    keys.ssl = context;
    return this;
  }

  /**
   * Sets what tells the time.
   *
   * @param clock the system's unless set
   * @return this
   */
  public JwtSvidProviderBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Says which security scheme the tokens are for, for the log. */
  JwtSvidProviderBuilder scheme(String name) {
    keys.scheme = name;
    return this;
  }

  /**
   * Builds the provider, which begins to fetch its keys in the background.
   *
   * @return the provider, to be closed
   * @throws IllegalArgumentException if something is missing, no trust domain or no SPIFFE ID, or
   *     there are several trust domains, or the file of the keys cannot be read
   */
  public JwtSvidProvider build() {
    MistakeException.throwUnlessEmpty(mistakes());
    Workloads workloads = names.workloads();
    JwtProvider tokens =
        new JwtProvider(
            new JwtProvider.Parts(
                keys.open(null, clock),
                keys.description(),
                new CompactJws.Policy(ALGORITHMS, TYPES, keys.limits),
                new SvidRules(registered(), workloads),
                new ClaimsCache(TOKENS),
                null,
                null,
                Optional.ofNullable(cookieName),
                clock));
    return new JwtSvidProvider(
        tokens, "SPIFFE JWT-SVID of " + workloads.description() + ", " + keys.description());
  }

  /** {@return what is missing or does not go together; reads the file of the keys} */
  List<Mistake> mistakes() {
    List<Mistake> mistakes = names.mistakes();
    if (audiences.isEmpty()) {
      mistakes.add(
          Mistake.of(Option.AUDIENCE, "is missing", "name this service as its tokens name it"));
    }
    mistakes.addAll(keys.contradictions(ALGORITHMS));
    return mistakes;
  }

  private ClaimRules registered() {
    return new ClaimRules(
        null,
        Set.copyOf(audiences),
        new ClaimRules.Times(leeway, true, null),
        new ClaimPath("sub"),
        ScopeClaims.DEFAULT);
  }
}
