package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigName;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.RateLimits;
import io.brrtrouter.server.limit.SharedLimiter;
import io.brrtrouter.server.limit.SharedLimiterSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Turns what is configured about rate limits into the limits of a document's operations. */
final class RateLimitSetup {
  /** What clients know the quotas by. */
  private static final String GENERAL = "default";

  private static final String OF_OPERATION = "operation";
  private static final String OF_ADDRESS = "address";

  private final RateLimitSettings settings;
  private final LongSupplier nanoTime;
  private final List<Finding> findings = new ArrayList<>();

  RateLimitSetup(RateLimitSettings settings) {
    this(settings, System::nanoTime);
  }

  /** Takes a clock in nanoseconds, by which the limits count. */
  RateLimitSetup(RateLimitSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /**
   * {@return the limits of a document, and who counts}
   *
   * @param document the document
   * @param claim has who counts for other generations
   * @throws StartupException if several servers are to count together, and nothing here knows how
   */
  RateLimits limits(OpenApi document, SharedParts.Claim claim) {
    RateLimits.Rules rules = rules(document);
    return claim
        .get(
            new Counters(settings.maxKeys(), settings.shared()),
            RateLimits.class,
            () -> new RateLimits(rules, counting(), nanoTime))
        .with(rules);
  }

  /** What buckets depend on. */
  private record Counters(int most, Optional<SharedLimiterSource.Settings> shared) {}

  /** {@return which limits a document has} */
  RateLimits.Rules rules(OpenApi document) {
    boolean all = settings.enabled().orElse(false);
    boolean own = settings.enabled().orElse(true);
    return new RateLimits.Rules(
        all ? terms(GENERAL, settings.requests()) : Optional.empty(),
        own ? handlers(document) : Map.of(),
        own ? terms(OF_OPERATION, settings.requests()) : Optional.empty(),
        all ? quota(OF_ADDRESS, settings.beforeAuthRequests()) : Optional.empty(),
        settings.authFailures(),
        settings.skipOptions());
  }

  private Map<String, Optional<RateLimits.Terms>> handlers(OpenApi document) {
    Map<String, Optional<RateLimits.Terms>> named = new LinkedHashMap<>();
    Set<String> handlers = ApiCompiler.handlerNames(document);
    settings
        .routes()
        .forEach((name, route) -> {
          String handler = handler(name, handlers);
          if (handler == null) {
            findings.add(unknown(name, route.place(), handlers));
          } else {
            named.put(handler, terms(OF_OPERATION, route.requests()));
          }
        });
    return named;
  }

  private Optional<RateLimits.Terms> terms(String policy, int requests) {
    return quota(policy, requests).map(quota -> new RateLimits.Terms(quota, settings.key()));
  }

  private Optional<Quota> quota(String policy, int requests) {
    return requests == 0
        ? Optional.empty()
        : Optional.of(new Quota(policy, requests, settings.window()));
  }

  /** {@return the handler that a name of the configuration means} A variable has capitals only. */
  static @Nullable String handler(String name, Set<String> handlers) {
    if (handlers.contains(name)) {
      return name;
    }
    String capitals = ConfigName.inVariable(name);
    List<String> alike =
        handlers.stream().filter(each -> ConfigName.inVariable(each).equals(capitals)).toList();
    return alike.size() == 1 ? alike.getFirst() : null;
  }

  private static Finding unknown(String name, SourceLocation place, Set<String> handlers) {
    return new Finding(
        "rate-limit-route",
        Severity.ERROR,
        place,
        RateLimitKeys.ROUTE.of(name).name() + " is for a handler that no operation has",
        Spelling.nearest(name, handlers)
            .map(near -> "did you mean " + near + "?")
            .orElse("name one of " + String.join(", ", handlers)));
  }

  /**
   * {@return who counts for several servers, for a start to say; nothing where nobody is to} Asks
   * whether they answer, so it may take some seconds.
   *
   * @param limits what {@link #limits} has made
   */
  Optional<String> counting(RateLimits limits) {
    return settings
        .shared()
        .map(shared ->
            "rate limits are counted "
                + limits
                    .connect()
                    .map(trouble -> "by this server alone: " + trouble)
                    .orElseGet(() -> "with other servers, at " + place(shared.url())));
  }

  /** Without what must not be shown. */
  private static String place(URI url) {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /** {@return what is wrong about the limits} */
  List<Finding> findings() {
    return findings;
  }

  /** {@return what compiling gives, with what is wrong about the limits} */
  Compilation judge(Compilation compilation) {
    if (findings.isEmpty()) {
      return compilation;
    }
    List<Finding> all = new ArrayList<>(compilation.findings());
    all.addAll(findings);
    return new Compilation.Refused(all);
  }

  private RateLimits.Counting counting() {
    return new RateLimits.Counting(
        settings.maxKeys(),
        settings.shared().map(RateLimitSetup::shared),
        settings.shared().map(SharedLimiterSource.Settings::timeout).orElse(Duration.ZERO));
  }

  private static SharedLimiter shared(SharedLimiterSource.Settings settings) {
    String scheme = settings.url().getScheme();
    for (SharedLimiterSource source : ServiceLoader.load(SharedLimiterSource.class)) {
      if (source.schemes().contains(scheme)) {
        return source.open(settings);
      }
    }
    throw new StartupException(
        "rate_limit.redis_url is set, but nothing on the class path counts in Redis; add"
            + " io.brrtrouter:brrtrouter-redis to the dependencies, or remove the setting",
        new IllegalStateException("no SharedLimiterSource for " + scheme));
  }
}
