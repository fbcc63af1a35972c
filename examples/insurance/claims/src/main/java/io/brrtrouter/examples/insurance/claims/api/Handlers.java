package io.brrtrouter.examples.insurance.claims.api;

import io.brrtrouter.examples.insurance.claims.casework.Department;
import io.brrtrouter.examples.insurance.claims.generated.api.AddEvidenceHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.ChangeClaimHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.ClaimsApi;
import io.brrtrouter.examples.insurance.claims.generated.api.GetAssessmentHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.GetClaimHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.GetEvidenceHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.ImportNoticesHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.ListClaimsHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.ListEvidenceHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.ListNoticesHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.ReportClaimHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.SettleClaimHandler;
import io.brrtrouter.examples.insurance.claims.generated.api.StartAssessmentHandler;

/**
 * Says who handles each operation. An operation that is added to the document is a method that is
 * missing here.
 */
public final class Handlers implements ClaimsApi {
  private final ClaimHandlers claims;
  private final EvidenceHandlers evidence;
  private final SettlementHandlers settlement;
  private final NoticeHandlers notices;

  /**
   * Takes care of everything.
   *
   * @param department the department of claims
   */
  public Handlers(Department department) {
    claims = new ClaimHandlers(department);
    evidence = new EvidenceHandlers(department);
    settlement = new SettlementHandlers(department);
    notices = new NoticeHandlers(department.notices());
  }

  @Override
  public ReportClaimHandler reportClaim() {
    return claims::report;
  }

  @Override
  public ListClaimsHandler listClaims() {
    return claims::list;
  }

  @Override
  public GetClaimHandler getClaim() {
    return claims::get;
  }

  @Override
  public ChangeClaimHandler changeClaim() {
    return claims::change;
  }

  @Override
  public AddEvidenceHandler addEvidence() {
    return evidence::add;
  }

  @Override
  public ListEvidenceHandler listEvidence() {
    return evidence::list;
  }

  @Override
  public GetEvidenceHandler getEvidence() {
    return evidence::get;
  }

  @Override
  public StartAssessmentHandler startAssessment() {
    return settlement::assess;
  }

  @Override
  public GetAssessmentHandler getAssessment() {
    return settlement::assessment;
  }

  @Override
  public SettleClaimHandler settleClaim() {
    return settlement::settle;
  }

  @Override
  public ImportNoticesHandler importNotices() {
    return notices::add;
  }

  @Override
  public ListNoticesHandler listNotices() {
    return notices::list;
  }
}
