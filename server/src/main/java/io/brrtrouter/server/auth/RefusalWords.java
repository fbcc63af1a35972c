package io.brrtrouter.server.auth;

import io.brrtrouter.server.auth.SecurityCheck.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says what kept a request out, to its client and to whoever wonders; never a secret. To be asked
 * after the decision.
 *
 * @param answers what was presented and said
 */
record RefusalWords(SchemeAnswers answers) {

  /**
   * {@return the refusal of credentials that grant too little} What is wrong with others is told
   * too, with its challenge: a client that renews a token which has expired may be let in then.
   */
  SecurityDecision.Denied denied(State[] states) {
    Shortfall shortfall = new Shortfall(answers, insufficient(states));
    List<Integer> wrong = wrong();
    Set<String> challenges = shortfall.challenges();
    for (SecurityPlan.Alternative alternative : answers.plan().alternatives()) {
      alternative.steps().stream()
          .filter(step -> wrong.contains(step.slot()))
          .forEach(step -> challenges.add(challenge(step)));
    }
    StringJoiner detail = new StringJoiner("; ").add(shortfall.detail(wrong.isEmpty()));
    wrong.forEach(slot -> detail.add(wrong(slot)));
    return new SecurityDecision.Denied(
        List.copyOf(challenges), List.copyOf(shortfall.missing()), detail.toString());
  }

  private List<SecurityPlan.Alternative> insufficient(State[] states) {
    List<SecurityPlan.Alternative> alternatives = answers.plan().alternatives();
    return IntStream.range(0, states.length)
        .filter(i -> states[i] == State.INSUFFICIENT)
        .mapToObj(alternatives::get)
        .toList();
  }

  /**
   * {@return the schemes whose credential is refused or is none} Not one that another scheme has
   * accepted, as where several providers are asked about one token: renewing it would not help.
   */
  List<Integer> wrong() {
    return IntStream.range(0, answers.count()).filter(this::isWrong).boxed().toList();
  }

  /** {@return whether something came that is no good credential} */
  boolean hasBad() {
    return IntStream.range(0, answers.count())
        .anyMatch(slot ->
            answers.presented(slot) instanceof Presented.Malformed
                || answers.isRefused(slot)
                || answers.known(slot) instanceof Verification.Unavailable);
  }

  private boolean isWrong(int slot) {
    return answers.presented(slot) instanceof Presented.Malformed
        || (answers.isRefused(slot)
            && IntStream.range(0, answers.count())
                .filter(other -> answers.known(other) instanceof Verification.Accepted)
                .noneMatch(other -> answers.presented(other).equals(answers.presented(slot))));
  }

  private String wrong(int slot) {
    return answers.presented(slot) instanceof Presented.Malformed(String why, boolean _)
        ? why
        : refused(slot);
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
        case STALE -> detail = stale(steps, detail);
        case INCOMPLETE -> detail = incomplete(steps, detail);
        default -> {}
      }
    }
    return detail;
  }

  private String stale(List<SecurityPlan.Step> steps, String otherwise) {
    return steps.stream()
        .map(step -> lacking(step.slot()))
        .filter(lacking -> !lacking.isEmpty())
        .findFirst()
        .map(lacking -> "the token is good, but " + lacking)
        .orElse(otherwise);
  }

  /** {@return what a good token lacks of a recent and strong authentication; empty for nothing} */
  private String lacking(int slot) {
    StepUp stepUp = answers.plan().stepUp();
    if (stepUp == null
        || !isBearer(slot)
        || !(answers.known(slot) instanceof Verification.Accepted accepted)) {
      return "";
    }
    String missing = stepUp.missing(accepted.claims());
    return missing == null ? "" : missing;
  }

  private boolean isBearer(int slot) {
    return answers.plan().alternatives().stream()
        .flatMap(alternative -> alternative.steps().stream())
        .anyMatch(step -> step.slot() == slot && step.challenge().bearer());
  }

  /** {@return what is there for another scheme, or what nobody gets in without} */
  private String hint() {
    for (int i = 0; i < answers.count(); i++) {
      String hint = hint(i);
      if (!hint.isEmpty() && (!isCertificate(i) || isAlwaysNeeded(i))) {
        return ": " + hint;
      }
    }
    return "";
  }

  private String hint(int slot) {
    return answers.presented(slot) instanceof Presented.Absent(String hint) ? hint : "";
  }

  private boolean isCertificate(int slot) {
    SecurityPlan.Slot known = answers.plan().slots().get(slot);
    return known.reader() instanceof CredentialReader.Certificate
        && !(known.provider() instanceof NoCertificates);
  }

  private boolean isAlwaysNeeded(int slot) {
    return answers.plan().alternatives().stream()
        .allMatch(each -> each.steps().stream().anyMatch(step -> step.slot() == slot));
  }

  private String refused(int slot) {
    return "the credential of security scheme "
        + answers.name(slot)
        + " is refused: "
        + ((Verification.Refused) Objects.requireNonNull(answers.known(slot))).reason();
  }

  private String incomplete(List<SecurityPlan.Step> steps, String otherwise) {
    List<Integer> missing = new ArrayList<>();
    for (SecurityPlan.Step step : steps) {
      if (answers.isRefused(step.slot())) {
        return refused(step.slot());
      }
      switch (answers.presented(step.slot())) {
        case Presented.Absent _ -> missing.add(step.slot());
        case Presented.Malformed(String why, boolean _) -> {
          return why;
        }
        case Presented.Present _ -> {}
      }
    }
    return missing.isEmpty() || missing.size() == steps.size()
        ? otherwise
        : missing(missing, steps);
  }

  private String missing(List<Integer> missing, List<SecurityPlan.Step> steps) {
    String names = String.join(" and ", missing.stream().map(answers::name).toList());
    String all =
        String.join(" and ", steps.stream().map(step -> answers.name(step.slot())).toList());
    return (missing.size() == 1
            ? "the credential of security scheme " + names + " is"
            : "the credentials of security schemes " + names + " are")
        + " missing: "
        + all
        + " are needed together"
        + missing.stream()
            .map(this::hint)
            .filter(hint -> !hint.isEmpty())
            .map(hint -> "; " + hint)
            .collect(Collectors.joining());
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
            case Verification.Accepted(String subject, List<String> scopes, _, _) ->
                "accepted"
                    + (subject.isEmpty() ? "" : " as " + subject)
                    + ", scopes "
                    + scopes
                    + (lacking(slot).isEmpty() ? "" : ", but " + lacking(slot));
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
