package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.database.DatabaseUnavailable;
import io.brrtrouter.examples.petstore.database.UnstorableText;
import io.brrtrouter.examples.petstore.shop.Refusal;
import io.brrtrouter.outbound.RefusedReceiverException;
import io.brrtrouter.outbound.SenderException;
import io.brrtrouter.server.dispatch.Exchange;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.dispatch.Next;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Problem;
import java.util.Map;

/** Tells customers what the shop cannot do, so that handlers need not. */
public final class RefusalFilter implements Filter {

  @Override
  public HttpResponse filter(Exchange exchange, Next next) throws Exception {
    try {
      return next.proceed(exchange);
    } catch (Refusal refusal) {
      String detail = String.valueOf(refusal.getMessage());
      return switch (refusal.reason()) {
        case NOT_FOUND -> problem("not-found", 404, "Not found", detail);
        case CONFLICT -> problem("conflict", 409, "Not possible now", detail);
        case OUTDATED -> problem("outdated", 412, "Someone was faster", detail);
        case SENSELESS -> problem("senseless", 422, "Makes no sense", detail);
      };
    } catch (UnstorableText refused) {
      return problem("senseless", 422, "Makes no sense", String.valueOf(refused.getMessage()));
    } catch (RefusedReceiverException refused) {
      return problem(
          "receiver", 400, "Nothing is sent there", String.valueOf(refused.getMessage()));
    } catch (DatabaseUnavailable | SenderException unavailable) {
      String detail = String.valueOf(unavailable.getMessage());
      return problem("unavailable", 503, "Not possible now", detail).withHeader("Retry-After", "5");
    }
  }

  private static HttpResponse problem(String type, int status, String title, String detail) {
    return new Problem("/problems/" + type, title, status, detail, Map.of()).toResponse();
  }
}
