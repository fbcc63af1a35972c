package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One operation (section 4.8.10).
 *
 * @param location where the object is written
 * @param method the HTTP method token, for example {@code GET}
 * @param path the path template, webhook name or callback expression
 * @param operationId the identifier
 * @param tags tag names
 * @param summary a short summary
 * @param description CommonMark text
 * @param externalDocs further documentation
 * @param parameters effective parameters: those of the path item, overridden by the operation's own
 *     of the same name and place
 * @param requestBody the body it takes
 * @param responses responses by {@code 200}, {@code 2XX} or {@code default}
 * @param callbacks callbacks by name
 * @param deprecated whether callers should stop using it
 * @param security effective requirements: the operation's own, else the root's; an empty list is
 *     public
 * @param securityDeclared whether the operation itself has a {@code security} field
 * @param servers effective servers: the operation's own, else the path item's, else the root's
 * @param extensions every {@code x-*} field, by its full name
 * @param extensionLocations where the value of each extension is written; none for an operation
 *     that is in no document
 * @param webSocket what {@code x-websocket} says; empty when no WebSocket begins here
 */
public record Operation(
    SourceLocation location,
    String method,
    String path,
    Optional<String> operationId,
    List<String> tags,
    Optional<String> summary,
    Optional<String> description,
    Optional<ExternalDocs> externalDocs,
    List<Parameter> parameters,
    Optional<RequestBody> requestBody,
    Map<String, Response> responses,
    Map<String, Callback> callbacks,
    boolean deprecated,
    List<SecurityRequirement> security,
    boolean securityDeclared,
    List<Server> servers,
    Map<String, JsonNode> extensions,
    Map<String, SourceLocation> extensionLocations,
    Optional<WebSocketExtension> webSocket) {

  /** Copies the collections, keeping document order. */
  public Operation {
    tags = List.copyOf(tags);
    parameters = List.copyOf(parameters);
    responses = Ordered.copyOf(responses);
    callbacks = Ordered.copyOf(callbacks);
    security = List.copyOf(security);
    servers = List.copyOf(servers);
    extensions = Ordered.copyOf(extensions);
    extensionLocations = Map.copyOf(extensionLocations);
  }

  /**
   * {@return whether {@code x-sse: true} says that the response 200 is a stream of server-sent
   * events} Its content then has {@code text/event-stream}, or a range with it, also where the
   * document declares none.
   */
  public boolean sse() {
    return EventStreamExtension.of(this);
  }

  /**
   * {@return whether every request needs a credential: none of its alternatives is empty, and there
   * is one (section 4.8.30)}
   */
  public boolean demandsCredentials() {
    return !security.isEmpty() && security.stream().noneMatch(each -> each.schemes().isEmpty());
  }

  /**
   * {@return whether a request may bring a credential, needed or not: {@code security: [{}, {key:
   * []}]} lets anybody in and takes a key} Who answers such an operation would believe what nobody
   * verified, as with one that {@linkplain #demandsCredentials demands} it.
   */
  public boolean takesCredentials() {
    return security.stream().anyMatch(each -> !each.schemes().isEmpty());
  }
}
