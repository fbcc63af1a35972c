package io.brrtrouter.server.cors;

import io.brrtrouter.openapi.model.CorsExtension;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.TrustedProxies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may use the API, and how (Cross-Origin Resource Sharing, Fetch
 * standard section 3.2). Immutable; whatever a response says is rendered when the policy is made.
 *
 * <pre>{@code
 * CorsPolicy.builder()
 *     .origins("https://app.example.com")
 *     .originPatterns("https://*.preview.example.com")
 *     .allowCredentials(true)
 *     .build()
 * }</pre>
 *
 * <p>A policy without any origin is off: nothing is said and nothing is refused.
 */
public final class CorsPolicy {
  /** Says nothing and refuses nothing. */
  public static final CorsPolicy OFF = builder().build();

  static final String ANY = "*";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final CorsTerms terms;
  private final Headers vary;
  private final OriginDecision unmentioned;
  private final OriginDecision unlisted;

  /** The answer for every origin, whether the request has one or not; null where it depends. */
  private final OriginDecision.@Nullable Allowed everybody;

  private final Map<String, OriginDecision.Allowed> listed = new HashMap<>();
  private final OriginPattern[] patterns;

  CorsPolicy(CorsTerms terms) {
    this.terms = terms;
    this.vary = terms.isOff() ? Headers.empty() : Headers.of("Vary", "Origin");
    this.unmentioned = new OriginDecision.Unmentioned(vary);
    this.unlisted = terms.refuseUnlisted() ? new OriginDecision.Refused(vary) : unmentioned;
    this.everybody = terms.origins().contains(ANY) ? allowed(ANY) : null;
    this.patterns =
        terms.originPatterns().stream().map(OriginPattern::parse).toArray(OriginPattern[]::new);
    for (String origin : terms.origins()) {
      String normal = Origins.normal(origin);
      listed.put(normal, allowed(normal));
    }
  }

  /** {@return a builder of a policy without origins} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder of this policy} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.origins = terms.origins();
    builder.originPatterns = terms.originPatterns();
    builder.originPredicate = terms.originPredicate();
    builder.allowedHeaders = terms.allowedHeaders();
    builder.allowedMethods = terms.allowedMethods();
    builder.allowCredentials = terms.allowCredentials();
    builder.exposeHeaders = terms.exposeHeaders();
    builder.maxAge = terms.maxAge();
    builder.allowPrivateNetwork = terms.allowPrivateNetwork();
    builder.refuseUnlisted = terms.refuseUnlisted();
    return builder;
  }

  /** {@return whether nothing is said and nothing refused} */
  public boolean isOff() {
    return terms.isOff();
  }

  /** {@return which pages may use the API and what they may send, in words} */
  public String description() {
    if (isOff()) {
      return "nothing is said about pages of other origins, and none of them can read an answer";
    }
    List<String> pages = new ArrayList<>(terms.origins());
    pages.addAll(terms.originPatterns());
    if (terms.originPredicate() != null) {
      pages.add("what code decides");
    }
    return (everybody == null ? String.join(", ", pages) : "all")
        + ", which may send "
        + (terms.allowCredentials()
            ? "credentials of the browser and " + fields()
            : fields() + ", but no credentials of the browser")
        + (everybody != null
            ? ""
            : terms.refuseUnlisted() ? "; others are refused" : "; others cannot read the answer");
  }

  private String fields() {
    List<String> names = terms.allowedHeaders();
    if (names.isEmpty()) {
      return "the header fields that any page may";
    }
    if (!names.contains(ANY)) {
      return "the header fields " + String.join(", ", names);
    }
    return names.stream().anyMatch("Authorization"::equalsIgnoreCase)
        ? "any header field"
        : "any header field other than Authorization";
  }

  CorsTerms terms() {
    return terms;
  }

  /**
   * {@return the policy of an operation, this one itself where the document does not change it}
   *
   * @param extension what the document says
   * @param mistakes takes what is wrong with the two together
   */
  public CorsPolicy with(CorsExtension extension, List<CorsMistake> mistakes) {
    return switch (extension) {
      case CorsExtension.Inherited _ -> this;
      case CorsExtension.Off _ -> OFF;
      case CorsExtension.Changes changes -> isOff() ? this : with(changes, mistakes);
    };
  }

