package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CsrfPolicy;
import io.brrtrouter.server.http.TrustedProxies;
import io.brrtrouter.server.limit.RateLimits;
import io.brrtrouter.server.trace.RequestTracing;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a compiled API needs to know beyond the document. Immutable.
 *
 * <pre>{@code
 * DispatchOptions mocked =
 *     DispatchOptions.builder().fallback(Fallback.MOCK).build();
 * }</pre>
 */
public final class DispatchOptions {
  /** The options unless configured otherwise: nothing mocked, responses checked and logged. */
  public static final DispatchOptions DEFAULT = builder().build();

  private final Fallback fallback;
  private final ResponseCheckMode responseCheck;
  private final DispatchLimits limits;
  private final String problemBase;
  private final List<Filter> filters;
  private final List<ExchangeListener> listeners;
  private final Map<String, Endpoint> endpoints;
  private final List<Mount> mounts;
  private final boolean strictQuery;
  private final boolean development;
  private final SecurityOptions security;
  private final CorsPolicy cors;
  private final CsrfPolicy csrf;
  private final SecurityHeaders securityHeaders;
  private final TrustedProxies proxies;
  private final RateLimits rateLimits;
  private final ConcurrencyOptions concurrency;
  private final Compression compression;
  private final ReloadPolicy reload;

  /** Null where nobody records requests. */
  private final @Nullable RequestTracing tracing;

  private DispatchOptions(Builder builder) {
    this.fallback = builder.fallback;
    this.responseCheck = builder.responseCheck;
    this.limits = builder.limits;
    this.problemBase = builder.problemBase;
    this.filters = builder.filters;
    this.listeners = builder.listeners;
    this.endpoints = builder.endpoints;
    this.mounts = builder.mounts;
    this.strictQuery = builder.strictQuery;
    this.development = builder.development;
    this.security = builder.security;
    this.cors = builder.cors;
    this.csrf = builder.csrf;
    this.securityHeaders = builder.securityHeaders;
    this.proxies = builder.proxies;
    this.rateLimits = builder.rateLimits;
    this.concurrency = builder.concurrency;
    this.compression = builder.compression;
    this.reload = builder.reload;
    this.tracing = builder.tracing;
  }

  /** {@return a builder in which everything is as in {@link #DEFAULT}} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder in which everything is as here} */
  public Builder toBuilder() {
    return builder()
        .fallback(fallback)
        .responseCheck(responseCheck)
        .limits(limits)
        .problemBase(problemBase)
        .filters(filters)
        .listeners(listeners)
        .endpoints(endpoints)
        .mounts(mounts)
        .strictQuery(strictQuery)
        .development(development)
        .security(security)
        .cors(cors)
        .csrf(csrf)
        .securityHeaders(securityHeaders)
        .proxies(proxies)
        .rateLimits(rateLimits)
        .concurrency(concurrency)
        .compression(compression)
        .reload(reload)
        .tracing(tracing);
  }

  /** {@return what answers operations without a handler} */
  public Fallback fallback() {
    return fallback;
  }

  /** {@return how responses are checked, unless {@code x-brrtrouter-response-check} says it} */
  public ResponseCheckMode responseCheck() {
    return responseCheck;
  }

  /** {@return bounds on requests} */
  public DispatchLimits limits() {
    return limits;
  }

  /** {@return what stands before the slug in the {@code type} of a problem} */
  public String problemBase() {
    return problemBase;
  }

  /** {@return filters, outermost first} */
  public List<Filter> filters() {
    return filters;
  }

  /** {@return who is told about exchanges} */
  public List<ExchangeListener> listeners() {
    return listeners;
  }

  /** {@return built-in endpoints by path template, in order} */
  public Map<String, Endpoint> endpoints() {
    return endpoints;
  }

  /** {@return what answers below prefixes, behind operations and endpoints} */
  public List<Mount> mounts() {
    return mounts;
  }

