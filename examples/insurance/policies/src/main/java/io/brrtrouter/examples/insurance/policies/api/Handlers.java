package io.brrtrouter.examples.insurance.policies.api;

import io.brrtrouter.examples.insurance.policies.contracts.Insurer;
import io.brrtrouter.examples.insurance.policies.generated.api.AcceptQuoteHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.AddPersonHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.CancelPolicyHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.ChangePaymentHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.ChangeRiskHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.ExportPortfolioHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.GetCertificateHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.GetPersonHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.GetPolicyHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.GetQuoteHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.GetRenewalHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.ListInvoicesHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.ListPoliciesHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.ListProductsHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.PoliciesApi;
import io.brrtrouter.examples.insurance.policies.generated.api.ReplacePersonHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.RequestQuoteHandler;
import io.brrtrouter.examples.insurance.policies.generated.api.StartRenewalHandler;

/**
 * Says who handles each operation. An operation that is added to the document is a method that is
 * missing here.
 */
public final class Handlers implements PoliciesApi {
  private final QuoteHandlers quotes;
  private final PolicyHandlers policies;
  private final PeopleHandlers people;
  private final OfficeHandlers office;

  /**
   * Takes care of everything.
   *
   * @param insurer the insurer
   */
  public Handlers(Insurer insurer) {
    quotes = new QuoteHandlers(insurer);
    policies = new PolicyHandlers(insurer);
    people = new PeopleHandlers(insurer.people());
    office = new OfficeHandlers(insurer);
  }

  @Override
  public ListProductsHandler listProducts() {
    return quotes::products;
  }

  @Override
  public RequestQuoteHandler requestQuote() {
    return quotes::request;
  }

  @Override
  public GetQuoteHandler getQuote() {
    return quotes::get;
  }

  @Override
  public AcceptQuoteHandler acceptQuote() {
    return quotes::accept;
  }

  @Override
  public ListPoliciesHandler listPolicies() {
    return policies::list;
  }

  @Override
  public GetPolicyHandler getPolicy() {
    return policies::get;
  }

  @Override
  public ChangeRiskHandler changeRisk() {
    return policies::changeRisk;
  }

  @Override
  public CancelPolicyHandler cancelPolicy() {
    return policies::cancel;
  }

  @Override
  public ListInvoicesHandler listInvoices() {
    return policies::invoices;
  }

  @Override
  public GetCertificateHandler getCertificate() {
    return policies::certificate;
  }

  @Override
  public ChangePaymentHandler changePayment() {
    return policies::changePayment;
  }

  @Override
  public AddPersonHandler addPerson() {
    return people::add;
  }

  @Override
  public GetPersonHandler getPerson() {
    return people::get;
  }

  @Override
  public ReplacePersonHandler replacePerson() {
    return people::replace;
  }

  @Override
  public StartRenewalHandler startRenewal() {
    return office::startRenewal;
  }

  @Override
  public GetRenewalHandler getRenewal() {
    return office::renewal;
  }

  @Override
  public ExportPortfolioHandler exportPortfolio() {
    return office::portfolio;
  }
}
