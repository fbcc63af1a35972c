package io.brrtrouter.server.auth;

import io.brrtrouter.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of one request by a {@link SecurityPlan}: what was presented and what providers
 * said, so that nothing is read or asked twice. Used by one thread at a time.
 */
public final class SecurityCheck {
  private static final Verification INTERRUPTED =
      new Verification.Unavailable("the verification was interrupted");
  private static final SecurityDecision ANONYMOUS = new SecurityDecision.Granted(List.of());

  private final SecurityPlan plan;
  private final HttpRequest head;
  private final @Nullable Presented[] presented;
  private final @Nullable Verification[] said;
  private boolean onThread;

  /** The scheme whose provider failed; none if negative. */
  private int failed = -1;

  /** How an alternative stands. */
  private enum State {
    SATISFIED,
    /** A credential is not there, or has not the right shape. */
    INCOMPLETE,
    REFUSED,
    /** Scopes are missing. */
    INSUFFICIENT,
    /** The authentication is not strong or not recent enough. */
    STALE,
    UNAVAILABLE,
    NEEDS_THREAD
  }

  SecurityCheck(SecurityPlan plan, HttpRequest head) {
    this.plan = plan;
    this.head = head;
    this.presented = new Presented[plan.slots().size()];
    this.said = new Verification[plan.slots().size()];
  }

  /**
   * Decides without blocking, or says that it takes a thread.
   *
   * @return the decision
   * @throws ProviderException if a provider fails
   */
  public SecurityDecision decide() {
    List<SecurityPlan.Alternative> alternatives = plan.alternatives();
    State[] states = new State[alternatives.size()];
    for (int i = 0; i < states.length; i++) {
      SecurityPlan.Alternative alternative = alternatives.get(i);
      State state = state(alternative);
      if (state == State.SATISFIED) {
        return new SecurityDecision.Granted(principals(alternative));
      }
      if (state == State.NEEDS_THREAD) {
        return new SecurityDecision.NeedsThread(this::decideOnThread);
      }
      states[i] = state;
    }
    return plan.allowsAnonymous() ? perhapsAnonymous(states) : unsatisfied(states);
  }

  private SecurityDecision decideOnThread() {
    onThread = true;
    return decide();
  }

  /** {@return whether the request has a password in it, which may be a guess} */
  public boolean presentsPassword() {
    for (int slot = 0; slot < presented.length; slot++) {
      if (presented(slot) instanceof Presented.Present present
          && present.credential() instanceof Credential.Basic) {
        return true;
      }
    }
    return false;
  }

  /** {@return whether a provider has refused a credential} To be asked after the decision. */
  public boolean refusedSomething() {
    for (Verification each : said) {
      if (each instanceof Verification.Refused) {
        return true;
      }
    }
    return false;
  }

  private State state(SecurityPlan.Alternative alternative) {
    // First what costs nothing: a credential that is missing spares the verification of the others.
    for (SecurityPlan.Step step : alternative.steps()) {
      if (!(presented(step.slot()) instanceof Presented.Present)) {
        return State.INCOMPLETE;
      }
    }
    State state = State.SATISFIED;
    for (SecurityPlan.Step step : alternative.steps()) {
      State next =
          switch (said(step.slot())) {
            case Verification.Accepted accepted -> granted(step, accepted);
            case Verification.Refused _ -> State.REFUSED;
            case Verification.Unavailable _ -> State.UNAVAILABLE;
            case Verification.NeedsThread _ -> State.NEEDS_THREAD;
          };
      if (next == State.INSUFFICIENT || next == State.STALE) {
        // A credential that is good is not the last word: another one may not be.
        state = state == State.SATISFIED ? next : state;
      } else if (next != State.SATISFIED) {
        return next;
      }
    }
    return state;
  }

  private State granted(SecurityPlan.Step step, Verification.Accepted accepted) {
    if (!accepted.scopes().containsAll(step.scopes())) {
      return State.INSUFFICIENT;
    }
    StepUp stepUp = plan.stepUp();
    return stepUp == null || !step.challenge().bearer() || stepUp.missing(accepted.claims()) == null
        ? State.SATISFIED
        : State.STALE;
  }

  private Presented presented(int slot) {
    Presented known = presented[slot];
    if (known == null) {
      known = plan.slots().get(slot).reader().read(head);
      presented[slot] = known;
    }
    return known;
  }

  private Verification said(int slot) {
    Verification known = said[slot];
    if (known == null) {
      known = ask(slot, SecurityProvider::verifyOnLoop);
    }
    if (onThread && known instanceof Verification.NeedsThread) {
      known = ask(slot, SecurityProvider::verify);
      if (known instanceof Verification.NeedsThread) {
        failed = slot;
        throw new ProviderException(name(slot), "it has a thread and asks for one");
      }
    }
    said[slot] = known;
    return known;
  }

