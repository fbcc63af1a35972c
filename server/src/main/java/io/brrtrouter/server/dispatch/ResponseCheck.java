package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.ItemDecoder;
import io.brrtrouter.server.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a handler answers with the {@code responses} of its operation (OpenAPI 3.1.1
 * section 4.8.16): an exact status first, then its range such as {@code 2XX}, then {@code default}.
 * Immutable.
 */
final class ResponseCheck {
  private final ResponseCheckMode mode;
  private final Map<String, CheckedResponse> responses;
  private final SourceLocation source;

  private ResponseCheck(
      ResponseCheckMode mode, Map<String, CheckedResponse> responses, SourceLocation source) {
    this.mode = mode;
    this.responses = responses;
    this.source = source;
  }

  static ResponseCheck compile(
      Operation operation, ResponseCheckMode mode, SchemaPrograms schemas) {
    Map<String, CheckedResponse> responses = new LinkedHashMap<>();
    for (Map.Entry<String, Response> entry : operation.responses().entrySet()) {
      responses.put(entry.getKey(), CheckedResponse.compile(entry.getValue(), schemas));
    }
    return new ResponseCheck(mode, responses, operation.location());
  }

  /** {@return whether this response is to be checked} */
  boolean applies() {
    return switch (mode) {
      case ResponseCheckMode.Off _ -> false;
      case ResponseCheckMode.Sample(double rate) -> ThreadLocalRandom.current().nextDouble() < rate;
      case ResponseCheckMode.Log _, ResponseCheckMode.Enforce _ -> true;
    };
  }

  /** {@return whether a response that does not match is withheld} */
  boolean enforces() {
    return mode instanceof ResponseCheckMode.Enforce;
  }

  /**
   * {@return what is wrong with a response, in no particular order; nothing when it matches}
   *
   * @param response the handler's
   * @param head whether the request was a {@code HEAD}, whose response may lack content
   * @param content whether the content is to be looked at; else it is known to be valid
   */
  List<ResponseViolation> check(HttpResponse response, boolean head, boolean content) {
    CheckedResponse declared = declared(response.status());
    return declared == null
        ? List.of(undeclared(response.status()))
        : declared.check(response, head, content);
  }

  /** {@return what judges the items of a response, empty if the document says nothing of them} */
  Optional<ItemDecoder> items(int status, String contentType) {
    return Optional.ofNullable(declared(status)).flatMap(response -> response.items(contentType));
  }

  /** {@return whether the content of a response is looked at as a value} */
  boolean judgesContent(int status, String contentType) {
    CheckedResponse declared = mode instanceof ResponseCheckMode.Off ? null : declared(status);
    return declared != null && declared.hasValue(contentType);
  }

  private @Nullable CheckedResponse declared(int status) {
    CheckedResponse exact = responses.get(Integer.toString(status));
    if (exact != null) {
      return exact;
    }
    CheckedResponse range = responses.get(status / 100 + "XX");
    return range != null ? range : responses.get("default");
  }

  private ResponseViolation undeclared(int status) {
    return new ResponseViolation(
        "status",
        "",
        "",
        "status "
            + status
            + " is not declared; declared are "
            + String.join(", ", responses.keySet()),
        source);
  }
}
