package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.RateLimitExtension;
import io.brrtrouter.openapi.model.RateLimitExtension.Inherited;
import io.brrtrouter.openapi.model.RateLimitExtension.Off;
import io.brrtrouter.openapi.model.RateLimitExtension.Own;

/** Which of two rate limits allows more. */
final class RateLimits {
  private RateLimits() {}

  static ChangeRule rule(RateLimitExtension before, RateLimitExtension after) {
    return switch (after) {
      case Off _ -> OperationRule.RATE_LIMIT_RAISED;
      case Inherited _ ->
          before instanceof Off
              ? OperationRule.RATE_LIMIT_LOWERED
              : OperationRule.RATE_LIMIT_CHANGED;
      case Own now ->
          switch (before) {
            case Off _ -> OperationRule.RATE_LIMIT_LOWERED;
            case Inherited _ -> OperationRule.RATE_LIMIT_CHANGED;
            case Own old -> compared(old, now);
          };
    };
  }

  private static ChangeRule compared(Own before, Own after) {
    boolean known =
        before.requests().isPresent()
            && after.requests().isPresent()
            && before.window().isPresent()
            && after.window().isPresent();
    if (!known || !before.key().equals(after.key())) {
      return OperationRule.RATE_LIMIT_CHANGED;
    }
    int oldRequests = before.requests().get();
    int newRequests = after.requests().get();
    long oldWindow = before.window().get().toMillis();
    long newWindow = after.window().get().toMillis();
    boolean asMany = newRequests >= oldRequests;
    boolean asOften = newRequests * oldWindow >= oldRequests * newWindow;
    boolean asManyAtOnce = after.burst().orElse(newRequests) >= before.burst().orElse(oldRequests);
    return asMany && asOften && asManyAtOnce
        ? OperationRule.RATE_LIMIT_RAISED
        : OperationRule.RATE_LIMIT_LOWERED;
  }
}
