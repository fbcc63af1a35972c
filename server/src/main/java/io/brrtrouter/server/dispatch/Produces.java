package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The media types an operation succeeds with: those of its 2XX responses, else of its {@code
 * default} response. Decides whether {@code Accept} leaves any (RFC 9110 section 15.5.7).
 *
 * @param names as declared, each once
 * @param offers the same, parsed
 */
record Produces(List<String> names, List<Offer> offers) {

  static Produces of(Operation operation) {
    Set<String> names = new LinkedHashSet<>();
    boolean declared = false;
    for (Map.Entry<String, Response> entry : operation.responses().entrySet()) {
      if (entry.getKey().startsWith("2")) {
        declared = true;
        names.addAll(entry.getValue().content().keySet());
      }
    }
    Response other = operation.responses().get("default");
    if (!declared && other != null) {
      names.addAll(other.content().keySet());
    }
    return new Produces(List.copyOf(names), names.stream().map(Offer::of).toList());
  }

  /**
   * {@return whether a success could be acceptable; always, where no success has content}
   *
   * @param headers the request's
   */
  boolean satisfies(Headers headers) {
    if (names.isEmpty()) {
      return true;
    }
    String field = headers.get("Accept");
    if (field == null || field.equals("*/*") || names.contains(field)) {
      return true;
    }
    Accept accept = Accept.of(headers);
    return offers.stream().anyMatch(offer -> offer.weight(accept) > 0);
  }
}
