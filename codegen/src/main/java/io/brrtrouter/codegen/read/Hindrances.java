package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.WebCharset;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.ServiceExtension;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what keeps one part of the code from doing as the document says, and does not matter to the
 * other parts.
 */
public final class Hindrances {
  private Hindrances() {}

  /**
   * {@return what no server starts with} Operations of one handler of which one has types of its
   * own are refused, because a name is registered once.
   *
   * @param document the document; without errors
   * @param untyped names of the handlers of operations that get nothing of their own
   */
  public static List<Finding> ofServers(Loaded document, Set<String> untyped) {
    Remarks remarks = new Remarks();
    URI file = document.documents().getFirst().uri();
    Map<String, Operation> first = new HashMap<>();
    for (Operation operation : document.api().orElseThrow().operations()) {
      String name = OperationExtension.handlerName(operation);
      if (ServiceExtension.of(operation).isPresent()) {
        continue;
      }
      Operation other = untyped.contains(name) ? null : first.putIfAbsent(name, operation);
      boolean plain =
          other != null
              && OperationReader.isUndescribed(other)
              && OperationReader.isUndescribed(operation);
      if (other != null && !plain) {
        remarks.refuse(
            "handler-shared",
            new Origin(file, "", operation.location()),
            "the handler \"%s\" is also that of %s %s, and a typed handler has one operation"
                .formatted(name, other.method(), other.path()),
            "name another in x-handler, or leave \"" + name + "\" untyped");
      }
    }
    return remarks.sorted();
  }

  /**
   * {@return findings by their places}
   *
   * @param findings those of a reading and of parts of the code
   */
  public static List<Finding> sorted(List<Finding> findings) {
    return Remarks.sorted(findings);
  }

  /**
   * {@return what no client has a method for}
   *
   * @param model what was read of the document
   */
  public static List<Finding> ofClients(JavaModel model) {
    Remarks remarks = new Remarks();
    for (io.brrtrouter.codegen.model.Operation operation : model.operations()) {
      operation.response().outcomes().stream()
          .filter(each -> each.conversation().isPresent())
          .forEach(each ->
              remarks.warn(
                  "websockets-not-generated",
                  each.origin(),
                  "no client has a method for the WebSocket of %s %s"
                      .formatted(operation.httpMethod(), operation.path()),
                  "open it with java.net.http.WebSocket, or with WebSocket in JavaScript"));
    }
    return remarks.sorted();
  }

  /**
   * {@return which texts a client in TypeScript sends in another charset than the document says}
   *
   * @param model what was read of the document
   */
  public static List<Finding> ofScripts(JavaModel model) {
    Remarks remarks = new Remarks();
    model.operations().stream()
        .flatMap(operation -> operation.request().body().stream())
        .flatMap(body -> body.contents().stream())
        .forEach(content -> {
          switch (content.kind()) {
            case TEXT -> charset(content, "", content.mediaType(), remarks);
            case MULTIPART ->
                content
                    .parts()
                    .forEach(part ->
                        charset(
                            content,
                            " of part \"" + part.property() + "\"",
                            part.contentType().split(",", 2)[0].strip(),
                            remarks));
            case JSON, FORM, BYTES, STREAM, ITEMS -> {}
          }
        });
    return remarks.sorted();
  }

  private static void charset(Content content, String where, String mediaType, Remarks remarks) {
    if (!MediaTypes.isJson(mediaType) && WebCharset.of(mediaType).isEmpty()) {
      remarks.warn(
          "charset-not-sent",
          content.origin(),
          "no client in TypeScript writes the charset of %s%s: it sends %s"
              .formatted(mediaType, where, WebCharset.written(mediaType)),
          "say utf-8, iso-8859-1 or us-ascii");
    }
  }
}
