package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.openapi.model.Example;
import io.brrtrouter.openapi.model.ExternalDocs;
import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.Link;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OAuthFlow;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.model.Server;
import io.brrtrouter.openapi.model.ServerVariable;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Builds the records below operations. Two uses of one target share one record. */
final class PartBuilder {
  /** Objects by references may be nested no deeper than this. */
  private static final int MAX_DEPTH = 100;

  private final Session session;
  private final Resources resources;
  private final Map<Kind, Map<JsonNode, Optional<?>>> built = new EnumMap<>(Kind.class);
  private int depth;

  PartBuilder(Session session, Resources resources) {
    this.session = session;
    this.resources = resources;
  }

  /**
   * Builds an object once, whether it is written here or referred to.
   *
   * @param node the object or a Reference Object
   * @param kind what it is
   * @param builder builds the record of the object itself
   * @return the record; empty when the check complained, or when it contains itself
   */
  @SuppressWarnings("unchecked")
  <T> Optional<T> shared(LocatedNode node, Kind kind, Function<LocatedNode, Optional<T>> builder) {
    LocatedNode target = node.node().isObject() ? session.resolver.follow(node, kind) : null;
    if (target == null || !target.node().isObject()) {
      return Optional.empty();
    }
    Map<JsonNode, Optional<?>> known = built.computeIfAbsent(kind, any -> new IdentityHashMap<>());
    Optional<?> record = known.get(target.node());
    if (record == null) {
      known.put(target.node(), Optional.empty());
      record = nested(target, builder);
      known.put(target.node(), record);
    }
    return (Optional<T>) record;
  }

  private <T> Optional<T> nested(LocatedNode target, Function<LocatedNode, Optional<T>> builder) {
    if (depth == MAX_DEPTH) {
      session.findings.error(
          "nesting-too-deep",
          target.location(),
          "references nest objects deeper than " + MAX_DEPTH + " levels",
          "shorten the chain of references");
      return Optional.empty();
    }
    depth++;
    try {
      return builder.apply(target);
    } finally {
      depth--;
    }
  }

  /** {@return the summary or description a reference gives in place of its target's (since 3.1)} */
  private Optional<String> override(LocatedNode node, Kind kind, String field) {
    boolean reference =
        session.resolver.isReference(node, kind) && session.version(node).atLeast(Version.V3_1);
    return reference ? Nodes.optional(node, field) : Optional.empty();
  }

  <T> Map<String, T> map(
      LocatedNode owner, String field, Function<LocatedNode, Optional<T>> builder) {
    Map<String, T> records = new LinkedHashMap<>();
    for (LocatedNode member : Nodes.members(owner, field)) {
      builder.apply(member).ifPresent(record -> records.put(member.key(), record));
    }
    return records;
  }

  <T> List<T> list(LocatedNode owner, String field, Function<LocatedNode, Optional<T>> builder) {
    return Nodes.items(owner, field).stream()
        .flatMap(item -> builder.apply(item).stream())
        .toList();
  }

  Optional<Schema> schema(LocatedNode node) {
    boolean schema = node.node().isObject() || node.node().isBoolean();
    return schema ? Optional.of(resources.schema(node)) : Optional.empty();
  }

  private Optional<Schema> schema(LocatedNode owner, String field) {
    return Optional.ofNullable(owner.member(field)).flatMap(this::schema);
  }

  static Optional<ExternalDocs> externalDocs(LocatedNode owner) {
    return Optional.ofNullable(Nodes.object(owner, "externalDocs"))
        .map(docs ->
            new ExternalDocs(
                docs.location(),
                Nodes.optional(docs, "description"),
                Nodes.text(docs, "url", ""),
                Nodes.extensions(docs)));
  }

  List<Server> servers(LocatedNode owner) {
    return Nodes.items(owner, "servers").stream()
        .filter(server -> server.node().path("url").isString())
        .map(this::server)
        .toList();
  }

  private Server server(LocatedNode server) {
    return new Server(
        server.location(),
        Nodes.text(server, "url", ""),
        Nodes.optional(server, "name"),
        Nodes.optional(server, "description"),
        map(server, "variables", this::variable),
        Nodes.extensions(server));
  }

  private Optional<ServerVariable> variable(LocatedNode variable) {
    return Nodes.optional(variable, "default")
        .map(fallback ->
            new ServerVariable(
                variable.location(),
                Nodes.texts(variable, "enum"),
                fallback,
                Nodes.optional(variable, "description"),
                Nodes.extensions(variable)));
  }

  List<SecurityRequirement> requirements(LocatedNode owner) {
    List<SecurityRequirement> requirements = new ArrayList<>();
    for (LocatedNode requirement : Nodes.items(owner, "security")) {
      if (requirement.node().isObject()) {
        Map<String, List<String>> schemes = new LinkedHashMap<>();
        for (LocatedNode scheme : requirement.members()) {
          schemes.put(scheme.key(), Nodes.texts(requirement, scheme.key()));
        }
        requirements.add(new SecurityRequirement(requirement.location(), schemes));
      }
    }
    return requirements;
  }

