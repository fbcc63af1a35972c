package io.brrtrouter.server.auth;

import io.brrtrouter.server.auth.SchemeAnswers.Asking;
import io.brrtrouter.server.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The judgement of one request by a {@link SecurityPlan}. Used by one thread at a time. */
public final class SecurityCheck {
  private static final SecurityDecision ANONYMOUS = new SecurityDecision.Granted(List.of());

  private final SecurityPlan plan;
  private final SchemeAnswers answers;

  /** What lets the request in; null before, and where nobody has to say who it is. */
  private SecurityPlan.@Nullable Alternative satisfied;

  /** How an alternative stands. */
  enum State {
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
    this.answers = new SchemeAnswers(plan, head);
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
        satisfied = alternative;
        return new SecurityDecision.Granted(principals(alternative));
      }
      if (state == State.NEEDS_THREAD) {
        return needsThread();
      }
      states[i] = state;
    }
    return plan.allowsAnonymous() ? perhapsAnonymous(states) : unsatisfied(states);
  }

  /** First whom guesses cannot trouble; who comes behind them may be somebody else. */
  private SecurityDecision needsThread() {
    boolean guessable = answers.awaitsGuessable();
    Asking next = guessable ? Asking.ALL : Asking.UNGUESSABLE;
    return new SecurityDecision.NeedsThread(
        () -> {
          answers.ask(next);
          return decide();
        },
        guessable);
  }

  /** {@return whether the request has a password in it, which may be a guess} */
  public boolean presentsPassword() {
    for (int slot = 0; slot < answers.count(); slot++) {
      if (answers.presented(slot) instanceof Presented.Present present
          && present.credential() instanceof Credential.Basic) {
        return true;
      }
    }
    return false;
  }

  /** {@return whether a provider has refused a credential} To be asked after the decision. */
  public boolean refusedSomething() {
    for (int slot = 0; slot < answers.count(); slot++) {
      if (answers.isRefused(slot)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return whether a provider has refused a credential that somebody may have guessed} To be
   * asked after the decision, whatever it was: another credential may let the request in.
   */
  public boolean refusedGuess() {
    for (int slot = 0; slot < answers.count(); slot++) {
      if (answers.isRefused(slot) && plan.slots().get(slot).guessable()) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return by what the client is known whom a credential lets in: the first of its subjects, else
   * the first other name; empty if nothing tells} To be asked after the decision.
   */
  public Optional<ClientName> clientName() {
    if (satisfied == null) {
      return Optional.empty();
    }
    ClientName other = null;
    for (SecurityPlan.Step step : satisfied.steps()) {
      String scheme = answers.name(step.slot());
      Verification.Accepted accepted = accepted(step);
      if (!accepted.subject().isEmpty()) {
        return Optional.of(new ClientName(scheme, ClientName.Kind.SUBJECT, accepted.subject()));
      }
      if (other == null && !accepted.client().isEmpty()) {
        other = new ClientName(scheme, ClientName.Kind.CREDENTIAL, accepted.client());
      }
    }
    return Optional.ofNullable(other);
  }

  /**
   * {@return whether a credential that is not good, or that nobody could verify, was ignored} To be
   * asked after the decision.
   */
  public boolean ignoredSomething() {
    return plan.isLenient() && words().hasBad();
  }

  /**
   * Tells what each scheme contributed, as far as it was looked at; makes nothing. To be asked
   * after the decision.
   *
   * @param granted whether that is to let the request in
   * @param visitor is told
   */
  public void outcomes(boolean granted, SchemeOutcome.Visitor visitor) {
    for (int slot = 0; slot < answers.count(); slot++) {
      SchemeOutcome outcome = granted ? ofGranted(slot) : ofRefused(slot);
      if (outcome != null) {
        visitor.outcome(answers.name(slot), outcome);
      }
    }
  }

  /** Of what nobody needed, only what is wrong counts. */
  private @Nullable SchemeOutcome ofGranted(int slot) {
    if (satisfied != null) {
      for (SecurityPlan.Step step : satisfied.steps()) {
        if (step.slot() == slot) {
          return SchemeOutcome.GRANTED;
        }
      }
    }
    return answers.isRefused(slot) ? SchemeOutcome.INVALID : null;
  }

  private @Nullable SchemeOutcome ofRefused(int slot) {
    if (answers.hasFailed(slot)) {
      return SchemeOutcome.FAILED;
    }
    return switch (answers.presented(slot)) {
      case Presented.Absent _ -> SchemeOutcome.MISSING;
      case Presented.Malformed _ -> SchemeOutcome.INVALID;
      case Presented.Present _ ->
          switch (answers.known(slot)) {
            case Verification.Accepted _ -> SchemeOutcome.FORBIDDEN;
            case Verification.Refused _ -> SchemeOutcome.INVALID;
            case Verification.Unavailable _ -> SchemeOutcome.UNAVAILABLE;
            case Verification.NeedsThread _ -> null;
            case null -> null;
          };
    };
  }

  /**
   * {@return what was found out about each scheme, for people who want to know why the request was
   * or was not let in; never a secret} To be asked after the decision.
   */
  public List<SchemeFinding> findings() {
    return words().findings();
  }

  /**
   * {@return whose client certificate was refused and why, in words; empty if none was} To be asked
   * after the decision.
   */
  public Optional<String> refusedCertificate() {
    return words().refusedCertificate();
  }

  private RefusalWords words() {
    return new RefusalWords(answers);
  }

  private State state(SecurityPlan.Alternative alternative) {
    // First what costs nothing: a credential that is missing spares the verification of the others.
    for (SecurityPlan.Step step : alternative.steps()) {
      if (!(answers.presented(step.slot()) instanceof Presented.Present)) {
        return State.INCOMPLETE;
      }
    }
    State state = State.SATISFIED;
    for (SecurityPlan.Step step : alternative.steps()) {
      State next =
          switch (answers.said(step.slot())) {
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

  private List<Principal> principals(SecurityPlan.Alternative alternative) {
    List<SecurityPlan.Step> steps = alternative.steps();
    if (steps.size() == 1) {
      return List.of(principal(steps.getFirst()));
    }
    return steps.stream().map(this::principal).toList();
  }

  private Principal principal(SecurityPlan.Step step) {
    Verification.Accepted accepted = accepted(step);
    return new Principal(
        answers.name(step.slot()), accepted.subject(), accepted.scopes(), accepted.claims());
  }

  private Verification.Accepted accepted(SecurityPlan.Step step) {
    return (Verification.Accepted) answers.said(step.slot());
  }

  /** Nobody has to say who they are, but who says it must be right, unless the plan is lenient. */
  private SecurityDecision perhapsAnonymous(State[] states) {
    if (plan.isLenient()) {
      return ANONYMOUS;
    }
    boolean wrong = false;
    for (int i = 0; i < answers.count(); i++) {
      switch (answers.presented(i)) {
        case Presented.Absent _ -> {}
        case Presented.Malformed _ -> wrong = true;
        case Presented.Present _ -> {
          switch (answers.said(i)) {
            case Verification.Accepted _ -> {}
            case Verification.Refused _ -> wrong = true;
            case Verification.Unavailable _ -> {
              return new SecurityDecision.Unavailable(answers.name(i));
            }
            case Verification.NeedsThread _ -> {
              return needsThread();
            }
          }
        }
      }
    }
    // What another scheme has accepted is not wrong, and that it grants too little keeps nobody
    // out.
    return wrong && !words().wrong().isEmpty() ? words().challenged(states) : ANONYMOUS;
  }

  private SecurityDecision unsatisfied(State[] states) {
    int unavailable = indexOf(states, State.UNAVAILABLE);
    if (unavailable >= 0) {
      return new SecurityDecision.Unavailable(unavailable(plan.alternatives().get(unavailable)));
    }
    return indexOf(states, State.INSUFFICIENT) >= 0
        ? words().denied(states)
        : words().challenged(states);
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
        .filter(step -> answers.known(step.slot()) instanceof Verification.Unavailable)
        .map(step -> answers.name(step.slot()))
        .findFirst()
        .orElseThrow();
  }
}
