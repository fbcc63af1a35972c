package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CorsPreflight;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.router.PathTemplate;
import io.brrtrouter.server.router.Router;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything derived from documents, handlers and options that a request needs. Immutable; every
 * change is another one, a new {@link Generation} once it serves, and a request meets exactly one.
 */
public final class CompiledApi {
  private final OpenApi document;
  private final DispatchOptions options;
  private final CompiledOperation.Surroundings surroundings;
  private final List<CompiledOperation> operations;
  private final Router<CompiledPathItem> router;
  private final Router<Endpoint> endpoints;
  private final Mounts mounts;
  private final HttpResponse optionsOfAll;
  private final KnownMethods methods;
  private final CorsPreflight endpointPreflight;
  private final Headers securityHeaders;
  private final Headers securityHeadersOverTls;
  private final Set<String> secretParameters;

  /**
   * Puts a generation together.
   *
   * @param document what it was made of first
   * @param options the options
   * @param surroundings what surrounds every operation
   * @param operations in order; a later one replaces an earlier one of the same method and an equal
   *     path template
   */
  CompiledApi(
      OpenApi document,
      DispatchOptions options,
      CompiledOperation.Surroundings surroundings,
      List<CompiledOperation> operations) {
    this(document, options, surroundings, operations, Set.of());
  }

  private CompiledApi(
      OpenApi document,
      DispatchOptions options,
      CompiledOperation.Surroundings surroundings,
      List<CompiledOperation> operations,
      Set<String> secretParameters) {
    this.document = document;
    this.options = options;
    this.surroundings = surroundings;
    Map<PathTemplate, Map<String, CompiledOperation>> paths = new LinkedHashMap<>();
    for (CompiledOperation operation : operations) {
      paths
          .computeIfAbsent(operation.path(), _ -> new LinkedHashMap<>())
          .put(operation.method().token(), operation);
    }
    this.operations = paths.values().stream().flatMap(item -> item.values().stream()).toList();
    Router.Builder<CompiledPathItem> router = Router.builder();
    paths.forEach((path, item) ->
        router.add(path, new CompiledPathItem(path, item.values(), options.cors())));
    this.router = router.build();
    Router.Builder<Endpoint> endpoints = Router.builder();
    options.endpoints().forEach(endpoints::add);
    this.endpoints = endpoints.build();
    this.mounts = Mounts.of(options.mounts());
    this.optionsOfAll = optionsOfAll(this.operations);
    this.methods = KnownMethods.of(this.operations);
    this.endpointPreflight = CorsPreflight.of(options.cors(), List.of(Method.GET, Method.HEAD));
    this.securityHeaders = options.securityHeaders().render(false);
    this.securityHeadersOverTls = options.securityHeaders().render(true);
    this.secretParameters = secretParameters(document, secretParameters);
  }

  private static Set<String> secretParameters(OpenApi document, Set<String> further) {
    Set<String> names = new HashSet<>(further);
    for (SecurityScheme scheme : document.components().securitySchemes().values()) {
      if (scheme.in().filter(ParameterLocation.QUERY::equals).isPresent()) {
        scheme.name().ifPresent(names::add);
      }
    }
    return Set.copyOf(names);
  }

  private static HttpResponse optionsOfAll(List<CompiledOperation> operations) {
    TreeSet<String> methods = new TreeSet<>(List.of("GET", "HEAD", "OPTIONS"));
    operations.forEach(operation -> methods.add(operation.method().token()));
    return CompiledPathItem.options(String.join(", ", methods));
  }

  /** {@return the document this API was first made of} */
  public OpenApi document() {
    return document;
  }

  /** {@return how many operations are served, each counted once per path} */
  public int size() {
    return operations.size();
  }

  /** {@return what is served, in document order} */
  public List<ServedOperation> operations() {
    return operations.stream().map(CompiledApi::served).toList();
  }

  /**
   * {@return what keeps requests from an operation}
   *
   * @param served one of {@link #operations}
   * @throws NoSuchElementException if it is none of them
   */
  public OperationAccess access(ServedOperation served) {
    OperationPlan plan =
        operations.stream()
            .filter(each -> served(each).equals(served))
            .findFirst()
            .orElseThrow()
            .plan();
    return new OperationAccess(
        plan.security().isPublic(),
        plan.security().takesGuessable(),
        plan.browsers(),
        Optional.ofNullable(plan.beforeAuthentication()),
        Optional.ofNullable(plan.settings().limit()));
  }

  /** {@return what is answered from the document's examples, in document order} */
  public List<ServedOperation> mocked() {
    return operations.stream()
        .filter(operation -> operation.answerer().handler() instanceof MockHandler)
        .map(CompiledApi::served)
        .toList();
  }