  /** A way to ask a provider. */
  private interface Question {
    @Nullable Verification ask(
        SecurityProvider provider, Credential credential, HttpRequest request) throws Exception;
  }

  private Verification ask(int slot, Question question) {
    Credential credential = ((Presented.Present) presented(slot)).credential();
    try {
      Verification answer = question.ask(plan.slots().get(slot).provider(), credential, head);
      if (answer != null) {
        return answer;
      }
    } catch (Exception failure) {
      // The client has left: that is what fails channels and locks, and no fault of the provider.
      if (isInterrupted(failure)) {
        return INTERRUPTED;
      }
      failed = slot;
      throw new ProviderException(name(slot), failure);
    } catch (Error failure) {
      failed = slot;
      throw new ProviderException(name(slot), failure);
    }
    failed = slot;
    throw new ProviderException(name(slot), "it answered null");
  }

  /**
   * {@return whether it is for an interruption that a provider has failed} That stays. Nobody
   * interrupts an event loop, which is no virtual thread: there a provider did it by itself.
   */
  private static boolean isInterrupted(Exception failure) {
    Thread current = Thread.currentThread();
    if (current.isVirtual() && failure instanceof InterruptedException) {
      current.interrupt();
    }
    return current.isVirtual() && current.isInterrupted();
  }

  private String name(int slot) {
    return plan.slots().get(slot).name();
  }

  private List<Principal> principals(SecurityPlan.Alternative alternative) {
    List<SecurityPlan.Step> steps = alternative.steps();
    if (steps.size() == 1) {
      return List.of(principal(steps.getFirst()));
    }
    return steps.stream().map(this::principal).toList();
  }

  private Principal principal(SecurityPlan.Step step) {
    Verification.Accepted accepted = (Verification.Accepted) said(step.slot());
    return new Principal(
        name(step.slot()), accepted.subject(), accepted.scopes(), accepted.claims());
  }

  /** Nobody has to say who they are, but who says it must be right, unless the plan is lenient. */
  private SecurityDecision perhapsAnonymous(State[] states) {
    if (plan.isLenient()) {
      return ANONYMOUS;
    }
    boolean wrong = false;
    for (int i = 0; i < presented.length; i++) {
      switch (presented(i)) {
        case Presented.Absent _ -> {}
        case Presented.Malformed _ -> wrong = true;
        case Presented.Present _ -> {
          switch (said(i)) {
            case Verification.Accepted _ -> {}
            case Verification.Refused _ -> wrong = true;
            case Verification.Unavailable _ -> {
              return new SecurityDecision.Unavailable(name(i));
            }
            case Verification.NeedsThread _ -> {
              return new SecurityDecision.NeedsThread(this::decideOnThread);
            }
          }
        }
      }
    }
    return wrong ? unsatisfied(states) : ANONYMOUS;
  }

  private SecurityDecision unsatisfied(State[] states) {
    int unavailable = indexOf(states, State.UNAVAILABLE);
    if (unavailable >= 0) {
      return new SecurityDecision.Unavailable(unavailable(plan.alternatives().get(unavailable)));
    }
    return indexOf(states, State.INSUFFICIENT) >= 0 ? denied(states) : challenged(states);
  }

  private static int indexOf(State[] states, State state) {
    for (int i = 0; i < states.length; i++) {
      if (states[i] == state) {
        return i;
      }
    }
    return -1;
  }

  private String unavailable(SecurityPlan.Alternative alternative) {
    return alternative.steps().stream()
        .filter(step -> said[step.slot()] instanceof Verification.Unavailable)
        .map(step -> name(step.slot()))
        .findFirst()
        .orElseThrow();
  }

  private SecurityDecision denied(State[] states) {
    Set<String> challenges = new LinkedHashSet<>();
    Set<String> missing = new LinkedHashSet<>();
    for (int i = 0; i < states.length; i++) {
      if (states[i] == State.INSUFFICIENT) {
        for (SecurityPlan.Step step : plan.alternatives().get(i).steps()) {
          missing(step, challenges, missing);
        }
      }
    }
    return new SecurityDecision.Denied(List.copyOf(challenges), List.copyOf(missing));
  }

  private void missing(SecurityPlan.Step step, Set<String> challenges, Set<String> missing) {
    List<String> lacking = new ArrayList<>(step.scopes());
    lacking.removeAll(((Verification.Accepted) said(step.slot())).scopes());
    missing.addAll(lacking);
    if (!lacking.isEmpty() && step.challenge().bearer()) {
      challenges.add(step.challenge().insufficient());
    }
  }

  private SecurityDecision challenged(State[] states) {
    Set<String> challenges = new LinkedHashSet<>();
    for (SecurityPlan.Alternative alternative : plan.alternatives()) {
      alternative.steps().forEach(step -> challenges.add(challenge(step)));
    }
    return new SecurityDecision.Challenged(List.copyOf(challenges), detail(states));
  }

