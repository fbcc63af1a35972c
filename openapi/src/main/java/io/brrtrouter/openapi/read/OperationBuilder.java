package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.Callback;
import io.brrtrouter.openapi.model.EventStreamExtension;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.PathItem;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.Server;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Builds path items, operations and callbacks, with what they inherit. */
final class OperationBuilder {
  private final Session session;
  private final PartBuilder parts;
  private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private List<Server> rootServers = List.of();
  private List<SecurityRequirement> rootSecurity = List.of();

  OperationBuilder(Session session, PartBuilder parts) {
    this.session = session;
    this.parts = parts;
  }

  /** Sets what operations without their own take from the root. */
  void inherit(List<Server> servers, List<SecurityRequirement> security) {
    this.rootServers = servers;
    this.rootSecurity = security;
  }

  /** Builds a path item; where it refers to another, the fields of both count. */
  PathItem pathItem(LocatedNode written, String path) {
    List<LocatedNode> layers = layers(written);
    List<Server> servers =
        layers.stream()
            .map(parts::servers)
            .filter(list -> !list.isEmpty())
            .findFirst()
            .orElse(List.of());
    List<Parameter> parameters =
        layers.stream()
            .flatMap(item -> parts.list(item, "parameters", parts::parameter).stream())
            .toList();
    List<Operation> operations = new ArrayList<>();
    Map<String, JsonNode> extensions = new LinkedHashMap<>();
    for (LocatedNode layer : layers) {
      operations.addAll(operations(layer, path, parameters, servers));
      Nodes.extensions(layer).forEach(extensions::putIfAbsent);
    }
    return new PathItem(
        layers.getLast().location(),
        path,
        first(layers, "summary"),
        first(layers, "description"),
        servers,
        parameters,
        operations,
        extensions);
  }

  /** The path item as written, then the ones it refers to. */
  private List<LocatedNode> layers(LocatedNode written) {
    List<LocatedNode> layers = new ArrayList<>();
    Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    LocatedNode item = written;
    while (item != null
        && seen.size() < Resolver.MAX_CHAIN
        && item.node().isObject()
        && seen.add(item.node())) {
      layers.add(item);
      item =
          Nodes.text(item, "$ref") == null ? null : session.resolver.target(item, Kind.PATH_ITEM);
    }
    return layers;
  }

  private static Optional<String> first(List<LocatedNode> layers, String field) {
    return layers.stream().flatMap(layer -> Nodes.optional(layer, field).stream()).findFirst();
  }

  private List<Operation> operations(
      LocatedNode item, String path, List<Parameter> shared, List<Server> servers) {
    List<Operation> operations = new ArrayList<>();
    if (!open.add(item.node())) {
      return operations;
    }
    for (LocatedNode member : item.members()) {
      if (PathRules.METHODS.contains(member.key()) && member.node().isObject()) {
        String method = member.key().toUpperCase(Locale.ROOT);
        operations.add(operation(member, method, path, shared, servers));
      } else if (member.key().equals("additionalOperations")) {
        member.members().stream()
            .filter(operation -> operation.node().isObject())
            .map(operation -> operation(operation, operation.key(), path, shared, servers))
            .forEach(operations::add);
      }
    }
    open.remove(item.node());
    return operations;
  }

  private Operation operation(
      LocatedNode node, String method, String path, List<Parameter> shared, List<Server> servers) {
    List<Server> own = parts.servers(node);
    boolean secured = node.node().path("security").isArray();
    return new Operation(
        node.location(),
        method,
        path,
        Nodes.optional(node, "operationId"),
        Nodes.texts(node, "tags"),
        Nodes.optional(node, "summary"),
        Nodes.optional(node, "description"),
        PartBuilder.externalDocs(node),
        effective(shared, parts.list(node, "parameters", parts::parameter)),
        Optional.ofNullable(node.member("requestBody")).flatMap(parts::requestBody),
        responses(node),
        parts.map(node, "callbacks", this::callback),
        Nodes.flag(node, "deprecated"),
        secured ? parts.requirements(node) : rootSecurity,
        secured,
        !own.isEmpty() ? own : !servers.isEmpty() ? servers : rootServers,
        Nodes.extensions(node),
        extensionLocations(node),
        webSocket(node));
  }

  private Optional<WebSocketExtension> webSocket(LocatedNode operation) {
    return Optional.ofNullable(operation.member(WebSocketExtension.FIELD))
        .filter(value -> OperationExtension.WEB_SOCKET.allows(value.node()))
        .map(value ->
            new WebSocketExtension(
                value.location(),
                Nodes.texts(value, "subprotocols"),
                messages(value, "fromClient"),
                messages(value, "fromServer")));
  }

  private Optional<WebSocketExtension.Messages> messages(LocatedNode socket, String direction) {
    return Optional.ofNullable(Nodes.object(socket, direction))
        .map(messages ->
            new WebSocketExtension.Messages(
                messages.location(), parts.map(messages, "content", parts::mediaType)));
  }

  private static Map<String, SourceLocation> extensionLocations(LocatedNode operation) {
    Map<String, SourceLocation> locations = new HashMap<>();
    for (String name : Nodes.extensions(operation).keySet()) {
      locations.put(name, Nodes.required(operation, name).location());
    }
    return locations;
  }

  private static List<Parameter> effective(List<Parameter> shared, List<Parameter> own) {
    Set<String> overridden = new HashSet<>();
    own.forEach(parameter -> overridden.add(key(parameter)));
    List<Parameter> effective = new ArrayList<>();
    shared.stream()
        .filter(parameter -> !overridden.contains(key(parameter)))
        .forEach(effective::add);
    effective.addAll(own);
    return effective;
  }

  private static String key(Parameter parameter) {
    boolean header = parameter.in() == ParameterLocation.HEADER;
    String name = parameter.name();
    return parameter.in() + " " + (header ? name.toLowerCase(Locale.ROOT) : name);
  }

  private Map<String, Response> responses(LocatedNode operation) {
    Map<String, Response> responses = new LinkedHashMap<>();
    for (LocatedNode response : Nodes.members(operation, "responses")) {
      if (!response.key().startsWith("x-")) {
        parts.response(response).ifPresent(record -> responses.put(response.key(), record));
      }
    }
    if (EventStreamRules.isEventStream(operation)) {
      eventStream(responses, Nodes.required(operation, EventStreamExtension.FIELD).location());
    }
    return responses;
  }

  /** Whoever reads the model finds the content that {@code x-sse} says there is. */
  private static void eventStream(Map<String, Response> responses, SourceLocation extension) {
    EventStreamExtension.STATUSES.stream()
        .filter(responses::containsKey)
        .findFirst()
        .ifPresent(status ->
            responses.computeIfPresent(
                status,
                (any, response) ->
                    response.content().isEmpty()
                        ? response.withContent(
                            Map.of(EventStreamExtension.MEDIA_TYPE, anything(extension)))
                        : response));
  }

  private static MediaType anything(SourceLocation location) {
    return new MediaType(
        location,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  Optional<Callback> callback(LocatedNode node) {
    return parts.shared(node, Kind.CALLBACK, this::callbackItself);
  }

  private Optional<Callback> callbackItself(LocatedNode node) {
    Map<String, PathItem> items = new LinkedHashMap<>();
    for (LocatedNode item : node.members()) {
      if (!item.key().startsWith("x-") && item.node().isObject()) {
        items.put(item.key(), pathItem(item, item.key()));
      }
    }
    return Optional.of(new Callback(node.location(), items, Nodes.extensions(node)));
  }
}
