package io.brrtrouter.examples.insurance.claims.api;

import io.brrtrouter.examples.insurance.claims.casework.Notices;
import io.brrtrouter.examples.insurance.claims.generated.api.ImportNoticesRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.ImportNoticesResponse;
import io.brrtrouter.examples.insurance.claims.generated.api.ListNoticesRequest;
import io.brrtrouter.examples.insurance.claims.generated.api.ListNoticesResponse;
import io.brrtrouter.examples.insurance.claims.generated.model.Notice;
import io.brrtrouter.server.dispatch.HandlerFor;

/** Operations on what brokers have heard of. */
final class NoticeHandlers {
  private final Notices notices;

  NoticeHandlers(Notices notices) {
    this.notices = notices;
  }

  @HandlerFor("import_notices")
  ImportNoticesResponse add(ImportNoticesRequest request) {
    return new ImportNoticesResponse.Ok(notices.add(request.body()));
  }

  @HandlerFor("list_notices")
  ListNoticesResponse list(ListNoticesRequest request) {
    return new ListNoticesResponse.Ok(
        notices.all().stream()
            .map(each ->
                new Notice(
                    each.policy(),
                    each.happenedOn(),
                    each.kind().value(),
                    each.estimate().toMoney()))
            .toList());
  }
}