  private CorsPolicy with(CorsExtension.Changes changes, List<CorsMistake> mistakes) {
    Builder changed = toBuilder();
    changes.allowedHeaders().ifPresent(names -> changed.allowedHeaders = names);
    changes.allowedMethods().ifPresent(methods -> changed.allowedMethods = methods);
    changes.allowCredentials().ifPresent(changed::allowCredentials);
    changes.exposeHeaders().ifPresent(names -> changed.exposeHeaders = names);
    changes.maxAge().ifPresent(changed::maxAge);
    List<CorsMistake> found = changed.mistakes();
    mistakes.addAll(found);
    return found.isEmpty() ? changed.build() : this;
  }

  /**
   * {@return what becomes of a request, by its {@code Origin}} Called on an event loop: never
   * blocks, as the {@link Builder#originPredicate} must not either.
   *
   * @param head the head of the request
   * @param proxies who is believed about what the request was sent to
   */
  public OriginDecision judge(HttpRequest head, TrustedProxies proxies) {
    if (everybody != null) {
      return everybody;
    }
    String origin = isOff() ? null : head.headers().get("Origin");
    if (origin == null) {
      return unmentioned;
    }
    OriginDecision.Allowed exact = listed.get(origin);
    if (exact != null) {
      return exact;
    }
    if (isOwn(origin, head, proxies)) {
      return unmentioned;
    }
    return isAlike(origin) ? allowed(origin) : unlisted;
  }

  /** {@return whether a request comes from a page of the server itself} */
  static boolean isOwn(String origin, HttpRequest head, TrustedProxies proxies) {
    // A proxy may have put another Host; what a browser says of itself no page can forge.
    return Origins.isSame(origin, head, proxies)
        || "same-origin".equals(head.headers().get("Sec-Fetch-Site"));
  }

  private boolean isAlike(String origin) {
    for (OriginPattern pattern : patterns) {
      if (pattern.matches(origin)) {
        return true;
      }
    }
    Predicate<String> predicate = terms.originPredicate();
    return predicate != null && predicate.test(origin);
  }

  /**
   * {@return whether pages of an origin may use the API because it is listed, like a pattern or
   * allowed by code, and not because all are; never for {@code null}, which any page can become}
   *
   * @param origin the {@code Origin} of a request
   */
  public boolean names(String origin) {
    return !origin.equals(Origins.OPAQUE) && isNamed(origin);
  }

  /**
   * {@return whether requests from pages of an origin are refused, unless it is that of the API
   * itself} Not where code decides about origins: that is not asked.
   *
   * @param origin an origin as browsers write it
   */
  public boolean refuses(String origin) {
    return !isOff()
        && everybody == null
        && terms.refuseUnlisted()
        && terms.originPredicate() == null
        && !isNamed(origin);
  }

  private boolean isNamed(String origin) {
    return listed.containsKey(origin) || isAlike(origin);
  }

  /** {@return whether pages of an origin may send cookies and read what comes back} */
  boolean trustsWithCredentials(String origin) {
    return terms.allowCredentials() && isNamed(origin);
  }

  /** {@return whether pages of an origin may write {@code Authorization} themselves} */
  boolean trustsWithAuthorization(String origin) {
    return terms.allowedHeaders().stream().anyMatch("Authorization"::equalsIgnoreCase)
        && isNamed(origin);
  }

  private OriginDecision.Allowed allowed(String origin) {
    Headers preflight = Headers.of(ALLOW_ORIGIN, origin);
    if (terms.allowCredentials()) {
      preflight = preflight.plus("Access-Control-Allow-Credentials", "true");
    }
    Headers headers = preflight;
    if (!terms.exposeHeaders().isEmpty()) {
      headers =
          headers.plus("Access-Control-Expose-Headers", String.join(", ", terms.exposeHeaders()));
    }
    return new OriginDecision.Allowed(
        origin.equals(ANY) ? headers : headers.plus("Vary", "Origin"), preflight);
  }

  /** Collects the terms of a policy. Not safe for use by several threads. */
  public static final class Builder {
    private List<String> origins = List.of();
    private List<String> originPatterns = List.of();
    private @Nullable Predicate<String> originPredicate;
    private List<String> allowedHeaders = CorsTerms.ALLOWED_HEADERS;
    private List<String> allowedMethods = List.of(ANY);
    private boolean allowCredentials;
    private List<String> exposeHeaders = List.of();
    private Duration maxAge = CorsTerms.MAX_AGE;
    private boolean allowPrivateNetwork;
    private boolean refuseUnlisted = true;

