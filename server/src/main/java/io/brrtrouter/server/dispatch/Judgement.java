package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.SchemeFinding;
import io.brrtrouter.server.auth.SecurityCheck;
import io.brrtrouter.server.auth.SecurityDecision;
import java.util.List;

/**
 * What the security of an operation said about one request, and why. What it tells is never a
 * secret.
 */
public final class Judgement {
  private final Candidate candidate;
  private final SecurityDecision decision;
  private final SecurityCheck check;

  Judgement(Candidate candidate, SecurityDecision decision, SecurityCheck check) {
    this.candidate = candidate;
    this.decision = decision;
    this.check = check;
  }

  /** {@return the request id} */
  public String requestId() {
    return candidate.arrival().requestId();
  }

  /** {@return the operation} */
  public Operation operation() {
    return candidate.operation().plan().operation();
  }

  /** {@return the path template that matched, base path included} */
  public String template() {
    return candidate.operation().template();
  }

  /** {@return the decision; never one that takes a thread} */
  public SecurityDecision decision() {
    return decision;
  }

  /** {@return what was found out about each security scheme of the operation} */
  public List<SchemeFinding> findings() {
    return check.findings();
  }
}
