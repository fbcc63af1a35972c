package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.RateLimitExtension;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.limit.RateLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds settings of rate limits that no limit of a document takes. */
final class IdleLimits {
  /** What some limits take and others do not. */
  private static final List<ConfigKey<?>> OPTIONAL =
      List.of(
          RateLimitKeys.REQUESTS,
          RateLimitKeys.WINDOW,
          RateLimitKeys.KEY,
          RateLimitKeys.BEFORE_AUTH);

  private final ConfigValues values;
  private final Optional<Boolean> enabled;

  IdleLimits(ConfigValues values) {
    this.values = values;
    this.enabled = values.get(RateLimitKeys.ENABLED);
  }

  /** {@return a warning for each} */
  List<Finding> in(OpenApi document) {
    if (enabled.isPresent()) {
      return enabled.get() ? List.of() : turnedOff();
    }
    Set<ConfigKey<?>> taken = taken(document);
    return OPTIONAL.stream()
        .filter(key -> values.isGiven(key) && !taken.contains(key))
        .map(key ->
            warning(
                key,
                "does nothing: no operation has a limit that takes it",
                "set rate_limit.enabled to true, which limits all operations, or remove it"))
        .toList();
  }

  private List<Finding> turnedOff() {
    List<ConfigKey<?>> given = new ArrayList<>(OPTIONAL);
    values.names(RateLimitKeys.ROUTES).forEach(name -> given.add(RateLimitKeys.ROUTE.of(name)));
    return given.stream()
        .filter(values::isGiven)
        .map(key ->
            warning(
                key,
                "does nothing: rate_limit.enabled is false",
                "remove one of both; unless it is set, operations are limited that"
                    + " rate_limit.routes or the document name"))
        .toList();
  }

  private Set<ConfigKey<?>> taken(OpenApi document) {
    RateLimits.Rules rules = new RateLimitSetup(RateLimitSettings.of(values)).rules(document);
    Set<ConfigKey<?>> taken = new HashSet<>();
    for (Operation operation : document.operations()) {
      Optional<RateLimits.Terms> route =
          rules.handlers().get(OperationExtension.handlerName(operation));
      if (route == null) {
        takenByDocument(operation, taken);
      } else if (route.isPresent()) {
        taken.add(RateLimitKeys.WINDOW);
        taken.add(RateLimitKeys.KEY);
      }
    }
    return taken;
  }

  private static void takenByDocument(Operation operation, Set<ConfigKey<?>> taken) {
    if (RateLimitExtension.of(operation) instanceof RateLimitExtension.Own own) {
      if (own.requests().isEmpty()) {
        taken.add(RateLimitKeys.REQUESTS);
      }
      if (own.window().isEmpty()) {
        taken.add(RateLimitKeys.WINDOW);
      }
      if (own.key().isEmpty()) {
        taken.add(RateLimitKeys.KEY);
      }
    }
  }

  private <T> Finding warning(ConfigKey<T> key, String message, String fix) {
    return Contradictions.of(Severity.WARNING, values, key, message, fix);
  }
}
