package io.brrtrouter.examples.insurance.claims.casework;

import io.brrtrouter.examples.insurance.claims.generated.model.Assessment;
import io.brrtrouter.examples.insurance.claims.generated.model.Burglary;
import io.brrtrouter.examples.insurance.claims.generated.model.Claim;
import io.brrtrouter.examples.insurance.claims.generated.model.FailedAssessment;
import io.brrtrouter.examples.insurance.claims.generated.model.FinishedAssessment;
import io.brrtrouter.examples.insurance.claims.generated.model.RunningAssessment;
import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.common.Jobs;
import io.brrtrouter.examples.insurance.shared.model.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assesses claims, one after the other. */
public final class Assessments {
  private static final Logger LOG = LoggerFactory.getLogger(Assessments.class);
  private static final int MOST_WAITING = 100;
  private static final int MOST_REMEMBERED = 10_000;

  private final Claims claims;
  private final Map<String, Cover> covers;
  private final Evidences evidences;
  private final Jobs<Assessment> assessments;

  Assessments(
      Claims claims, Map<String, Cover> covers, Evidences evidences, Jobs<Assessment> assessments) {
    this.assessments = assessments;
    this.claims = claims;
    this.covers = covers;
    this.evidences = evidences;
  }

  static Jobs<Assessment> jobs() {
    return new Jobs<>("assessment", MOST_WAITING, MOST_REMEMBERED);
  }

  /**
   * Starts to assess a claim.
   *
   * @param file the claim
   * @return what the assessment is called; empty when too many wait
   */
  public Optional<UUID> start(ClaimFile file) {
    UUID id = UUID.randomUUID();
    String claim = file.claim().id();
    boolean starts =
        assessments.start(
            id,
            new RunningAssessment(claim),
            () -> assess(claim),
            failure -> {
              LOG.error("assessment {} of claim {} failed", id, claim, failure);
              return new FailedAssessment(claim);
            });
    return starts ? Optional.of(id) : Optional.empty();
  }

  /**
   * {@return an assessment as far as it is; empty when there never was such a one, or it is
   * forgotten}
   *
   * @param id which
   */
  public Optional<Assessment> find(UUID id) {
    return assessments.find(id);
  }

  /** Whatever changes meanwhile is assessed too. */
  private FinishedAssessment assess(String claim) {
    while (true) {
      ClaimFile file = claims.find(claim).orElseThrow();
      FinishedAssessment finished = assess(file.claim());
      Euros payable = Euros.of(finished.payable()).orElseThrow();
      if (file.isClosed() || claims.replace(file, file.assessed(payable))) {
        return finished;
      }
    }
  }

  private FinishedAssessment assess(Claim claim) {
    List<String> reasons = new ArrayList<>();
    Optional<Cover> cover =
        Optional.ofNullable(covers.get(claim.policy())).filter(each -> each.isFor(claim.loss()));
    Euros payable =
        cover
            .map(each -> payable(each, damage(claim), reasons))
            .orElseGet(() -> {
              reasons.add("The policy is not for such losses.");
              return Euros.ZERO;
            });
    reasons.add("Pieces of evidence: " + evidences.of(claim.id()).size());
    return new FinishedAssessment(claim.id(), cover.isPresent(), payable.toMoney(), reasons);
  }

  private static Euros payable(Cover cover, Euros damage, List<String> reasons) {
    Euros payable = cover.payable(damage);
    reasons.add("A damage of " + damage + ", of which the customer bears " + cover.deductible());
    if (payable.equals(cover.limit())) {
      reasons.add("No more than " + cover.limit() + " are insured.");
    }
    return payable;
  }

  /** What was stolen is known thing by thing; otherwise the customer's estimate counts. */
  private static Euros damage(Claim claim) {
    if (claim.loss() instanceof Burglary burglary) {
      return burglary.stolen().stream()
          .map(thing -> Euros.of(thing.value()).orElseThrow())
          .reduce(Euros.ZERO, Euros::plus);
    }
    Money estimate = claim.estimate();
    return estimate == null ? Euros.ZERO : Euros.of(estimate).orElseThrow();
  }
}
