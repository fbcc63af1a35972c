package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A server (section 4.8.5).
 *
 * @param location where the object is written
 * @param url the URL template as written
 * @param name a name (3.2)
 * @param description CommonMark text
 * @param variables variables of the template
 * @param extensions every {@code x-*} field, by its full name
 */
public record Server(
    SourceLocation location,
    String url,
    Optional<String> name,
    Optional<String> description,
    Map<String, ServerVariable> variables,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Server {
    variables = Ordered.copyOf(variables);
    extensions = Ordered.copyOf(extensions);
  }

  /** {@return the URL with every variable replaced by its default} */
  public String resolvedUrl() {
    String resolved = url;
    for (Map.Entry<String, ServerVariable> entry : variables.entrySet()) {
      resolved = resolved.replace("{" + entry.getKey() + "}", entry.getValue().defaultValue());
    }
    return resolved;
  }
}
