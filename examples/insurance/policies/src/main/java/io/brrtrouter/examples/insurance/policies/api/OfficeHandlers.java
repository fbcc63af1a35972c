package io.brrtrouter.examples.insurance.policies.api;

import io.brrtrouter.examples.insurance.common.Problems;
import io.brrtrouter.examples.insurance.policies.contracts.Contract;
import io.brrtrouter.examples.insurance.policies.contracts.Insurer;
import io.brrtrouter.examples.insurance.policies.generated.api.ExportPortfolioRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.ExportPortfolioResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.GetRenewalRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.GetRenewalResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.StartRenewalRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.StartRenewalResponse;

/** Operations for the insurer's own staff. */
final class OfficeHandlers {
  private static final int SECONDS_TO_WAIT = 1;

  private final Insurer insurer;

  OfficeHandlers(Insurer insurer) {
    this.insurer = insurer;
  }

  StartRenewalResponse startRenewal(StartRenewalRequest request) {
    return insurer
        .renewals()
        .start(request.body().endsUntil())
        .<StartRenewalResponse>map(renewal ->
            new StartRenewalResponse.Accepted(
                renewal, "/renewals/" + renewal.id(), SECONDS_TO_WAIT))
        .orElseGet(() ->
            new StartRenewalResponse.ServiceUnavailable(
                Problems.busy("Other renewals have to be done first."), SECONDS_TO_WAIT));
  }

  GetRenewalResponse renewal(GetRenewalRequest request) {
    return insurer
        .renewals()
        .find(request.renewalId())
        .<GetRenewalResponse>map(GetRenewalResponse.Ok::new)
        .orElseGet(() ->
            new GetRenewalResponse.NotFound(Problems.notFound("renewal", request.renewalId())));
  }

  ExportPortfolioResponse portfolio(ExportPortfolioRequest request) {
    StringBuilder csv = new StringBuilder("number,product,status,holder,starts,ends,premium\r\n");
    for (Contract contract : insurer.contracts().all()) {
      if (PolicyHandlers.isOf(contract, request.product())) {
        csv.append(line(contract));
      }
    }
    return new ExportPortfolioResponse.Ok(
        csv.toString(), "attachment; filename=\"portfolio-%s.csv\"".formatted(insurer.today()));
  }

  private String line(Contract contract) {
    String holder = insurer.people().find(contract.holder()).orElseThrow().name();
    return "%s,%s,%s,%s,%s,%s,%s\r\n"
        .formatted(
            contract.number(),
            contract.risk().product(),
            contract.status().value(),
            '"' + holder.replace("\"", "\"\"") + '"',
            contract.starts(),
            contract.ends(),
            contract.premium().total().amount());
  }
}
