package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.server.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Names of media types go into {@code Accept} and {@code Content-Type} as the document has them.
 */
final class SentNames {
  private SentNames() {}

  /** {@return a finding for each media type of an operation that no header field can carry} */
  static List<Finding> unfit(Operation operation) {
    List<Finding> findings = new ArrayList<>();
    add(operation.requestBody().map(RequestBody::content).orElse(Map.of()), findings);
    operation.responses().values().forEach(response -> add(response.content(), findings));
    return findings;
  }

  private static void add(Map<String, MediaType> content, List<Finding> findings) {
    content.forEach((name, mediaType) -> {
      if (!Headers.isValue(name)) {
        findings.add(
            new Finding(
                ServingRule.MEDIA_TYPE_UNSENDABLE.id(),
                Severity.ERROR,
                mediaType.location(),
                "media type \"" + name + "\" has characters that no header field can have",
                "write it in ASCII"));
      }
    });
  }
}
