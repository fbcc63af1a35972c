package io.brrtrouter.examples.insurance.claims.api;

import io.brrtrouter.examples.insurance.claims.casework.ClaimFile;
import io.brrtrouter.examples.insurance.claims.casework.Claims;
import io.brrtrouter.examples.insurance.claims.casework.Department;
import io.brrtrouter.examples.insurance.claims.generated.api.GetAssessmentRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.GetAssessmentResponse;
import io.brrtrouter.examples.insurance.claims.generated.api.SettleClaimRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.SettleClaimResponse;
import io.brrtrouter.examples.insurance.claims.generated.api.StartAssessmentRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.StartAssessmentResponse;
import io.brrtrouter.examples.insurance.claims.generated.model.ClaimStatus;
import io.brrtrouter.examples.insurance.claims.generated.model.Payout;
import io.brrtrouter.examples.insurance.claims.generated.model.Refusal;
import io.brrtrouter.examples.insurance.claims.generated.model.Settlement;
import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.common.Problems;
import io.brrtrouter.examples.insurance.shared.model.Problem;
import io.brrtrouter.server.dispatch.HandlerFor;
import java.util.Optional;

/** Operations that bring a claim to its end. */
final class SettlementHandlers {
  private static final int SECONDS_TO_WAIT = 1;

  private final Department department;
  private final Claims claims;

  SettlementHandlers(Department department) {
    this.department = department;
    this.claims = department.claims();
  }

  @HandlerFor("start_assessment")
  StartAssessmentResponse assess(StartAssessmentRequest request) {
    Optional<ClaimFile> found = claims.find(request.claimId());
    if (found.isEmpty()) {
      return new StartAssessmentResponse.NotFound(Problems.notFound("claim", request.claimId()));
    }
    if (found.get().isClosed()) {
      return new StartAssessmentResponse.Conflict(closed(found.get()));
    }
    return department
        .assessments()
        .start(found.get())
        .<StartAssessmentResponse>map(
            id -> new StartAssessmentResponse.Accepted("/assessments/" + id, SECONDS_TO_WAIT))
        .orElseGet(() ->
            new StartAssessmentResponse.ServiceUnavailable(
                Problems.busy("Other claims have to be assessed first."), SECONDS_TO_WAIT));
  }

  @HandlerFor("get_assessment")
  GetAssessmentResponse assessment(GetAssessmentRequest request) {
    return department
        .assessments()
        .find(request.assessmentId())
        .<GetAssessmentResponse>map(GetAssessmentResponse.Ok::new)
        .orElseGet(() ->
            new GetAssessmentResponse.NotFound(
                Problems.notFound("assessment", request.assessmentId())));
  }

  @HandlerFor("settle_claim")
  SettleClaimResponse settle(SettleClaimRequest request) {
    Optional<ClaimFile> found = claims.find(request.claimId());
    if (found.isEmpty()) {
      return new SettleClaimResponse.NotFound(Problems.notFound("claim", request.claimId()));
    }
    ClaimFile file = found.get();
    if (file.isClosed()) {
      return new SettleClaimResponse.Conflict(closed(file));
    }
    if (!file.isAssessed()) {
      return new SettleClaimResponse.Conflict(
          Problems.conflict("The claim has to be assessed before it is settled."));
    }
    return switch (request.body()) {
      case Payout payout when !isPayable(payout, file) ->
          new SettleClaimResponse.UnprocessableContent(
              Problems.impossible("At most " + file.payable() + " can be paid.").toBuilder()
                  .amount(file.payable().toMoney())
                  .build());
      case Payout payout -> settled(file, payout, ClaimStatus.Known.PAID);
      case Refusal refusal -> settled(file, refusal, ClaimStatus.Known.REFUSED);
    };
  }

  private static boolean isPayable(Payout payout, ClaimFile file) {
    return Euros.of(payout.pay())
        .filter(Euros::isPositive)
        .filter(sum -> sum.compareTo(file.payable()) <= 0)
        .isPresent();
  }

  private SettleClaimResponse settled(ClaimFile file, Settlement settlement, ClaimStatus status) {
    ClaimFile settled = file.settled(settlement, status);
    return claims.replace(file, settled)
        ? new SettleClaimResponse.Ok(settled.claim())
        : new SettleClaimResponse.Conflict(
            Problems.conflict("The claim was changed in the same moment; look at it again."));
  }

  private static Problem closed(ClaimFile file) {
    return Problems.conflict(
        "Claim " + file.claim().id() + " is " + file.claim().status().value() + ".");
  }
}