  /** {@return what came nearest, and why it is not enough} */
  private String detail(State[] states) {
    String detail =
        "the request carries no credential that satisfies the operation's security requirements"
            + hint();
    for (int i = 0; i < states.length; i++) {
      List<SecurityPlan.Step> steps = plan.alternatives().get(i).steps();
      switch (states[i]) {
        case REFUSED -> {
          return steps.stream()
              .filter(step -> said[step.slot()] instanceof Verification.Refused)
              .map(step -> refused(step.slot()))
              .findFirst()
              .orElse(detail);
        }
        case STALE ->
            detail = "the token is good, but a stronger or more recent authentication is required";
        case INCOMPLETE -> detail = incomplete(steps, detail);
        default -> {}
      }
    }
    return detail;
  }

  /** {@return what is there for another scheme} */
  private String hint() {
    for (int i = 0; i < presented.length; i++) {
      if (presented(i) instanceof Presented.Absent(String hint) && !hint.isEmpty()) {
        return ": " + hint;
      }
    }
    return "";
  }

  private String refused(int slot) {
    return "the credential of security scheme "
        + name(slot)
        + " is refused: "
        + ((Verification.Refused) Objects.requireNonNull(said[slot])).reason();
  }

  private String incomplete(List<SecurityPlan.Step> steps, String otherwise) {
    List<String> missing = new ArrayList<>();
    for (SecurityPlan.Step step : steps) {
      if (said[step.slot()] instanceof Verification.Refused) {
        return refused(step.slot());
      }
      switch (presented(step.slot())) {
        case Presented.Absent _ -> missing.add(name(step.slot()));
        case Presented.Malformed(String why, boolean _) -> {
          return why;
        }
        case Presented.Present _ -> {}
      }
    }
    if (missing.isEmpty() || missing.size() == steps.size()) {
      return otherwise;
    }
    String all = String.join(" and ", steps.stream().map(step -> name(step.slot())).toList());
    return String.join(" and ", missing)
        + (missing.size() == 1 ? " is" : " are")
        + " missing: "
        + all
        + " are needed together";
  }

  private String challenge(SecurityPlan.Step step) {
    Challenge challenge = step.challenge();
    if (presented(step.slot()) instanceof Presented.Malformed what) {
      return challenge.malformed(what);
    }
    return switch (said[step.slot()]) {
      case Verification.Refused(String reason) -> challenge.refused(reason);
      case Verification.Accepted accepted when challenge.bearer() -> stepUp(challenge, accepted);
      case null, default -> challenge.missing();
    };
  }

  private String stepUp(Challenge challenge, Verification.Accepted accepted) {
    StepUp stepUp = plan.stepUp();
    String missing = stepUp == null ? null : stepUp.missing(accepted.claims());
    return stepUp == null || missing == null
        ? challenge.missing()
        : challenge.missing() + stepUp.parameters(missing);
  }

  /**
   * {@return what was found out about each scheme, for people who want to know why the request was
   * or was not let in; never a secret} To be asked after the decision.
   */
  public List<SchemeFinding> findings() {
    List<SchemeFinding> findings = new ArrayList<>();
    for (int i = 0; i < presented.length; i++) {
      findings.add(new SchemeFinding(name(i), finding(i)));
    }
    return findings;
  }

  private String finding(int slot) {
    return switch (presented(slot)) {
      case Presented.Absent(String hint) ->
          hint.isEmpty() ? "no credential" : "no credential: " + hint;
      case Presented.Malformed(String why, boolean _) -> "no credential that can be read: " + why;
      case Presented.Present(Credential credential) ->
          switch (said[slot]) {
            case Verification.Accepted(String subject, List<String> scopes, _) ->
                "accepted" + (subject.isEmpty() ? "" : " as " + subject) + ", scopes " + scopes;
            case Verification.Refused(String reason) -> "refused: " + reason + whose(credential);
            case Verification.Unavailable(String reason) -> "cannot be verified: " + reason;
            case Verification.NeedsThread _ when failed != slot -> "being verified";
            case null, default -> failed == slot ? "its provider failed" : "not looked at";
          };
    };
  }

  /**
   * {@return whose client certificate was refused and why, in words; empty if none was} To be asked
   * after the decision.
   */
  public Optional<String> refusedCertificate() {
    for (int i = 0; i < presented.length; i++) {
      if (said[i] instanceof Verification.Refused(String reason)
          && presented(i) instanceof Presented.Present(Credential.ClientCertificate certificate)) {
        return Optional.of(certificate.name() + ": " + reason);
      }
    }
    return Optional.empty();
  }

  /** Clients are not told, but whoever asks why: a certificate is no secret. */
  private static String whose(Credential credential) {
    return credential instanceof Credential.ClientCertificate certificate
        ? ", " + certificate.name()
        : "";
  }
}
