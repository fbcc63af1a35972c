package io.brrtrouter.server.auth;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What good credentials do not grant. To be asked after the decision.
 *
 * @param answers what was presented and said
 * @param alternatives those that lack scopes only, at least one; each would be enough
 */
record Shortfall(SchemeAnswers answers, List<SecurityPlan.Alternative> alternatives) {

  /** {@return what tells clients of it, where the scheme has a way to tell} */
  Set<String> challenges() {
    Set<String> challenges = new LinkedHashSet<>();
    for (SecurityPlan.Step step : steps()) {
      if (step.challenge().bearer() && !lacking(step).isEmpty()) {
        challenges.add(step.challenge().insufficient());
      }
    }
    return challenges;
  }

  /** {@return the scopes or roles that are missing, of all alternatives} */
  Set<String> missing() {
    Set<String> missing = new LinkedHashSet<>();
    steps().forEach(step -> missing.addAll(lacking(step)));
    return missing;
  }

  /**
   * {@return what is missing, in words}
   *
   * @param alone whether no other credential needs to be told from those that are good
   */
  String detail(boolean alone) {
    Set<String> good = new LinkedHashSet<>();
    steps().forEach(step -> good.add(answers.name(step.slot())));
    boolean one = good.size() == 1 && !alone;
    String subject =
        alone
            ? "the credentials"
            : (one ? "the credential of security scheme " : "the credentials of security schemes ")
                + String.join(" and ", good);
    return subject + (one ? " is good, but does" : " are good, but do") + " not grant " + wanted();
  }

  private String wanted() {
    Set<String> each = new LinkedHashSet<>();
    alternatives.forEach(alternative -> each.add(wanted(alternative)));
    return each.size() == 1
        ? String.join(" and ", missing())
        : "enough: what is missing is " + String.join(", or ", each);
  }

  private String wanted(SecurityPlan.Alternative alternative) {
    List<String> parts = new ArrayList<>();
    for (SecurityPlan.Step step : alternative.steps()) {
      List<String> lacking = lacking(step);
      if (!lacking.isEmpty()) {
        parts.add(String.join(" and ", lacking) + " for " + answers.name(step.slot()));
      }
    }
    return String.join(" and ", parts);
  }

  private List<SecurityPlan.Step> steps() {
    return alternatives.stream().flatMap(each -> each.steps().stream()).toList();
  }

  private List<String> lacking(SecurityPlan.Step step) {
    List<String> lacking = new ArrayList<>(step.scopes());
    lacking.removeAll(
        ((Verification.Accepted) Objects.requireNonNull(answers.known(step.slot()))).scopes());
    return lacking;
  }
}
