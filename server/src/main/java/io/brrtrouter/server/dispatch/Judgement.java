package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.ProviderException;
import io.brrtrouter.server.auth.SchemeFinding;
import io.brrtrouter.server.auth.SchemeOutcome;
import io.brrtrouter.server.auth.SecurityCheck;
import io.brrtrouter.server.auth.SecurityDecision;
import io.brrtrouter.server.http.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether one request may, and why: what its security requirements said, or what kept it from being
 * asked for credentials at all. What it tells is never a secret.
 */
public final class Judgement {
  private final Arrival arrival;
  private final @Nullable CompiledOperation operation;
  private final @Nullable ProblemType refusal;
  private final Supplier<String> reason;
  private final Looked looked;

  /** Whether nobody could tell. */
  private final boolean failed;

  /**
   * What is known of whoever sent a request.
   *
   * @param check looked at the credentials, null if nobody did
   * @param decision what it said, null if it did not come so far
   */
  record Looked(@Nullable SecurityCheck check, @Nullable SecurityDecision decision) {
    /** Nobody looked. */
    static final Looked NOT = new Looked(null, null);
  }

  private Judgement(
      Arrival arrival,
      @Nullable CompiledOperation operation,
      @Nullable ProblemType refusal,
      Supplier<String> reason,
      Looked looked,
      boolean failed) {
    this.arrival = arrival;
    this.operation = operation;
    this.refusal = refusal;
    this.reason = reason;
    this.looked = looked;
    this.failed = failed;
  }

  /** {@return that a request may} */
  static Judgement allowed(Arrival arrival, CompiledOperation operation, Looked looked) {
    return new Judgement(arrival, operation, null, () -> satisfied(looked), looked, false);
  }

  /**
   * {@return that a request may not}
   *
   * @param operation the operation it is about, null if there is none
   */
  static Judgement refused(
      Arrival arrival, @Nullable CompiledOperation operation, Rejection rejection, Looked looked) {
    ProblemRenderer problems = arrival.api().problems();
    Supplier<String> reason =
        looked.decision instanceof SecurityDecision.Unavailable(String scheme)
            ? () -> "Whoever verifies " + scheme + " does not answer."
            : () -> problems.detail(rejection);
    return new Judgement(arrival, operation, problems.type(rejection), reason, looked, false);
  }

  /** {@return that nobody could tell whether a request may, so that it may not} */
  static Judgement failed(
      Arrival arrival, @Nullable CompiledOperation operation, Throwable failure, Looked looked) {
    String what =
        failure instanceof ProviderException provider
            ? String.valueOf(provider.getMessage())
            : "the request could not be judged";
    return new Judgement(
        arrival,
        operation,
        ProblemType.INTERNAL_ERROR,
        () -> ProblemRenderer.sentence(what + "; the log has more, by the request id"),
        looked,
        true);
  }

  /** {@return the same, found out when the client had been answered already} */
  Judgement late() {
    return new Judgement(
        arrival,
        operation,
        ProblemType.OVERLOADED,
        () -> "Nobody decided within http.decision_timeout_ms, so the client was answered before.",
        looked,
        failed);
  }

  private static String satisfied(Looked looked) {
    return looked.decision instanceof SecurityDecision.Granted(var principals)
            && !principals.isEmpty()
        ? principals.stream()
            .map(each ->
                each.scheme() + (each.subject().isEmpty() ? "" : " says it is " + each.subject()))
            .collect(Collectors.joining(" and ", "Satisfied: ", "."))
        : looked.check != null && looked.check.ignoredSomething()
            ? "Anybody may call it, and security.invalid_credentials is ignore: what is not good does"
                + " not count."
            : "Anybody may call it, and no credential was refused.";
  }

  /** {@return the request id} */
  public String requestId() {
    return arrival.requestId();
  }

  /** {@return the method of the request} */
  public Method method() {
    return arrival.head().method();
  }

  /** {@return the operation, of a preflight the one that is asked about; empty without one} */
  public Optional<Operation> operation() {
    return Optional.ofNullable(operation).map(each -> each.plan().operation());
  }

  /** {@return the path template that matched, base path included; empty where none did} */
  public Optional<String> template() {
    return Optional.ofNullable(operation).map(CompiledOperation::template);
  }

  /** {@return which problem it is refused with, empty if it may} */
  public Optional<ProblemType> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** {@return why, in a sentence} */
  public String reason() {
    return reason.get();
  }

  /** {@return what the security requirements say, empty where nobody came so far as to ask them} */
  public Optional<SecurityDecision> decision() {
    return Optional.ofNullable(looked.decision);
  }

  /**
   * Tells what each security scheme of the operation contributed; nothing, where nobody came so far
   * as to look.
   *
   * @param visitor is told
   */
  public void outcomes(SchemeOutcome.Visitor visitor) {
    SecurityCheck check = looked.check;
    if (check == null || (looked.decision == null && !failed)) {
      return;
    }
    check.outcomes(looked.decision instanceof SecurityDecision.Granted, visitor);
  }

  /** {@return what was found out about each security scheme of the operation} */
  public List<SchemeFinding> findings() {
    return looked.check == null ? List.of() : looked.check.findings();
  }
}
