package io.brrtrouter.examples.insurance.claims.api;

import io.brrtrouter.examples.insurance.claims.casework.Claims;
import io.brrtrouter.examples.insurance.claims.casework.Department;
import io.brrtrouter.examples.insurance.claims.casework.Evidences;
import io.brrtrouter.examples.insurance.claims.generated.api.AddEvidenceRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.AddEvidenceResponse;
import io.brrtrouter.examples.insurance.claims.generated.api.GetEvidenceRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.GetEvidenceResponse;
import io.brrtrouter.examples.insurance.claims.generated.api.ListEvidenceRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.ListEvidenceResponse;
import io.brrtrouter.examples.insurance.common.Problems;
import io.brrtrouter.server.dispatch.HandlerFor;
import java.util.Optional;

/** Operations on photos and papers. */
final class EvidenceHandlers {
  private final Claims claims;
  private final Evidences evidences;

  EvidenceHandlers(Department department) {
    this.claims = department.claims();
    this.evidences = department.evidences();
  }

  @HandlerFor("add_evidence")
  AddEvidenceResponse add(AddEvidenceRequest request) {
    String claim = request.claimId();
    if (claims.find(claim).isEmpty()) {
      return new AddEvidenceResponse.NotFound(Problems.notFound("claim", claim));
    }
    Optional<Evidences.Format> format = Evidences.Format.of(request.body().file().content());
    if (format.isEmpty()) {
      return new AddEvidenceResponse.UnprocessableContent(
          Problems.impossible("The file is no PDF, JPEG or PNG."));
    }
    return evidences
        .add(claim, request.body(), format.get())
        .<AddEvidenceResponse>map(added ->
            new AddEvidenceResponse.Created(
                added, "/claims/%s/evidence/%d".formatted(claim, added.id())))
        .orElseGet(() ->
            new AddEvidenceResponse.UnprocessableContent(
                Problems.impossible("A claim has at most " + Evidences.MOST + " files.")));
  }

  @HandlerFor("list_evidence")
  ListEvidenceResponse list(ListEvidenceRequest request) {
    if (claims.find(request.claimId()).isEmpty()) {
      return new ListEvidenceResponse.NotFound(Problems.notFound("claim", request.claimId()));
    }
    return new ListEvidenceResponse.Ok(
        evidences.of(request.claimId()).stream().map(Evidences.Piece::about).toList());
  }

  @HandlerFor("get_evidence")
  GetEvidenceResponse get(GetEvidenceRequest request) {
    return evidences
        .find(request.claimId(), request.evidenceId())
        .map(piece -> file(request.claimId(), piece))
        .orElseGet(() ->
            new GetEvidenceResponse.NotFound(Problems.notFound("evidence", request.evidenceId())));
  }

  private static GetEvidenceResponse file(String claim, Evidences.Piece piece) {
    String name = claim + "-" + piece.about().id() + piece.format().suffix();
    String disposition = "attachment; filename=\"" + name + "\"";
    return switch (piece.format()) {
      case PDF -> new GetEvidenceResponse.OkPdf(piece.content(), disposition);
      case JPEG -> new GetEvidenceResponse.OkJpeg(piece.content(), disposition);
      case PNG -> new GetEvidenceResponse.OkPng(piece.content(), disposition);
    };
  }
}
