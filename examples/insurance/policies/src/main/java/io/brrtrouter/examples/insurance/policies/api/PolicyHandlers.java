package io.brrtrouter.examples.insurance.policies.api;

import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.common.Problems;
import io.brrtrouter.examples.insurance.common.Slice;
import io.brrtrouter.examples.insurance.policies.contracts.Certificate;
import io.brrtrouter.examples.insurance.policies.contracts.Contract;
import io.brrtrouter.examples.insurance.policies.contracts.Contracts;
import io.brrtrouter.examples.insurance.policies.contracts.Insurer;
import io.brrtrouter.examples.insurance.policies.contracts.Uninsurable;
import io.brrtrouter.examples.insurance.policies.generated.api.CancelPolicyRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.CancelPolicyResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.ChangePaymentRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.ChangePaymentResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.ChangeRiskRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.ChangeRiskResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.GetCertificateRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.GetCertificateResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.GetPolicyRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.GetPolicyResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.ListInvoicesRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.ListInvoicesResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.ListPoliciesRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.ListPoliciesResponse;
import io.brrtrouter.examples.insurance.policies.generated.model.Cancellation;
import io.brrtrouter.examples.insurance.policies.generated.model.Policy;
import io.brrtrouter.examples.insurance.policies.generated.model.PolicyList;
import io.brrtrouter.examples.insurance.policies.generated.model.PolicyStatus;
import io.brrtrouter.examples.insurance.policies.generated.model.Premium;
import io.brrtrouter.examples.insurance.policies.generated.model.ProductName;
import io.brrtrouter.examples.insurance.shared.model.Person;
import io.brrtrouter.examples.insurance.shared.model.Problem;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operations on contracts. */
final class PolicyHandlers {
  private static final Predicate<String> NUMBER =
      Pattern.compile("P-[0-9]{6,10}").asMatchPredicate();

  private final Insurer insurer;
  private final Contracts contracts;

  PolicyHandlers(Insurer insurer) {
    this.insurer = insurer;
    this.contracts = insurer.contracts();
  }

  ListPoliciesResponse list(ListPoliciesRequest request) {
    String after = null;
    if (request.cursor() != null) {
      Optional<String> key = Slice.key(request.cursor(), NUMBER);
      if (key.isEmpty()) {
        return new ListPoliciesResponse.BadRequest(Problems.badCursor());
      }
      after = key.get();
    }
    Slice<Contract> slice =
        contracts.slice(after, contract -> isListed(contract, request), request.limit());
    List<Policy> items = slice.items().stream().map(this::policy).toList();
    return new ListPoliciesResponse.Ok(
        new PolicyList(items, slice.page()), slice.link("/policies", query(request)));
  }

  private static boolean isListed(Contract contract, ListPoliciesRequest request) {
    return isOf(contract, request.product())
        && (request.status() == null || request.status().equals(contract.status()));
  }

  static boolean isOf(Contract contract, @Nullable ProductName product) {
    return product == null || product.value().equals(contract.risk().product());
  }

  private static Map<String, Object> query(ListPoliciesRequest request) {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("limit", request.limit());
    if (request.product() != null) {
      query.put("product", request.product().value());
    }
    if (request.status() != null) {
      query.put("status", request.status().value());
    }
    return query;
  }

  GetPolicyResponse get(GetPolicyRequest request) {
    Optional<Contract> found = contracts.find(request.number());
    if (found.isEmpty()) {
      return new GetPolicyResponse.NotFound(unknown(request.number()));
    }
    String tag = Policies.tag(found.get());
    return tag.equals(request.ifNoneMatch())
        ? new GetPolicyResponse.NotModified(tag)
        : new GetPolicyResponse.Ok(policy(found.get()), tag);
  }