  /** {@return whether query parameters that nobody declares are violations} */
  public boolean strictQuery() {
    return strictQuery;
  }

  /**
   * {@return whether credentials are accepted that everybody knows, so that only this machine may
   * ask}
   */
  public boolean development() {
    return development;
  }

  /** {@return who verifies credentials} */
  public SecurityOptions security() {
    return security;
  }

  /** {@return which pages of other origins may use operations, unless {@code x-cors} says it} */
  public CorsPolicy cors() {
    return cors;
  }

  /** {@return whom requests with credentials that browsers add are taken from} */
  public CsrfPolicy csrf() {
    return csrf;
  }

  /** {@return what every response tells browsers} */
  public SecurityHeaders securityHeaders() {
    return securityHeaders;
  }

  /** {@return who may say for whom it forwards a request} */
  public TrustedProxies proxies() {
    return proxies;
  }

  /** {@return how much clients may ask for} */
  public RateLimits rateLimits() {
    return rateLimits;
  }

  /** {@return how many requests of an operation are worked on at once} */
  public ConcurrencyOptions concurrency() {
    return concurrency;
  }

  /** {@return which responses are compressed} */
  public Compression compression() {
    return compression;
  }

  /** {@return what becomes of responses that are being written when another generation serves} */
  public ReloadPolicy reload() {
    return reload;
  }

  /** {@return who records requests in traces; null where nobody does} */
  public @Nullable RequestTracing tracing() {
    return tracing;
  }

  /** Collects options. Not safe for use by several threads. */
  public static final class Builder {
    private Fallback fallback = Fallback.NONE;
    private ResponseCheckMode responseCheck = ResponseCheckMode.LOG;
    private DispatchLimits limits = DispatchLimits.DEFAULT;
    private String problemBase = ProblemType.DEFAULT_BASE;
    private List<Filter> filters = List.of();
    private List<ExchangeListener> listeners = List.of();
    private Map<String, Endpoint> endpoints = Map.of();
    private List<Mount> mounts = List.of();
    private boolean strictQuery;
    private boolean development;
    private SecurityOptions security = SecurityOptions.DEFAULT;
    private CorsPolicy cors = CorsPolicy.OFF;
    private CsrfPolicy csrf = CsrfPolicy.DEFAULT;
    private SecurityHeaders securityHeaders = SecurityHeaders.DEFAULT;
    private TrustedProxies proxies = TrustedProxies.NONE;
    private RateLimits rateLimits = RateLimits.NONE;
    private ConcurrencyOptions concurrency = ConcurrencyOptions.DEFAULT;
    private Compression compression = Compression.OFF;
    private ReloadPolicy reload = ReloadPolicy.DEFAULT;
    private @Nullable RequestTracing tracing;

    private Builder() {}

    /**
     * Sets what answers operations without a handler; nothing, unless set.
     *
     * @param who what does
     * @return this builder
     */
    public Builder fallback(Fallback who) {
      this.fallback = who;
      return this;
    }

    /**
     * Sets how responses are checked, unless the operation has {@code x-brrtrouter-response-check};
     * they are checked and logged, unless set.
     *
     * @param mode how
     * @return this builder
     */
    public Builder responseCheck(ResponseCheckMode mode) {
      this.responseCheck = mode;
      return this;
    }

    /**
     * Sets bounds on requests; {@link DispatchLimits#DEFAULT}, unless set.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public Builder limits(DispatchLimits bounds) {
      this.limits = bounds;
      return this;
    }

    /**
     * Sets what stands before the slug in the {@code type} of a problem; {@value
     * ProblemType#DEFAULT_BASE}, unless set.
     *
     * @param base the beginning of a URI
     * @return this builder
     */
    public Builder problemBase(String base) {
      this.problemBase = base;
      return this;
    }

    /**
     * Sets the filters; none, unless set.
     *
     * @param outermostFirst copied
     * @return this builder
     */
    public Builder filters(List<Filter> outermostFirst) {
      this.filters = List.copyOf(outermostFirst);
      return this;
    }