  private static ServedOperation served(CompiledOperation operation) {
    return new ServedOperation(
        operation.method().token(),
        operation.template(),
        operation.plan().handlerName(),
        operation.plan().operation());
  }

  /**
   * {@return the same API with built-in endpoints, which answer where it has no matching path}
   *
   * @param endpoints built-in endpoints by path template
   */
  public CompiledApi withEndpoints(Map<String, Endpoint> endpoints) {
    DispatchOptions more = options.toBuilder().endpoints(endpoints).build();
    return new CompiledApi(document, more, surroundings, operations, secretParameters);
  }

  /**
   * {@return the first operation that is served at a path, whatever its method}
   *
   * @param path a path without percent-encoded octets
   */
  public Optional<ServedOperation> operationAt(String path) {
    return Optional.ofNullable(router.match(path)).map(match -> served(match.value().first()));
  }

  /** {@return the names of all handlers, in document order} */
  public SequencedSet<String> handlerNames() {
    SequencedSet<String> names = new LinkedHashSet<>();
    operations.forEach(operation -> names.add(operation.plan().handlerName()));
    return names;
  }

  /**
   * {@return the next generation, with the operations of another one on top}
   *
   * @param other whose operations replace those of the same method and an equal path template
   */
  public CompiledApi with(CompiledApi other) {
    List<CompiledOperation> all = new ArrayList<>(operations);
    all.addAll(other.operations);
    Set<String> secrets = new HashSet<>(secretParameters);
    secrets.addAll(other.secretParameters);
    return new CompiledApi(document, options, surroundings, all, secrets);
  }

  /**
   * {@return the next generation, in which a handler is replaced}
   *
   * @param name name of the handler
   * @param handler who answers from now on
   * @throws IllegalArgumentException if no operation has a handler of that name
   */
  public CompiledApi withHandler(String name, Handler handler) {
    if (!handlerNames().contains(name)) {
      throw new IllegalArgumentException(
          "no operation has a handler \"%s\"%s"
              .formatted(name, HandlerNames.suggestion(name, handlerNames())));
    }
    List<CompiledOperation> all = new ArrayList<>();
    for (CompiledOperation operation : operations) {
      boolean replaced = operation.plan().handlerName().equals(name);
      all.add(replaced ? operation.answeredBy(handler) : operation);
    }
    return new CompiledApi(document, options, surroundings, all, secretParameters);
  }

  /**
   * Prepares the listeners, bulkheads and adaptive limits of every operation, before any request is
   * let in.
   *
   * @param before what served until now, null if nothing did; its requests count on
   */
  void bind(@Nullable CompiledApi before) {
    operations.forEach(CompiledOperation::bind);
    List<CompiledOperation> earlier = before == null ? List.of() : before.operations;
    Bulkheads.bind(operations, earlier);
    AdaptiveLimits.bind(operations, earlier);
  }

  /** {@return how it stands with adaptive limits, one for each operation that has one} */
  List<AdaptiveFigures> adaptive() {
    return AdaptiveLimits.figures(operations);
  }

  /** {@return how much room those operations have that have a bound of their own} */
  List<OperationRoom> rooms() {
    List<OperationRoom> rooms = new ArrayList<>();
    for (CompiledOperation each : operations) {
      Permits permits = each.bulkhead();
      if (permits != null) {
        rooms.add(
            new OperationRoom(
                each.plan().operation(), each.template(), permits.taken(), permits.limit()));
      }
    }
    return rooms;
  }

  /** {@return the names of query parameters that carry credentials} */
  Set<String> secretParameters() {
    return secretParameters;
  }

  DispatchOptions options() {
    return options;
  }

  Router<CompiledPathItem> router() {
    return router;
  }

  Router<Endpoint> endpoints() {
    return endpoints;
  }

  Mounts mounts() {
    return mounts;
  }

  ProblemRenderer problems() {
    return surroundings.problems();
  }

  Listeners listeners() {
    return surroundings.listeners();
  }

  /** {@return which pages of other origins may use what has no policy of its own} */
  CorsPolicy cors() {
    return options.cors();
  }

  /** {@return what answers preflights for built-in endpoints} */
  CorsPreflight endpointPreflight() {
    return endpointPreflight;
  }

  /**
   * {@return fields of every response}
   *
   * @param secure whether it goes over TLS
   */
  Headers securityHeaders(boolean secure) {
    return secure ? securityHeadersOverTls : securityHeaders;
  }

  /** {@return the answer to {@code OPTIONS *}} */
  HttpResponse optionsOfAll() {
    return optionsOfAll;
  }

  /** {@return the methods that are known, whether some path answers them or not} */
  KnownMethods methods() {
    return methods;
  }
}
