package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The operations of one path, webhook or callback (section 4.8.9).
 *
 * @param location where the object is written
 * @param path the path template, webhook name or callback expression it is filed under
 * @param summary a short summary
 * @param description CommonMark text
 * @param servers servers of this path item only; empty when not given
 * @param parameters parameters shared by the operations, as declared
 * @param operations the operations, in document order; {@code query} and {@code
 *     additionalOperations} (3.2) included
 * @param extensions every {@code x-*} field, by its full name
 */
public record PathItem(
    SourceLocation location,
    String path,
    Optional<String> summary,
    Optional<String> description,
    List<Server> servers,
    List<Parameter> parameters,
    List<Operation> operations,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public PathItem {
    servers = List.copyOf(servers);
    parameters = List.copyOf(parameters);
    operations = List.copyOf(operations);
    extensions = Ordered.copyOf(extensions);
  }
}
