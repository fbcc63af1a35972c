package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.CorsExtension;
import io.brrtrouter.openapi.model.EventStreamExtension;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.RateLimitExtension;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares the extensions of operations. */
final class ExtensionComparison {
  private final Changes changes;

  ExtensionComparison(Changes changes) {
    this.changes = changes;
  }

  void compare(Site site, Operation before, Operation after) {
    Set<String> names = new LinkedHashSet<>(after.extensions().keySet());
    names.addAll(before.extensions().keySet());
    for (String name : names) {
      JsonNode old = before.extensions().get(name);
      JsonNode now = after.extensions().get(name);
      if (same(old, now)) {
        continue;
      }
      ChangeRule rule = rule(name, before, after);
      if (rule != null) {
        changes.add(
            site, rule, place(before, name, old), place(after, name, now), message(name, old, now));
      }
    }
  }

  static boolean same(@Nullable JsonNode before, @Nullable JsonNode after) {
    if (before == null || after == null) {
      return Objects.equals(before, after);
    }
    return Texts.canonical(before).equals(Texts.canonical(after));
  }

  private static ChangeLocation place(Operation operation, String name, @Nullable JsonNode value) {
    return value == null
        ? ChangeLocation.inParent("the operation", operation.location())
        : ChangeLocation.of(
            operation.extensionLocations().getOrDefault(name, operation.location()));
  }

  static String message(String name, @Nullable JsonNode before, @Nullable JsonNode after) {
    if (before == null && after != null) {
      return name + " was added: " + Texts.shown(after);
    }
    if (before != null && after == null) {
      return name + " was removed; it was " + Texts.shown(before);
    }
    return "%s changed from %s to %s"
        .formatted(
            name,
            before == null ? "none" : Texts.shown(before),
            after == null ? "none" : Texts.shown(after));
  }

  /** {@return the rule; null for what is told elsewhere} */
  private static @Nullable ChangeRule rule(String name, Operation before, Operation after) {
    if (name.equals(Sunset.FIELD) || name.startsWith(OperationExtension.HANDLER_PREFIX)) {
      return null;
    }
    for (OperationExtension each : OperationExtension.values()) {
      if (each.field().equals(name)) {
        return known(each, before, after);
      }
    }
    return OperationRule.EXTENSION_CHANGED;
  }

  private static @Nullable ChangeRule known(
      OperationExtension extension, Operation before, Operation after) {
    return switch (extension) {
      case BODY_LIMIT -> bodyLimit(extension.of(before), extension.of(after));
      case STREAM_BODY -> streamBody(before, after);
      case DEADLINE -> OperationRule.DEADLINE_CHANGED;
      case MAX_IN_FLIGHT -> maxInFlight(extension.of(before), extension.of(after));
      case CONCURRENCY -> OperationRule.CONCURRENCY_CHANGED;
      case RESPONSE_CHECK -> OperationRule.RESPONSE_CHECK_CHANGED;
      case STEP_UP -> stepUp(extension.of(before), extension.of(after));
      case RATE_LIMIT ->
          RateLimits.rule(RateLimitExtension.of(before), RateLimitExtension.of(after));
      case EVENT_STREAM -> eventStream(isEventStream(before), isEventStream(after));
      case WEB_SOCKET -> null;
      case SERVICE, SERVICE_BASE_PATH, DOWNSTREAM_PATH -> OperationRule.SERVICE_CHANGED;
      case CORS -> CorsPolicies.rule(CorsExtension.of(before), CorsExtension.of(after));
    };
  }

  private static @Nullable ChangeRule streamBody(Operation before, Operation after) {
    boolean streamed = OperationExtension.streamsBody(before);
    if (streamed == OperationExtension.streamsBody(after)) {
      return null;
    }
    return streamed ? OperationRule.BODY_COLLECTED : OperationRule.BODY_STREAMED;
  }

  private static ChangeRule eventStream(boolean before, boolean after) {
    if (before == after) {
      return StreamRule.EVENT_STREAM_MARK_CHANGED;
    }
    return after ? StreamRule.EVENT_STREAM_BEGUN : StreamRule.EVENT_STREAM_ENDED;
  }

  /** {@return whether the response is a stream of events, marked as one or not} */
  private static boolean isEventStream(Operation operation) {
    return operation.sse()
        || EventStreamExtension.STATUSES.stream()
            .filter(operation.responses()::containsKey)
            .findFirst()
            .map(operation.responses()::get)
            .filter(response ->
                response.content().keySet().stream().anyMatch(EventStreamExtension::isEventStream))
            .isPresent();
  }

  private static ChangeRule bodyLimit(Optional<JsonNode> before, Optional<JsonNode> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return OperationRule.BODY_LIMIT_CHANGED;
    }
    return after.get().longValue() < before.get().longValue()
        ? OperationRule.BODY_LIMIT_LOWERED
        : OperationRule.BODY_LIMIT_RAISED;
  }

  /** Without one there are as many as the server takes. */
  private static ChangeRule maxInFlight(Optional<JsonNode> before, Optional<JsonNode> after) {
    boolean lowered =
        after.isPresent()
            && (before.isEmpty() || after.get().longValue() < before.get().longValue());
    return lowered ? OperationRule.MAX_IN_FLIGHT_LOWERED : OperationRule.MAX_IN_FLIGHT_RAISED;
  }

  /** A token that was enough still is: as old at most, and one of as many classes at least. */
  private static ChangeRule stepUp(Optional<JsonNode> before, Optional<JsonNode> after) {
    if (after.isEmpty()) {
      return OperationRule.STEP_UP_RELAXED;
    }
    if (before.isEmpty()) {
      return OperationRule.STEP_UP_CHANGED;
    }
    JsonNode oldAge = before.get().path("maxAge");
    JsonNode newAge = after.get().path("maxAge");
    boolean asOld =
        newAge.isMissingNode()
            || (!oldAge.isMissingNode() && newAge.longValue() >= oldAge.longValue());
    JsonNode newClasses = after.get().path("acrValues");
    boolean asStrong =
        newClasses.isMissingNode()
            || (before.get().has("acrValues")
                && classes(newClasses).containsAll(classes(before.get().path("acrValues"))));
    return asOld && asStrong ? OperationRule.STEP_UP_RELAXED : OperationRule.STEP_UP_CHANGED;
  }

  private static Set<String> classes(JsonNode values) {
    Set<String> classes = new LinkedHashSet<>();
    values.forEach(each -> classes.add(each.stringValue()));
    return classes;
  }
}