  Optional<Parameter> parameter(LocatedNode node) {
    Optional<String> description = override(node, Kind.PARAMETER, "description");
    return shared(node, Kind.PARAMETER, this::parameterItself)
        .map(p -> description.isEmpty() ? p : p.withDescription(description));
  }

  private Optional<Parameter> parameterItself(LocatedNode node) {
    String name = Nodes.text(node, "name");
    Optional<ParameterLocation> in =
        location(node)
            .filter(place -> place != ParameterLocation.QUERYSTRING || Nodes.has(node, "content"));
    if (name == null || in.isEmpty()) {
      return Optional.empty();
    }
    ParameterStyle style = style(node).orElse(defaultStyle(in.get()));
    return Optional.of(
        new Parameter(
            node.location(),
            name,
            in.get(),
            Nodes.optional(node, "description"),
            in.get() == ParameterLocation.PATH || Nodes.flag(node, "required"),
            Nodes.flag(node, "deprecated"),
            Nodes.flag(node, "allowEmptyValue"),
            style,
            Nodes.optionalFlag(node, "explode").orElse(explodes(style)),
            Nodes.flag(node, "allowReserved"),
            schema(node, "schema"),
            map(node, "content", this::mediaType),
            Nodes.any(node, "example"),
            map(node, "examples", this::example),
            Nodes.extensions(node)));
  }

  private static Optional<ParameterLocation> location(LocatedNode node) {
    String in = Nodes.text(node, "in", "");
    return Arrays.stream(ParameterLocation.values())
        .filter(place -> place.word().equals(in))
        .findFirst();
  }

  private static Optional<ParameterStyle> style(LocatedNode node) {
    String style = Nodes.text(node, "style", "");
    return Arrays.stream(ParameterStyle.values())
        .filter(value -> value.word().equals(style))
        .findFirst();
  }

  private static ParameterStyle defaultStyle(ParameterLocation in) {
    return switch (in) {
      case PATH, HEADER -> ParameterStyle.SIMPLE;
      case QUERY, QUERYSTRING, COOKIE -> ParameterStyle.FORM;
    };
  }

  /** Style cookie is form without percent-encoding, and explodes like it. */
  private static boolean explodes(ParameterStyle style) {
    return style == ParameterStyle.FORM || style == ParameterStyle.COOKIE;
  }

  Optional<Header> header(LocatedNode node) {
    Optional<String> description = override(node, Kind.HEADER, "description");
    return shared(node, Kind.HEADER, this::headerItself)
        .map(h -> description.isEmpty() ? h : h.withDescription(description));
  }

  private Optional<Header> headerItself(LocatedNode node) {
    return Optional.of(
        new Header(
            node.location(),
            Nodes.optional(node, "description"),
            Nodes.flag(node, "required"),
            Nodes.flag(node, "deprecated"),
            Nodes.flag(node, "explode"),
            schema(node, "schema"),
            map(node, "content", this::mediaType),
            Nodes.any(node, "example"),
            map(node, "examples", this::example),
            Nodes.extensions(node)));
  }

  Optional<RequestBody> requestBody(LocatedNode node) {
    Optional<String> description = override(node, Kind.REQUEST_BODY, "description");
    return shared(node, Kind.REQUEST_BODY, this::requestBodyItself)
        .map(b -> description.isEmpty() ? b : b.withDescription(description));
  }

  private Optional<RequestBody> requestBodyItself(LocatedNode node) {
    return Optional.of(
        new RequestBody(
            node.location(),
            Nodes.optional(node, "description"),
            map(node, "content", this::mediaType),
            Nodes.flag(node, "required"),
            Nodes.extensions(node)));
  }

  Optional<MediaType> mediaType(LocatedNode node) {
    return shared(node, Kind.MEDIA_TYPE, this::mediaTypeItself);
  }

  private Optional<MediaType> mediaTypeItself(LocatedNode node) {
    return Optional.of(
        new MediaType(
            node.location(),
            Nodes.optional(node, "description"),
            schema(node, "schema"),
            schema(node, "itemSchema").or(() -> schema(node, SequentialMediaType.FIELD)),
            Nodes.any(node, "example"),
            map(node, "examples", this::example),
            map(node, "encoding", this::encoding),
            list(node, "prefixEncoding", this::encoding),
            Optional.ofNullable(node.member("itemEncoding")).flatMap(this::encoding),
            Nodes.extensions(node)));
  }

  private Optional<Encoding> encoding(LocatedNode node) {
    return shared(node, Kind.ENCODING, this::encodingItself);
  }

