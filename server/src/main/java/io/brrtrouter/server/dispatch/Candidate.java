package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.auth.SecurityCheck;
import io.brrtrouter.server.auth.SecurityDecision;
import io.brrtrouter.server.auth.SecurityPlan;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.router.Match;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request whose head is what its operation takes, and of which nobody knows yet whether it may.
 *
 * @param arrival the request
 * @param operation what it asks for
 * @param match the path's parameters
 * @param welcome what its head says about its body
 * @param inFlight bounds how many requests are in flight, those being judged included
 */
record Candidate(
    Arrival arrival,
    CompiledOperation operation,
    Match<?> match,
    Intake.Welcome welcome,
    Permits inFlight) {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.security");

  /** Decides on an event loop. */
  HeadDecision enter() {
    SecurityPlan security = operation.plan().security();
    if (security.isPublic()) {
      return collect(List.of(), null);
    }
    SecurityCheck check = security.check(arrival.head());
    try {
      return switch (check.decide()) {
        case SecurityDecision.NeedsThread(Supplier<SecurityDecision> rest) -> defer(check, rest);
        case SecurityDecision decision -> settle(check, decision, null);
      };
    } catch (RuntimeException failure) {
      Failures.security(arrival, failure);
      return arrival.refuse(new Rejection.InternalError());
    }
  }

  private HeadDecision defer(SecurityCheck check, Supplier<SecurityDecision> rest) {
    Permit permit = inFlight.take();
    return permit == null
        ? arrival.refuse(new Rejection.Overloaded())
        : new HeadDecision.Deferred(() -> decide(check, rest, permit));
  }

  /** Decides on a thread of its own. */
  private HeadDecision decide(SecurityCheck check, Supplier<SecurityDecision> rest, Permit permit) {
    try {
      return settle(check, rest.get(), permit);
    } catch (Throwable failure) {
      permit.release();
      Failures.security(arrival, failure);
      return arrival.refuse(new Rejection.InternalError());
    }
  }

  private HeadDecision settle(
      SecurityCheck check, SecurityDecision decision, @Nullable Permit permit) {
    operation.listener().judged(new Judgement(this, decision, check));
    if (decision instanceof SecurityDecision.Granted(List<Principal> principals)) {
      return collect(principals, permit);
    }
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "request {}: {} {} is not let in: {}",
          arrival.requestId(),
          arrival.head().method(),
          arrival.place(),
          check.findings());
    }
    if (permit != null) {
      permit.release();
    }
    return arrival.refuse(rejection(decision));
  }

  private static Rejection rejection(SecurityDecision decision) {
    return switch (decision) {
      case SecurityDecision.Challenged(List<String> challenges, String detail) ->
          new Rejection.Unauthenticated(challenges, detail);
      case SecurityDecision.Denied(List<String> challenges, List<String> missing) ->
          new Rejection.InsufficientScope(challenges, missing);
      case SecurityDecision.Unavailable _ -> new Rejection.Unverifiable();
      case SecurityDecision.Granted _, SecurityDecision.NeedsThread _ ->
          throw new IllegalStateException("nothing is refused by " + decision);
    };
  }

  private HeadDecision collect(List<Principal> principals, @Nullable Permit held) {
    Permit permit = held == null ? inFlight.take() : held;
    if (permit == null) {
      return arrival.refuse(new Rejection.Overloaded());
    }
    Admission admission = new Admission(match, welcome.media(), welcome.unlessEmpty(), principals);
    Admitted admitted = new Admitted(arrival, operation, admission, permit);
    return new HeadDecision.Collect(operation.plan().settings().bodyLimit(), admitted, admitted);
  }
}
