package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SecurityScheme;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation that no test of a new project asks.
 *
 * @param operation the operation
 * @param reason why, for people
 */
public record Untested(Operation operation, String reason) {
  /** A file is a part of a form, or the whole body. */
  private static final Set<Content.Kind> FILES =
      Set.of(Content.Kind.MULTIPART, Content.Kind.BYTES, Content.Kind.STREAM);

  static Untested of(Operation operation, OpenApi api) {
    io.brrtrouter.openapi.model.Operation declared =
        api.operations().stream()
            .filter(each ->
                each.path().equals(operation.path())
                    && each.method().equalsIgnoreCase(operation.httpMethod()))
            .findFirst()
            .orElseThrow();
    return new Untested(operation, reason(operation, declared, api));
  }

  private static String reason(
      Operation operation, io.brrtrouter.openapi.model.Operation declared, OpenApi api) {
    if (needsCertificate(declared, api)) {
      return "it takes the certificate of a client, and tests that are written from a document have none";
    }
    if (declared.demandsCredentials() && OperationExtension.STEP_UP.of(declared).isPresent()) {
      return "x-brrtrouter-step-up asks how callers were authenticated, and the credentials for"
          + " development do not say that";
    }
    if (operation.conversation().isPresent()) {
      return "it begins a WebSocket, for which tests need a connection; open one with"
          + " java.net.http.WebSocket";
    }
    if (takes(operation, Set.of(Content.Kind.ITEMS))) {
      return "the document leads to no items to send; send some with body(...) of BrrtClient";
    }
    return takes(operation, FILES)
        ? "tests that are written from a document send no files; send one with file(...) or body(...) of BrrtClient"
        : "the document leads to no request or no answer";
  }

  private static boolean needsCertificate(
      io.brrtrouter.openapi.model.Operation declared, OpenApi api) {
    return declared.demandsCredentials()
        && declared.security().stream()
            .allMatch(alternative ->
                alternative.schemes().keySet().stream()
                    .map(api.components().securitySchemes()::get)
                    .anyMatch(Untested::isCertificate));
  }

  private static boolean isCertificate(@Nullable SecurityScheme scheme) {
    return scheme != null && scheme.type().equals("mutualTLS");
  }

  private static boolean takes(Operation operation, Set<Content.Kind> kinds) {
    return operation.request().body().stream()
        .flatMap(body -> body.contents().stream())
        .anyMatch(content -> kinds.contains(content.kind()));
  }
}