  ChangeRiskResponse changeRisk(ChangeRiskRequest request) {
    if (request.ifMatch() == null) {
      return new ChangeRiskResponse.PreconditionRequired(Problems.tagMissing());
    }
    Optional<Contract> found = contracts.find(request.number());
    if (found.isEmpty()) {
      return new ChangeRiskResponse.NotFound(unknown(request.number()));
    }
    Contract contract = found.get();
    if (!request.ifMatch().equals(Policies.tag(contract))) {
      return new ChangeRiskResponse.PreconditionFailed(Problems.outdated());
    }
    if (!contract.isActive()) {
      return new ChangeRiskResponse.Conflict(closed(contract));
    }
    if (!contract.risk().product().equals(request.body().product())) {
      return new ChangeRiskResponse.Conflict(
          Problems.conflict("Policy " + contract.number() + " is for something else."));
    }
    try {
      Premium premium = insurer.tariff().premium(request.body(), contract.starts());
      Contract changed = contract.insuring(request.body(), premium);
      return contracts.replace(contract, changed)
          ? new ChangeRiskResponse.Ok(policy(changed), Policies.tag(changed))
          : new ChangeRiskResponse.PreconditionFailed(Problems.outdated());
    } catch (Uninsurable refused) {
      return new ChangeRiskResponse.UnprocessableContent(Problems.impossible(refused.reason()));
    }
  }

  ChangePaymentResponse changePayment(ChangePaymentRequest request) {
    if (request.ifMatch() == null) {
      return new ChangePaymentResponse.PreconditionRequired(Problems.tagMissing());
    }
    Optional<Contract> found = contracts.find(request.number());
    if (found.isEmpty()) {
      return new ChangePaymentResponse.NotFound(unknown(request.number()));
    }
    Contract contract = found.get();
    if (!request.ifMatch().equals(Policies.tag(contract))) {
      return new ChangePaymentResponse.PreconditionFailed(Problems.outdated());
    }
    if (!contract.isActive()) {
      return new ChangePaymentResponse.Conflict(closed(contract));
    }
    Contract changed = contract.paidBy(request.body());
    return contracts.replace(contract, changed)
        ? new ChangePaymentResponse.Ok(policy(changed), Policies.tag(changed))
        : new ChangePaymentResponse.PreconditionFailed(Problems.outdated());
  }

  CancelPolicyResponse cancel(CancelPolicyRequest request) {
    Optional<Contract> found = contracts.find(request.number());
    if (found.isEmpty()) {
      return new CancelPolicyResponse.NotFound(unknown(request.number()));
    }
    Contract contract = found.get();
    LocalDate today = insurer.today();
    LocalDate lastDay = request.body().lastDay();
    if (!contract.isActive()) {
      return new CancelPolicyResponse.Conflict(closed(contract));
    }
    if (lastDay.isBefore(today)
        || lastDay.isBefore(contract.starts())
        || lastDay.isAfter(contract.ends())) {
      return new CancelPolicyResponse.UnprocessableContent(
          Problems.impossible("The last day is a day of the contract, and not over."));
    }
    Euros refund = contract.refund(lastDay, today);
    boolean first =
        contracts.replace(contract, contract.closed(PolicyStatus.Known.CANCELLED, lastDay));
    return first
        ? new CancelPolicyResponse.Ok(
            new Cancellation(contract.number(), lastDay, refund.toMoney()))
        : new CancelPolicyResponse.Conflict(
            Problems.conflict("The contract was changed in the same moment; look at it again."));
  }

  ListInvoicesResponse invoices(ListInvoicesRequest request) {
    return contracts
        .find(request.number())
        .<ListInvoicesResponse>map(contract -> new ListInvoicesResponse.Ok(contract.invoices()))
        .orElseGet(() -> new ListInvoicesResponse.NotFound(unknown(request.number())));
  }

  GetCertificateResponse certificate(GetCertificateRequest request) {
    return contracts
        .find(request.number())
        .<GetCertificateResponse>map(contract ->
            new GetCertificateResponse.Ok(
                Certificate.of(contract, holder(contract)),
                "attachment; filename=\"certificate-%s.pdf\"".formatted(contract.number())))
        .orElseGet(() -> new GetCertificateResponse.NotFound(unknown(request.number())));
  }

  private Policy policy(Contract contract) {
    return Policies.of(contract, holder(contract));
  }

  /** Nobody who has a contract is ever forgotten. */
  private Person holder(Contract contract) {
    return insurer.people().find(contract.holder()).orElseThrow();
  }

  private static Problem unknown(String number) {
    return Problems.notFound("policy", number);
  }

  private static Problem closed(Contract contract) {
    return Problems.conflict(
        "Policy " + contract.number() + " is " + contract.status().value() + ".");
  }
}