  private Optional<Encoding> encodingItself(LocatedNode node) {
    return Optional.of(
        new Encoding(
            node.location(),
            Nodes.optional(node, "contentType"),
            map(node, "headers", this::header),
            style(node),
            Nodes.optionalFlag(node, "explode"),
            Nodes.flag(node, "allowReserved"),
            map(node, "encoding", this::encoding),
            list(node, "prefixEncoding", this::encoding),
            Optional.ofNullable(node.member("itemEncoding")).flatMap(this::encoding),
            Nodes.extensions(node)));
  }

  Optional<Example> example(LocatedNode node) {
    Optional<String> summary = override(node, Kind.EXAMPLE, "summary");
    Optional<String> description = override(node, Kind.EXAMPLE, "description");
    return shared(node, Kind.EXAMPLE, this::exampleItself)
        .map(e -> summary.isEmpty() ? e : e.withSummary(summary))
        .map(e -> description.isEmpty() ? e : e.withDescription(description));
  }

  private Optional<Example> exampleItself(LocatedNode node) {
    return Optional.of(
        new Example(
            node.location(),
            Nodes.optional(node, "summary"),
            Nodes.optional(node, "description"),
            Nodes.any(node, "value"),
            Nodes.any(node, "dataValue"),
            Nodes.optional(node, "serializedValue"),
            Nodes.optional(node, "externalValue"),
            Nodes.extensions(node)));
  }

  Optional<Response> response(LocatedNode node) {
    Optional<String> summary = override(node, Kind.RESPONSE, "summary");
    Optional<String> description = override(node, Kind.RESPONSE, "description");
    return shared(node, Kind.RESPONSE, this::responseItself)
        .map(r -> summary.isEmpty() ? r : r.withSummary(summary))
        .map(r -> description.isEmpty() ? r : r.withDescription(description));
  }

  private Optional<Response> responseItself(LocatedNode node) {
    return Optional.of(
        new Response(
            node.location(),
            Nodes.optional(node, "summary"),
            Nodes.optional(node, "description"),
            map(node, "headers", this::header),
            map(node, "content", this::mediaType),
            map(node, "links", this::link),
            Nodes.extensions(node)));
  }

  Optional<Link> link(LocatedNode node) {
    Optional<String> description = override(node, Kind.LINK, "description");
    return shared(node, Kind.LINK, this::linkItself)
        .map(l -> description.isEmpty() ? l : l.withDescription(description));
  }

  private Optional<Link> linkItself(LocatedNode node) {
    return Optional.of(
        new Link(
            node.location(),
            Nodes.optional(node, "operationRef"),
            Nodes.optional(node, "operationId"),
            map(node, "parameters", value -> Optional.of(value.node())),
            Nodes.any(node, "requestBody"),
            Nodes.optional(node, "description"),
            Optional.ofNullable(Nodes.object(node, "server"))
                .filter(server -> server.node().path("url").isString())
                .map(this::server),
            Nodes.extensions(node)));
  }

  Optional<SecurityScheme> securityScheme(LocatedNode node) {
    Optional<String> description = override(node, Kind.SECURITY_SCHEME, "description");
    return shared(node, Kind.SECURITY_SCHEME, this::securitySchemeItself)
        .map(s -> description.isEmpty() ? s : s.withDescription(description));
  }

  private Optional<SecurityScheme> securitySchemeItself(LocatedNode node) {
    LocatedNode flows = Nodes.object(node, "flows");
    return Nodes.optional(node, "type")
        .map(type ->
            new SecurityScheme(
                node.location(),
                type,
                Nodes.optional(node, "description"),
                Nodes.optional(node, "name"),
                location(node),
                Nodes.optional(node, "scheme").map(scheme -> scheme.toLowerCase(Locale.ROOT)),
                Nodes.optional(node, "bearerFormat"),
                flows == null ? Map.of() : flows(flows),
                Nodes.optional(node, "openIdConnectUrl"),
                Nodes.optional(node, "oauth2MetadataUrl"),
                Nodes.flag(node, "deprecated"),
                Nodes.extensions(node)));
  }

  private Map<String, OAuthFlow> flows(LocatedNode flows) {
    Map<String, OAuthFlow> records = new LinkedHashMap<>();
    for (LocatedNode flow : flows.members()) {
      if (!flow.key().startsWith("x-") && flow.node().isObject()) {
        records.put(flow.key(), flow(flow));
      }
    }
    return records;
  }

  private OAuthFlow flow(LocatedNode flow) {
    Map<String, String> scopes = new LinkedHashMap<>();
    for (LocatedNode scope : Nodes.members(flow, "scopes")) {
      scopes.put(scope.key(), scope.node().isString() ? scope.node().stringValue() : "");
    }
    return new OAuthFlow(
        flow.location(),
        Nodes.optional(flow, "authorizationUrl"),
        Nodes.optional(flow, "deviceAuthorizationUrl"),
        Nodes.optional(flow, "tokenUrl"),
        Nodes.optional(flow, "refreshUrl"),
        scopes,
        Nodes.extensions(flow));
  }
}
