package io.brrtrouter.server.auth;

import io.brrtrouter.server.auth.SecurityCheck.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says what kept a request out, to its client and to whoever wonders; never a secret. To be asked
 * after the decision.
 *
 * @param answers what was presented and said
 */
record RefusalWords(SchemeAnswers answers) {

  /** {@return the refusal of credentials that grant too little} */
  SecurityDecision.Denied denied(State[] states) {
    Set<String> challenges = new LinkedHashSet<>();
    Set<String> missing = new LinkedHashSet<>();
    for (int i = 0; i < states.length; i++) {
      if (states[i] == State.INSUFFICIENT) {
        for (SecurityPlan.Step step : answers.plan().alternatives().get(i).steps()) {
          missing(step, challenges, missing);
        }
      }
    }
    return new SecurityDecision.Denied(List.copyOf(challenges), List.copyOf(missing));
  }

  private void missing(SecurityPlan.Step step, Set<String> challenges, Set<String> missing) {
    List<String> lacking = new ArrayList<>(step.scopes());
    lacking.removeAll(
        ((Verification.Accepted) Objects.requireNonNull(answers.known(step.slot()))).scopes());
    missing.addAll(lacking);
    if (!lacking.isEmpty() && step.challenge().bearer()) {
      challenges.add(step.challenge().insufficient());
    }
  }

  /** {@return the refusal of a request without a credential that is good} */
  SecurityDecision.Challenged challenged(State[] states) {
    Set<String> challenges = new LinkedHashSet<>();
    for (SecurityPlan.Alternative alternative : answers.plan().alternatives()) {
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
      List<SecurityPlan.Step> steps = answers.plan().alternatives().get(i).steps();
      switch (states[i]) {
        case REFUSED -> {
          return steps.stream()
              .filter(step -> answers.isRefused(step.slot()))
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
    for (int i = 0; i < answers.count(); i++) {
      if (answers.presented(i) instanceof Presented.Absent(String hint) && !hint.isEmpty()) {
        return ": " + hint;
      }
    }
    return "";
  }

  private String refused(int slot) {
    return "the credential of security scheme "
        + answers.name(slot)
        + " is refused: "
        + ((Verification.Refused) Objects.requireNonNull(answers.known(slot))).reason();
  }

  private String incomplete(List<SecurityPlan.Step> steps, String otherwise) {
    List<String> missing = new ArrayList<>();
    for (SecurityPlan.Step step : steps) {
      if (answers.isRefused(step.slot())) {
        return refused(step.slot());
      }
      switch (answers.presented(step.slot())) {
        case Presented.Absent _ -> missing.add(answers.name(step.slot()));
        case Presented.Malformed(String why, boolean _) -> {
          return why;
        }
        case Presented.Present _ -> {}
      }
    }
    if (missing.isEmpty() || missing.size() == steps.size()) {
      return otherwise;
    }
    String all =
        String.join(" and ", steps.stream().map(step -> answers.name(step.slot())).toList());
    return String.join(" and ", missing)
        + (missing.size() == 1 ? " is" : " are")
        + " missing: "
        + all
        + " are needed together";
  }

  private String challenge(SecurityPlan.Step step) {
    Challenge challenge = step.challenge();
    if (answers.presented(step.slot()) instanceof Presented.Malformed what) {
      return challenge.malformed(what);
    }
    return switch (answers.known(step.slot())) {
      case Verification.Refused(String reason) -> challenge.refused(reason);
      case Verification.Accepted accepted when challenge.bearer() -> stepUp(challenge, accepted);
      case null, default -> challenge.missing();
    };
  }

  private String stepUp(Challenge challenge, Verification.Accepted accepted) {
    StepUp stepUp = answers.plan().stepUp();
    String missing = stepUp == null ? null : stepUp.missing(accepted.claims());
    return stepUp == null || missing == null
        ? challenge.missing()
        : challenge.missing() + stepUp.parameters(missing);
  }

  /**
   * {@return what was found out about each scheme, for people who want to know why the request was
   * or was not let in}
   */
  List<SchemeFinding> findings() {
    List<SchemeFinding> findings = new ArrayList<>();
    for (int i = 0; i < answers.count(); i++) {
      findings.add(new SchemeFinding(answers.name(i), finding(i)));
    }
    return findings;
  }

  private String finding(int slot) {
    return switch (answers.presented(slot)) {
      case Presented.Absent(String hint) ->
          hint.isEmpty() ? "no credential" : "no credential: " + hint;
      case Presented.Malformed(String why, boolean _) -> "no credential that can be read: " + why;
      case Presented.Present(Credential credential) ->
          switch (answers.known(slot)) {
            case Verification.Accepted(String subject, List<String> scopes, _) ->
                "accepted" + (subject.isEmpty() ? "" : " as " + subject) + ", scopes " + scopes;
            case Verification.Refused(String reason) -> "refused: " + reason + whose(credential);
            case Verification.Unavailable(String reason) -> "cannot be verified: " + reason;
            case Verification.NeedsThread _ when !answers.hasFailed(slot) -> "being verified";
            case null, default -> answers.hasFailed(slot) ? "its provider failed" : "not looked at";
          };
    };
  }

  /** {@return whose client certificate was refused and why, in words; empty if none was} */
  Optional<String> refusedCertificate() {
    for (int i = 0; i < answers.count(); i++) {
      if (answers.known(i) instanceof Verification.Refused(String reason)
          && answers.presented(i)
              instanceof Presented.Present(Credential.ClientCertificate certificate)) {
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
