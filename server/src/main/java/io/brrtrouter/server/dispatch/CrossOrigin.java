package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.cors.CorsPreflight;
import io.brrtrouter.server.cors.OriginDecision;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The part of the gate that knows pages of other origins. */
final class CrossOrigin {
  private CrossOrigin() {}

  /**
   * {@return what is decided before anything else is looked at, security included: a browser sends
   * no credentials along with its question; null to go on}
   *
   * @param arrival the request
   * @param origin what the policy says about its origin
   * @param asked the method a preflight asks about, null for any other request
   * @param about the operation that the request or the preflight is about, null if there is none
   * @param preflight answers it
   * @param options what {@code OPTIONS} answers otherwise
   */
  static @Nullable HeadDecision decide(
      Arrival arrival,
      OriginDecision origin,
      @Nullable String asked,
      @Nullable CompiledOperation about,
      CorsPreflight preflight,
      HttpResponse options) {
    return switch (origin) {
      case OriginDecision.Unmentioned _ -> null;
      case OriginDecision.Refused _ ->
          (asked == null ? arrival : arrival.withoutOperation(preflight.vary()))
              .turnAway(new Rejection.OriginNotAllowed(), about);
      case OriginDecision.Allowed(Headers _, Headers headers) ->
          asked == null ? null : answer(arrival, headers, asked, about, preflight, options);
    };
  }

  private static HeadDecision answer(
      Arrival arrival,
      Headers headers,
      String asked,
      @Nullable CompiledOperation about,
      CorsPreflight preflight,
      HttpResponse options) {
    return switch (preflight.answer(asked, arrival.head())) {
      case CorsPreflight.Granted(Headers granted) ->
          arrival.withoutOperation(headers.plus(granted)).answer(options);
      case CorsPreflight.Denied(String reason) ->
          arrival
              .withoutOperation(headers.plus(preflight.vary()))
              .turnAway(new Rejection.PreflightDenied(reason), about);
    };
  }
}