    private Builder() {}

    /**
     * Sets the origins whose pages may use the API.
     *
     * @param listed each {@code scheme://host[:port]}, {@code null} or {@code *} for all
     * @return this builder
     */
    public Builder origins(String... listed) {
      origins = List.of(listed);
      return this;
    }

    /**
     * Sets patterns of further origins.
     *
     * @param patterns each like {@code https://*.example.com} or {@code http://localhost:*}
     * @return this builder
     */
    public Builder originPatterns(String... patterns) {
      originPatterns = List.of(patterns);
      return this;
    }

    /**
     * Sets who decides about origins that are neither listed nor match a pattern.
     *
     * @param predicate takes the {@code Origin} as sent, which may be any text; called on an event
     *     loop for each request that has such an origin, preflights included, so it must not block:
     *     look up what another thread keeps; safe for use by many threads; when it throws, the
     *     origin is not allowed, and the log says so once a minute
     * @return this builder
     */
    public Builder originPredicate(Predicate<String> predicate) {
      originPredicate = new GuardedPredicate(predicate);
      return this;
    }

    /**
     * Sets the request header fields that pages may send, beside those that they always may; {@code
     * Content-Type} and {@code Authorization}, unless set.
     *
     * @param names names in any case; {@code *} for all but {@code Authorization}
     * @return this builder
     */
    public Builder allowedHeaders(String... names) {
      allowedHeaders = List.of(names);
      return this;
    }

    /**
     * Sets the methods that pages may use, of those that a path has; all, unless set.
     *
     * @param methods methods; {@code *} for all
     * @return this builder
     */
    public Builder allowedMethods(String... methods) {
      allowedMethods = List.of(methods);
      return this;
    }

    /**
     * Sets whether cookies and the like come along; not, unless set.
     *
     * @param allow whether they do
     * @return this builder
     */
    public Builder allowCredentials(boolean allow) {
      allowCredentials = allow;
      return this;
    }

    /**
     * Sets the response header fields that pages may read, beside those that they always may; none,
     * unless set.
     *
     * @param names names in any case; {@code *} for all
     * @return this builder
     */
    public Builder exposeHeaders(String... names) {
      exposeHeaders = List.of(names);
      return this;
    }

    /**
     * Sets how long browsers keep the answer to a preflight; 5 seconds, as without a word, unless
     * set.
     *
     * @param age not negative, cut to whole seconds
     * @return this builder
     */
    public Builder maxAge(Duration age) {
      maxAge = age;
      return this;
    }

    /**
     * Sets whether pages of public addresses may use a server at a private one; not, unless set.
     *
     * @param allow whether they may
     * @return this builder
     */
    public Builder allowPrivateNetwork(boolean allow) {
      allowPrivateNetwork = allow;
      return this;
    }

    /**
     * Sets whether requests from pages of other origins are refused; they are, unless set.
     * Otherwise they are answered, and only the browser keeps the answer from the page.
     *
     * @param refuse whether they are
     * @return this builder
     */
    public Builder refuseUnlisted(boolean refuse) {
      refuseUnlisted = refuse;
      return this;
    }

    /** {@return why {@link #build} would refuse, everything at once} */
    public List<CorsMistake> mistakes() {
      return terms().mistakes();
    }

    /**
     * {@return the policy}
     *
     * @throws IllegalArgumentException if there are {@link #mistakes}
     */
    public CorsPolicy build() {
      CorsTerms terms = terms();
      List<CorsMistake> mistakes = terms.mistakes();
      if (!mistakes.isEmpty()) {
        throw new IllegalArgumentException(
            mistakes.stream().map(CorsMistake::toString).collect(Collectors.joining("\n")));
      }
      return new CorsPolicy(terms);
    }

    private CorsTerms terms() {
      return new CorsTerms(
          origins,
          originPatterns,
          originPredicate,
          allowedHeaders,
          allowedMethods,
          allowCredentials,
          exposeHeaders,
          maxAge,
          allowPrivateNetwork,
          refuseUnlisted);
    }
  }
}
