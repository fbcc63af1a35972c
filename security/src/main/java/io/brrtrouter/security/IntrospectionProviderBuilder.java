package io.brrtrouter.security;

import io.brrtrouter.security.keys.Fetch;
import io.brrtrouter.server.auth.ClockSkew;
import io.brrtrouter.server.auth.UnusableSecretException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link IntrospectionProvider}. It needs an {@link #introspectionUrl}; a {@link
 * #clientId} with a {@link #clientSecret} or a {@link #clientSecretFile}; and an {@link #audience}
 * or {@link #anyAudience}. A value out of range is refused by the method that takes it.
 */
public final class IntrospectionProviderBuilder {
  private static final int MOST_SECRET = 64 * 1024;

  private final Asking asking = new Asking();
  private Duration leeway = ClockSkew.DEFAULT;
  private @Nullable URI url;
  private @Nullable String clientId;
  private @Nullable String clientSecret;
  private @Nullable WatchedFile<String> clientSecretFile;
  private String scheme = "";
  private final IssuerAndAudience expected = new IssuerAndAudience();
  private ClaimPath subjectClaim = new ClaimPath("sub");
  private ScopeClaims scopeClaims = ScopeClaims.DEFAULT;
  private @Nullable String cookieName;

  IntrospectionProviderBuilder() {}

  /**
   * Sets who is asked about tokens.
   *
   * @param url where: {@code https}, or {@code http} on this machine
   * @return this
   */
  public IntrospectionProviderBuilder introspectionUrl(URI url) {
    this.url = KeySettings.checkedUrl(Option.INTROSPECTION_URL, url);
    return this;
  }

  /**
   * Sets the name that this server has there.
   *
   * @param id the {@code client_id}
   * @return this
   */
  public IntrospectionProviderBuilder clientId(String id) {
    clientId = Mistake.notBlank(Option.CLIENT_ID, id);
    return this;
  }

  /**
   * Sets the secret that goes with the name; sent with HTTP basic (RFC 6749 section 2.3.1).
   *
   * @param secret the secret
   * @return this
   */
  public IntrospectionProviderBuilder clientSecret(String secret) {
    clientSecret = Mistake.notBlank(Option.CLIENT_SECRET, secret);
    return this;
  }

  /**
   * Takes that secret from a file, read again by {@link IntrospectionProvider#reload}.
   *
   * @param file the file; white space around the secret does not count
   * @return this
   * @throws UnusableSecretException if it cannot be read or is empty
   */
  public IntrospectionProviderBuilder clientSecretFile(Path file) throws UnusableSecretException {
    clientSecretFile = new WatchedFile<>(file, MOST_SECRET, IntrospectionProviderBuilder::secret);
    return this;
  }

  private static String secret(String text) throws UnusableSecretException {
    if (text.isBlank()) {
      throw new UnusableSecretException("it is empty");
    }
    return text.strip();
  }

  /**
   * Sets whom a token must be said to be of.
   *
   * @param issuer the value of {@code iss}, to the letter; any, or none, unless set
   * @return this
   */
  public IntrospectionProviderBuilder issuer(String issuer) {
    expected.issuer(issuer);
    return this;
  }

  /**
   * Adds a name of this service; a token must be said to be for one of them.
   *
   * @param audience a value of {@code aud}, to the letter
   * @return this
   */
  public IntrospectionProviderBuilder audience(String audience) {
    expected.audience(audience);
    return this;
  }

  /**
   * Accepts tokens whoever they are for, also those that were meant for another service, which then
   * can use them here.
   *
   * @return this
   */
  public IntrospectionProviderBuilder anyAudience() {
    expected.anyAudience();
    return this;
  }

  /**
   * Sets by how much the clocks of who issues and who verifies may differ, where the answer says
   * when a token begins or ends.
   *
   * @param leeway 0 to 10 minutes; 30 seconds unless set
   * @return this
   */
  public IntrospectionProviderBuilder leeway(Duration leeway) {
    this.leeway = Leeway.checked(leeway);
    return this;
  }

  /**
   * Sets which member of the answer says who it is.
   *
   * @param claim its name or path, as for {@link #scopeClaims}; {@code sub} unless set
   * @return this
   */
  public IntrospectionProviderBuilder subjectClaim(String claim) {
    subjectClaim = new ClaimPath(Mistake.notBlank(Option.SUBJECT_CLAIM, claim));
    return this;
  }

  /**
   * Sets which members of the answer grant scopes or roles: strings with spaces between scopes, or
   * arrays of strings. All that are there count.
   *
   * @param claims names, or paths like {@code realm_access.roles}; {@code scope}, {@code scp} and
   *     {@code scopes} unless set
   * @return this
   */
  public IntrospectionProviderBuilder scopeClaims(String... claims) {
    List.of(claims).forEach(claim -> Mistake.notBlank(Option.SCOPE_CLAIMS, claim));
    scopeClaims = ScopeClaims.of(List.of(claims));
    return this;
  }

  /**
   * Also takes the token from a cookie, where a request has no {@code Authorization}.
   *
   * @param name the name of the cookie
   * @return this
   */
  public IntrospectionProviderBuilder cookieName(String name) {
    cookieName = JwtProviderBuilder.checkedCookie(name);
    return this;
  }

  /**
   * Sets how long an answer may take; beyond it the request is answered with 503.
   *
   * @param timeout 50 milliseconds to 30 seconds; 500 milliseconds unless set
   * @return this
   */
  public IntrospectionProviderBuilder timeout(Duration timeout) {
    asking.timeout(timeout);
    return this;
  }

  /**
   * Sets how long a good token is not asked about again.
   *
   * @param ttl 0, for not at all, to 1 day; 60 seconds unless set
   * @return this
   */
  public IntrospectionProviderBuilder cacheTtl(Duration ttl) {
    asking.cacheTtl(ttl);
    return this;
  }

  /**
   * Sets how long a bad token is not asked about again.
   *
   * @param ttl 0, for not at all, to 1 day; 10 seconds unless set
   * @return this
   */
  public IntrospectionProviderBuilder negativeCacheTtl(Duration ttl) {
    asking.negativeCacheTtl(ttl);
    return this;
  }

  /**
   * Sets how many good answers are kept, and as many bad ones beside them; those seldom used go
   * first, and a bad one drives out no good one.
   *
   * @param answers 0 to 1,000,000; 10,000 unless set
   * @return this
   */
  public IntrospectionProviderBuilder cacheSize(int answers) {
    asking.cacheSize(answers);
    return this;
  }

  /**
   * Sets how long a token may be.
   *
   * @param characters 256 to 65,536; 8,192 unless set
   * @return this
   */
  public IntrospectionProviderBuilder maxTokenBytes(int characters) {
    asking.longest("maxTokenBytes", characters);
    return this;
  }

  /**
   * Sets whom to trust when asking, instead of the authorities that the JDK knows.
   *
   * @param context with trust managers
   * @return this
   */
  public IntrospectionProviderBuilder sslContext(SSLContext context) {
    asking.ssl(context);
    return this;
  }

  /**
   * Sets what tells the time.
   *
   * @param clock the system's unless set
   * @return this
   */
  public IntrospectionProviderBuilder clock(InstantSource clock) {
    asking.clock(clock);
    return this;
  }

  /** Says which security scheme the tokens are for, for the log. */
  IntrospectionProviderBuilder scheme(String name) {
    scheme = name;
    return this;
  }

  /**
   * Builds the provider.
   *
   * @return the provider, to be closed
   * @throws IllegalArgumentException if something is missing or does not go together, with all of
   *     it
   */
  public IntrospectionProvider build() {
    MistakeException.throwUnlessEmpty(mistakes());
    URI where = Objects.requireNonNull(url);
    Fetch fetch = asking.fetch();
    Introspection question =
        new Introspection(
            where, Objects.requireNonNull(clientId), secrets(), fetch, rules(), asking.clock());
    return new IntrospectionProvider(
        new IntrospectionProvider.Parts(
            where,
            asking.verdicts(where, question),
            asking.longest(),
            fetch,
            clientSecretFile,
            scheme,
            Optional.ofNullable(cookieName)));
  }

  private Supplier<String> secrets() {
    WatchedFile<String> file = clientSecretFile;
    if (file != null) {
      return file::value;
    }
    String secret = Objects.requireNonNull(clientSecret);
    return () -> secret;
  }

  /** RFC 7662 section 2.2: all but {@code active} is optional, also when a token expires. */
  private ClaimRules rules() {
    return new ClaimRules(
        expected.issuer(),
        expected.audiences(),
        new ClaimRules.Times(leeway, false, null),
        subjectClaim,
        scopeClaims);
  }

  /** {@return how somebody is asked} */
  Asking asking() {
    return asking;
  }

  /** {@return what is missing or does not go together} */
  List<Mistake> mistakes() {
    List<Mistake> mistakes = new ArrayList<>();
    if (url == null) {
      mistakes.add(
          Mistake.of(
              Option.INTROSPECTION_URL, "is missing", "set it to who is asked about tokens"));
    }
    if (clientId == null) {
      mistakes.add(
          Mistake.of(Option.CLIENT_ID, "is missing", "set it to the name this server has there"));
    }
    if (clientSecret == null && clientSecretFile == null) {
      mistakes.add(
          Mistake.of(
              Option.CLIENT_SECRET,
              _ -> "is missing",
              name ->
                  "set " + name.apply(Option.CLIENT_SECRET_FILE) + " to a file with it, or itself",
              Option.CLIENT_SECRET_FILE));
    } else if (clientSecret != null && clientSecretFile != null) {
      mistakes.add(
          Mistake.of(
              Option.CLIENT_SECRET,
              name ->
                  "and "
                      + name.apply(Option.CLIENT_SECRET_FILE)
                      + " are there, and only one can count",
              _ -> "take one of them out",
              Option.CLIENT_SECRET_FILE));
    }
    expected.audienceMistake().ifPresent(mistakes::add);
    return mistakes;
  }
}
