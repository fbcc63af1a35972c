package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.auth.ClientName;
import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.auth.SecurityCheck;
import io.brrtrouter.server.auth.SecurityDecision;
import io.brrtrouter.server.auth.SecurityPlan;
import io.brrtrouter.server.dispatch.Judgement.Looked;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.limit.Client;
import io.brrtrouter.server.limit.Limit;
import io.brrtrouter.server.limit.Patience;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.trace.Attachment;
import io.brrtrouter.server.trace.RequestStep;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request whose head is what its operation takes, and of which nobody knows yet whether it may:
 * not too often from its address, by whom it says it is, and not too often from that one.
 *
 * @param arrival the request
 * @param operation what it asks for
 * @param match the path's parameters
 * @param welcome what its head says about its body
 * @param bounds those of the server
 */
record Candidate(
    Arrival arrival,
    CompiledOperation operation,
    Match<?> match,
    Intake.Welcome welcome,
    Bounds bounds) {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.security");

  /**
   * What a request has that is judged on a thread of its own.
   *
   * @param permit to be in flight
   * @param patience how long it may still wait for who counts
   */
  private record OnThread(Permit permit, Patience patience) {}

  /** Decides on an event loop. */
  HeadDecision enter() {
    try {
      return arrive(null);
    } catch (Throwable failure) {
      return arrival.fail(failure, operation);
    }
  }

  /** Counts the request before anybody looks at its credentials, so that guessing is limited. */
  private HeadDecision arrive(@Nullable OnThread thread) {
    Limit limit = operation.plan().beforeAuthentication();
    if (limit == null) {
      return authenticate(thread, null);
    }
    if (thread == null && clients().blocks(arrival)) {
      return deferJudging(this::arrive, Looked.NOT, null);
    }
    Standing standing = clients().arrived(arrival, limit, patience(thread));
    return standing.admitted()
        ? authenticate(thread, standing)
        : refuse(new Rejection.AddressLimited(standing), Looked.NOT, thread, standing);
  }

  private HeadDecision authenticate(@Nullable OnThread thread, @Nullable Standing standing) {
    SecurityPlan security = operation.plan().security();
    if (security.isPublic()) {
      return allow(Looked.NOT, thread, standing);
    }
    arrival.begin(RequestStep.SECURITY);
    RequestSteps.judging(arrival, operation);
    SecurityCheck check = security.check(arrival.head());
    Standing barred = clients().barred(arrival);
    return barred != null && check.presentsPassword()
        ? barred(new Looked(check, null), barred, thread)
        : judge(check, check::decide, thread, standing);
  }

  private HeadDecision judge(
      SecurityCheck check,
      Supplier<SecurityDecision> question,
      @Nullable OnThread thread,
      @Nullable Standing standing) {
    SecurityDecision decision;
    // On a thread of its own it may ask somebody else, which joins the trace.
    try (Attachment _ = thread == null ? Attachment.NONE : arrival.attach(RequestStep.SECURITY)) {
      decision = question.get();
    } catch (Throwable failure) {
      Failures.security(arrival, failure);
      tell(Judgement.failed(arrival, operation, failure, new Looked(check, null)), thread);
      return answer(new Rejection.InternalError(), thread, standing);
    }
    return switch (decision) {
      case SecurityDecision.NeedsThread needs -> judgeOnThread(check, needs, thread, standing);
      case SecurityDecision settled -> settle(new Looked(check, settled), thread, standing);
    };
  }

  private HeadDecision judgeOnThread(
      SecurityCheck check,
      SecurityDecision.NeedsThread needs,
      @Nullable OnThread thread,
      @Nullable Standing standing) {
    Looked looked = new Looked(check, null);
    Standing barred = needs.guessable() ? clients().barred(arrival) : null;
    if (barred != null) {
      return barred(looked, barred, thread);
    }
    return thread == null
        ? deferJudging(held -> judge(check, needs.rest(), held, standing), looked, standing)
        : judge(check, needs.rest(), thread, standing);
  }

  /**
   * Too many credentials from there were refused. What can be guessed, or costs somebody else
   * something, is not looked at; signed tokens, and keys that the event loop knows, are no guesses,
   * and whoever has a good one is not kept out by a neighbour.
   */
  private HeadDecision barred(Looked looked, Standing standing, @Nullable OnThread thread) {
    clients().turnedAway();
    return refuse(new Rejection.Barred(standing), looked, thread, standing);
  }

  /** Half of those in flight may be judged at once, so that what anybody may call has room. */
  private HeadDecision deferJudging(
      Function<OnThread, HeadDecision> rest, Looked looked, @Nullable Standing standing) {
    Permit judged = bounds.judging().take();
    return judged == null
        ? refuse(new Rejection.Overloaded(), looked, null, standing)
        : defer(rest, looked, standing, judged::release);
  }

  private HeadDecision defer(
      Function<OnThread, HeadDecision> rest,
      Looked looked,
      @Nullable Standing standing,
      Runnable decided) {
    Permit permit = bounds.inFlight().take();
    if (permit == null) {
      decided.run();
      return refuse(new Rejection.Overloaded(), looked, null, standing);
    }
    return new HeadDecision.Deferred(() -> {
      try {
        return decide(rest, new OnThread(permit, clients().patience(arrival)));
      } finally {
        decided.run();
      }
    });
  }

  /** Decides on a thread of its own. */
  private HeadDecision decide(Function<OnThread, HeadDecision> rest, OnThread thread) {
    try {
      return rest.apply(thread);
    } catch (Throwable failure) {
      thread.permit.release();
      return arrival.fail(failure, operation);
    }
  }

  private HeadDecision settle(
      Looked looked, @Nullable OnThread thread, @Nullable Standing standing) {
    arrival.end(RequestStep.SECURITY);
    SecurityDecision decision = Objects.requireNonNull(looked.decision());
    SecurityCheck check = Objects.requireNonNull(looked.check());
    if (decision instanceof SecurityDecision.Granted) {
      clients().granted(arrival, check);
      return allow(looked, thread, standing);
    }
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "request {}: {} {} is not let in: {}",
          arrival.requestId(),
          arrival.head().method(),
          arrival.place(),
          check.findings());
    }
    Standing barred = clients().refused(arrival, check);
    return barred == null
        ? refuse(rejection(decision), looked, thread, standing)
        : barred(looked, barred, thread);
  }

  private static Rejection rejection(SecurityDecision decision) {
    return switch (decision) {
      case SecurityDecision.Challenged(List<String> challenges, String detail) ->
          new Rejection.Unauthenticated(challenges, detail);
      case SecurityDecision.Denied(List<String> challenges, List<String> missing, String detail) ->
          new Rejection.InsufficientScope(challenges, missing, detail);
      case SecurityDecision.Unavailable _ -> new Rejection.Unverifiable();
      case SecurityDecision.Granted _, SecurityDecision.NeedsThread _ ->
          throw new IllegalStateException("nothing is refused by " + decision);
    };
  }

  /** Counts the request of who may call. */
  private HeadDecision allow(Looked looked, @Nullable OnThread thread, @Nullable Standing before) {
    Limit limit = operation.plan().settings().limit();
    Client client =
        limit == null ? null : clients().client(arrival, limit.key(), clientName(looked));
    if (limit == null || client == null) {
      return collect(looked, thread, before);
    }
    if (thread == null && clients().blocks(arrival)) {
      return defer(held -> allow(looked, held, before), looked, before, () -> {});
    }
    Standing standing = clients().count(arrival, limit, client, patience(thread));
    return standing.admitted()
        ? collect(looked, thread, standing)
        : refuse(new Rejection.RateLimited(standing), looked, thread, standing);
  }

  private static List<Principal> principals(Looked looked) {
    return looked.decision() instanceof SecurityDecision.Granted(List<Principal> principals)
        ? principals
        : List.of();
  }

  private static Optional<ClientName> clientName(Looked looked) {
    SecurityCheck check = looked.check();
    return check == null ? Optional.empty() : check.clientName();
  }

  private ClientCounts clients() {
    return bounds.clients();
  }

  /** Nobody else is asked on an event loop. */
  private static @Nullable Patience patience(@Nullable OnThread thread) {
    return thread == null ? null : thread.patience;
  }

  private HeadDecision refuse(
      Rejection rejection, Looked looked, @Nullable OnThread thread, @Nullable Standing standing) {
    tell(Judgement.refused(arrival, operation, rejection, looked), thread);
    return answer(rejection, thread, standing);
  }

  private HeadDecision answer(
      Rejection rejection, @Nullable OnThread thread, @Nullable Standing standing) {
    arrival.end(RequestStep.SECURITY);
    if (thread != null) {
      thread.permit.release();
    }
    HttpResponse problem = arrival.api().problems().render(rejection, arrival.requestId());
    return arrival.answer(standing == null ? problem : standing.on(problem));
  }

  /**
   * Lets the request in, where there is room. What its operation has is for those who may call it:
   * nobody else fills it.
   */
  private HeadDecision collect(
      Looked looked, @Nullable OnThread thread, @Nullable Standing standing) {
    Permits bulkhead = operation.bulkhead();
    Permit ofOperation = bulkhead == null ? null : bulkhead.take();
    if (bulkhead != null && ofOperation == null) {
      return refuse(new Rejection.OperationOverloaded(), looked, thread, standing);
    }
    AdaptiveShare share = operation.adaptive();
    if (share != null && !share.enter()) {
      if (ofOperation != null) {
        ofOperation.release();
      }
      return refuse(new Rejection.OperationOverloaded(), looked, thread, standing);
    }
    Permit inFlight = thread == null ? bounds.inFlight().take() : thread.permit;
    if (inFlight == null) {
      if (share != null) {
        share.leave();
      }
      if (ofOperation != null) {
        ofOperation.release();
      }
      return refuse(new Rejection.Overloaded(), looked, null, standing);
    }
    Permit permit = ofOperation == null ? inFlight : inFlight.with(ofOperation);
    if (share != null) {
      permit.adapting(share);
    }
    if (looked.check() != null) {
      tell(Judgement.allowed(arrival, operation, looked), thread);
    }
    Admission admission =
        new Admission(match, welcome.media(), welcome.unlessEmpty(), principals(looked), standing);
    Admitted admitted = new Admitted(arrival, operation, admission, permit, bounds);
    long limit = operation.plan().settings().bodyLimit();
    return operation.plan().settings().streamsBody()
        ? new HeadDecision.Stream(limit, admitted, admitted)
        : new HeadDecision.Collect(Math.toIntExact(limit), admitted, admitted);
  }

  /** A thread is interrupted only when nobody waits for its decision any more. */
  private void tell(Judgement judgement, @Nullable OnThread thread) {
    boolean late = thread != null && Thread.currentThread().isInterrupted();
    arrival.tell(late ? judgement.late() : judgement);
  }
}
