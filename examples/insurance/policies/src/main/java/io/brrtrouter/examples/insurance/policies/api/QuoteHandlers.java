package io.brrtrouter.examples.insurance.policies.api;

import io.brrtrouter.examples.insurance.common.Problems;
import io.brrtrouter.examples.insurance.policies.contracts.Contract;
import io.brrtrouter.examples.insurance.policies.contracts.Insurer;
import io.brrtrouter.examples.insurance.policies.contracts.Uninsurable;
import io.brrtrouter.examples.insurance.policies.generated.api.AcceptQuoteRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.AcceptQuoteResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.GetQuoteRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.GetQuoteResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.ListProductsRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.ListProductsResponse;
import io.brrtrouter.examples.insurance.policies.generated.api.RequestQuoteRequest;
import io.brrtrouter.examples.insurance.policies.generated.api.RequestQuoteResponse;
import io.brrtrouter.examples.insurance.policies.generated.model.Acceptance;
import io.brrtrouter.examples.insurance.policies.generated.model.Instalments;
import io.brrtrouter.examples.insurance.policies.generated.model.Quote;
import io.brrtrouter.examples.insurance.policies.generated.model.TravelRisk;
import io.brrtrouter.examples.insurance.shared.model.Person;
import java.util.Optional;

/** Operations on quotes. */
final class QuoteHandlers {
  private final Insurer insurer;

  QuoteHandlers(Insurer insurer) {
    this.insurer = insurer;
  }

  ListProductsResponse products(ListProductsRequest request) {
    return new ListProductsResponse.Ok(insurer.tariff().products());
  }

  RequestQuoteResponse request(RequestQuoteRequest request) {
    try {
      Quote quote = insurer.quotes().request(request.body());
      return new RequestQuoteResponse.Created(quote, "/quotes/" + quote.id());
    } catch (Uninsurable refused) {
      return new RequestQuoteResponse.UnprocessableContent(Problems.impossible(refused.reason()));
    }
  }

  GetQuoteResponse get(GetQuoteRequest request) {
    return insurer
        .quotes()
        .find(request.quoteId())
        .<GetQuoteResponse>map(GetQuoteResponse.Ok::new)
        .orElseGet(
            () -> new GetQuoteResponse.NotFound(Problems.notFound("quote", request.quoteId())));
  }

  AcceptQuoteResponse accept(AcceptQuoteRequest request) {
    Acceptance acceptance = request.body();
    Optional<Quote> found = insurer.quotes().find(request.quoteId());
    if (found.isEmpty()) {
      return new AcceptQuoteResponse.NotFound(Problems.notFound("quote", request.quoteId()));
    }
    Quote quote = found.get();
    Optional<Person> holder = insurer.people().find(acceptance.holder());
    if (holder.isEmpty()) {
      return new AcceptQuoteResponse.UnprocessableContent(
          Problems.impossible("Nobody is known as " + acceptance.holder() + "."));
    }
    if (quote.risk() instanceof TravelRisk
        && acceptance.instalments() != Instalments.Known.YEARLY) {
      return new AcceptQuoteResponse.UnprocessableContent(
          Problems.impossible("A journey is paid at once."));
    }
    if (insurer.quotes().isOver(quote)) {
      return new AcceptQuoteResponse.Conflict(
          Problems.conflict("The quote was valid until " + quote.validUntil() + "."));
    }
    if (!insurer.quotes().take(quote)) {
      return new AcceptQuoteResponse.Conflict(Problems.conflict("The quote is accepted already."));
    }
    Contract contract =
        insurer
            .contracts()
            .open(
                holder.get().id(),
                quote.risk(),
                quote.starts(),
                acceptance.instalments(),
                acceptance.payment(),
                quote.premium());
    return new AcceptQuoteResponse.Created(
        Policies.of(contract, holder.get()),
        "/policies/" + contract.number(),
        Policies.tag(contract));
  }
}
