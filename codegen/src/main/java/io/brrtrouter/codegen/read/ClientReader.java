package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Client;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.SchemaCopies;
import io.brrtrouter.codegen.model.Senders;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.openapi.model.Server;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a client needs beyond the operations: servers, security schemes and schemas. */
public final class ClientReader {
  private final Loaded loaded;
  private final OpenApi api;
  private final JavaModel model;

  private ClientReader(Loaded loaded, OpenApi api, JavaModel model) {
    this.loaded = loaded;
    this.api = api;
    this.model = model.withoutConversations();
  }

  /**
   * Reads a document.
   *
   * @param loaded the document; without errors
   * @param model what was read of it
   * @return what a client needs
   */
  public static Client read(Loaded loaded, JavaModel model) {
    return new ClientReader(loaded, loaded.api().orElseThrow(), model).read();
  }

  /**
   * {@return the schemas that senders judge by}
   *
   * @param loaded the document; without errors
   * @param model what was read of it
   */
  public static SchemaCopies sent(Loaded loaded, JavaModel model) {
    SchemaTexts texts = new SchemaTexts(loaded.resources());
    model.senders().stream().flatMap(Senders::schemas).forEach(texts::add);
    return texts.copies();
  }

  private Client read() {
    String name = model.api().name().simpleName();
    ClassName client =
        new ClassName(
            model.packageName() + ".client",
            name.substring(0, name.length() - "Api".length()) + "Client");
    List<Client.Scheme> schemes = schemes();
    SchemaTexts texts = new SchemaTexts(loaded.resources());
    model.operations().stream().flatMap(ClientReader::schemas).forEach(texts::add);
    return new Client(client, base(), schemes, security(schemes), texts.copies());
  }

  private static Stream<Origin> schemas(Operation operation) {
    Stream<Content> contents =
        Stream.concat(
            operation.request().body().stream().flatMap(body -> body.contents().stream()),
            operation.response().outcomes().stream().flatMap(each -> each.content().stream()));
    Stream<Operation.Header> headers =
        operation.response().outcomes().stream().flatMap(each -> each.headers().stream());
    return Stream.concat(
            contents.filter(content -> content.binding().isPresent()).map(Content::schema),
            headers.map(Operation.Header::schema))
        .flatMap(Optional::stream);
  }

  private Optional<URI> base() {
    return api.servers().stream()
        .map(Server::resolvedUrl)
        .map(ClientReader::absolute)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<URI> absolute(String url) {
    try {
      URI uri = new URI(url);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean isBase =
          isHttp && uri.getHost() != null && uri.getRawQuery() == null && uri.getFragment() == null;
      return isBase ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException notAbsolute) {
      return Optional.empty();
    }
  }

  private List<Client.Scheme> schemes() {
    Names.Scope methods = Names.Scope.ofMembers();
    Stream.of(
            "httpClient",
            "baseUri",
            "timeout",
            "maxBodySize",
            "jsonLimits",
            "validate",
            "interceptor",
            "build")
        .forEach(methods::take);
    List<Client.Scheme> schemes = new ArrayList<>();
    api.components()
        .securitySchemes()
        .forEach((name, scheme) -> {
          Client.Kind kind = kind(scheme);
          if (kind != null) {
            schemes.add(
                new Client.Scheme(
                    name,
                    methods.take(Names.member(name)),
                    kind,
                    scheme.name().orElse(""),
                    new Docs("", scheme.description().orElse(""), scheme.deprecated())));
          }
        });
    return schemes;
  }

  /** How a scheme's credential is sent; null where it is no text of its own. */
  private static Client.@Nullable Kind kind(SecurityScheme scheme) {
    return switch (scheme.type()) {
      case "apiKey" ->
          switch (scheme.in().orElse(ParameterLocation.PATH)) {
            case HEADER -> Client.Kind.HEADER_KEY;
            case QUERY -> Client.Kind.QUERY_KEY;
            case COOKIE -> Client.Kind.COOKIE_KEY;
            case PATH, QUERYSTRING -> null;
          };
      case "oauth2", "openIdConnect" -> Client.Kind.BEARER;
      case "http" ->
          switch (scheme.scheme().orElse("").toLowerCase(Locale.ROOT)) {
            case "bearer" -> Client.Kind.BEARER;
            case "basic" -> Client.Kind.BASIC;
            default -> null;
          };
      default -> null;
    };
  }

  /** Alternatives with a scheme that no method takes are left to interceptors. */
  private Map<String, List<List<String>>> security(List<Client.Scheme> schemes) {
    List<String> known = schemes.stream().map(Client.Scheme::name).toList();
    Map<String, List<List<String>>> security = new LinkedHashMap<>();
    for (Operation operation : model.operations()) {
      List<List<String>> alternatives =
          requirements(operation).stream()
              .map(SecurityRequirement::schemes)
              .map(Map::keySet)
              .filter(each -> !each.isEmpty() && known.containsAll(each))
              .map(List::copyOf)
              .toList();
      security.put(operation.methodName(), alternatives);
    }
    return security;
  }

  /** The model may lack operations of the document. */
  private List<SecurityRequirement> requirements(Operation operation) {
    return api.operations().stream()
        .filter(each ->
            each.path().equals(operation.path())
                && each.method().equalsIgnoreCase(operation.httpMethod()))
        .findFirst()
        .map(io.brrtrouter.openapi.model.Operation::security)
        .orElseGet(List::of);
  }
}
