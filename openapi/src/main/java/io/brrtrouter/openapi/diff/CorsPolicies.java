package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.CorsExtension;
import io.brrtrouter.openapi.model.CorsExtension.Changes;
import io.brrtrouter.openapi.model.CorsExtension.Inherited;
import io.brrtrouter.openapi.model.CorsExtension.Off;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of two CORS policies allows more. */
final class CorsPolicies {
  private CorsPolicies() {}

  static ChangeRule rule(CorsExtension before, CorsExtension after) {
    if (after instanceof Off) {
      return OperationRule.CORS_NARROWED;
    }
    if (before instanceof Off) {
      return OperationRule.CORS_WIDENED;
    }
    return compared(changes(before), changes(after));
  }

  /** What is inherited is what changes nothing. */
  private static Changes changes(CorsExtension extension) {
    return switch (extension) {
      case Changes changes -> changes;
      case Inherited _ ->
          new Changes(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      case Off _ -> throw new IllegalArgumentException("off changes nothing, it is no policy");
    };
  }

  private static ChangeRule compared(Changes before, Changes after) {
    List<Order> orders =
        List.of(
            order(before.allowedHeaders(), after.allowedHeaders()),
            order(before.allowedMethods(), after.allowedMethods()),
            order(before.exposeHeaders(), after.exposeHeaders()),
            credentials(before.allowCredentials(), after.allowCredentials()));
    if (orders.contains(Order.LESS)) {
      return OperationRule.CORS_NARROWED;
    }
    return orders.contains(Order.UNKNOWN) ? OperationRule.CORS_CHANGED : OperationRule.CORS_WIDENED;
  }

  private enum Order {
    LESS,
    AS_MUCH,
    UNKNOWN
  }

  private static Order order(Optional<List<String>> before, Optional<List<String>> after) {
    if (before.isEmpty() && after.isEmpty()) {
      return Order.AS_MUCH;
    }
    if (before.isEmpty() || after.isEmpty()) {
      return Order.UNKNOWN;
    }
    Set<String> now = lowerCase(after.get());
    return now.contains("*") || now.containsAll(lowerCase(before.get()))
        ? Order.AS_MUCH
        : Order.LESS;
  }

  private static Set<String> lowerCase(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  private static Order credentials(Optional<Boolean> before, Optional<Boolean> after) {
    if (before.equals(after)) {
      return Order.AS_MUCH;
    }
    if (before.isEmpty() || after.isEmpty()) {
      return Order.UNKNOWN;
    }
    return after.get() ? Order.AS_MUCH : Order.LESS;
  }
}