    /**
     * Sets who is told about exchanges; nobody, unless set.
     *
     * @param told copied
     * @return this builder
     */
    public Builder listeners(List<ExchangeListener> told) {
      this.listeners = List.copyOf(told);
      return this;
    }

    /**
     * Sets the built-in endpoints; none, unless set.
     *
     * @param byTemplate by path template; copied in its order
     * @return this builder
     */
    public Builder endpoints(Map<String, Endpoint> byTemplate) {
      this.endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(byTemplate));
      return this;
    }

    /**
     * Sets what answers below prefixes, where neither an operation nor an endpoint does; nothing,
     * unless set.
     *
     * @param all no two of the same prefix; copied
     * @return this builder
     */
    public Builder mounts(List<Mount> all) {
      this.mounts = List.copyOf(all);
      return this;
    }

    /**
     * Sets whether query parameters that nobody declares are violations; not, unless set.
     *
     * @param on whether they are
     * @return this builder
     */
    public Builder strictQuery(boolean on) {
      this.strictQuery = on;
      return this;
    }

    /**
     * Sets whether credentials are accepted that everybody knows, so that requests are refused
     * whose host is not a name of this machine.
     *
     * @param on whether they are
     * @return this builder
     */
    public Builder development(boolean on) {
      this.development = on;
      return this;
    }

    /**
     * Sets who verifies credentials; nobody does, unless set, and nobody needs to who does not ask
     * for them.
     *
     * @param verifiers who does
     * @return this builder
     */
    public Builder security(SecurityOptions verifiers) {
      this.security = verifiers;
      return this;
    }

    /**
     * Sets which pages of other origins may use operations, unless {@code x-cors} says it; none,
     * unless set.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder cors(CorsPolicy policy) {
      this.cors = policy;
      return this;
    }

    /**
     * Sets who may say for whom it forwards a request; nobody, unless set.
     *
     * @param trusted who may
     * @return this builder
     */
    public Builder proxies(TrustedProxies trusted) {
      this.proxies = trusted;
      return this;
    }

    /**
     * Sets whom requests with credentials that browsers add by themselves are taken from; {@link
     * CsrfPolicy#DEFAULT}, unless set.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder csrf(CsrfPolicy policy) {
      this.csrf = policy;
      return this;
    }

    /**
     * Sets what every response tells browsers; {@link SecurityHeaders#DEFAULT}, unless set.
     *
     * @param fields the fields
     * @return this builder
     */
    public Builder securityHeaders(SecurityHeaders fields) {
      this.securityHeaders = fields;
      return this;
    }

    /**
     * Sets which responses are compressed; none, unless set.
     *
     * @param which which
     * @return this builder
     */
    public Builder compression(Compression which) {
      this.compression = which;
      return this;
    }

    /**
     * Sets what becomes of responses that are being written when the generation that is compiled
     * with this serves in place of theirs; {@link ReloadPolicy#DEFAULT}, unless set.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder reload(ReloadPolicy policy) {
      this.reload = policy;
      return this;
    }

    /**
     * Sets how much clients may ask for; anything, unless set.
     *
     * @param limits how much
     * @return this builder
     */
    public Builder rateLimits(RateLimits limits) {
      this.rateLimits = limits;
      return this;
    }

    /**
     * Sets who records requests in traces; nobody, unless set.
     *
     * @param recorder who, null for nobody
     * @return this builder
     */
    public Builder tracing(@Nullable RequestTracing recorder) {
      this.tracing = recorder;
      return this;
    }

    /**
     * Sets how many requests of an operation are worked on at once; as documents say, unless set.
     *
     * @param options how many
     * @return this builder
     */
    public Builder concurrency(ConcurrencyOptions options) {
      this.concurrency = options;
      return this;
    }

    /** {@return the options} */
    public DispatchOptions build() {
      return new DispatchOptions(this);
    }
  }
}
