package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.model.CorsExtension;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaException;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.auth.SecurityDomain;
import io.brrtrouter.server.auth.SecurityPlan;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.StepUp;
import io.brrtrouter.server.cors.AmbientCredentials;
import io.brrtrouter.server.cors.BrowserRules;
import io.brrtrouter.server.cors.CorsMistake;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CsrfGuard;
import io.brrtrouter.server.decode.BodyDecoder;
import io.brrtrouter.server.decode.ParameterDecoder;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.router.PathTemplate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a document, handlers and options into a {@link CompiledApi}: templates to a router,
 * parameters and bodies to decoders, schemas to programs, requirements to a security plan. Whatever
 * can go wrong with a document goes wrong here, all of it at once and with its place.
 */
public final class ApiCompiler {
  /** What a mock says, which has no messages. */
  private static final Rejection NO_MESSAGES =
      new Rejection.Broken(
          new TransportFailure(
              TransportFailure.Kind.NOT_IMPLEMENTED,
              "a WebSocket is not mocked; give it a handler"));

  private final OpenApi document;
  private final DispatchOptions options;
  private final Map<String, Handler> handlers;
  private final SchemaPrograms schemas;
  private final SecurityDomain domain;
  private final CompiledOperation.Surroundings surroundings;
  private final List<Finding> findings = new ArrayList<>();

  private ApiCompiler(
      OpenApi document,
      DispatchOptions options,
      Map<String, Handler> handlers,
      SchemaCompiler schemas) {
    this.document = document;
    this.options = options;
    this.handlers = handlers;
    this.schemas = new SchemaPrograms(schemas, options);
    this.domain =
        new SecurityDomain(
            document.components().securitySchemes(),
            options.security().providers(),
            document.info().title(),
            options.security().lenient());
    Listeners listeners = new Listeners(options.listeners());
    this.surroundings =
        new CompiledOperation.Surroundings(
            options.filters(),
            listeners,
            ProblemRenderer.of(options.problemBase(), document.location().file(), listeners));
  }

  /**
   * Compiles a document.
   *
   * @param loaded the document as read, with its findings
   * @param options what the document does not say
   * @param handlers handlers by name; a name is the operation's first {@code x-handler*} extension,
   *     else its operationId, else its method and path such as {@code GET /pets}
   * @param spare further handlers, used where their names occur
   * @return the API, or why there is none
   */
  public static Compilation compile(
      Loaded loaded,
      DispatchOptions options,
      Map<String, Handler> handlers,
      Map<String, Handler> spare) {
    if (loaded.api().isEmpty() || loaded.hasErrors()) {
      return new Compilation.Refused(loaded.findings());
    }
    OpenApi document = loaded.api().get();
    SchemaCompiler.Builder schemas =
        SchemaCompiler.builder()
            .assertFormats(true)
            .maxExponent(options.limits().decode().json().exponent());
    loaded.resources().forEach(schemas::resource);
    Map<String, Handler> all = new HashMap<>(spare);
    all.putAll(handlers);
    ApiCompiler compiler = new ApiCompiler(document, options, all, schemas.build());
    compiler.checkHandlers(handlers.keySet());
    compiler.checkThreads();
    CompiledApi api = compiler.api();
    List<Finding> findings = new ArrayList<>(loaded.findings());
    findings.addAll(new LinkedHashSet<>(compiler.findings));
    return api == null
        ? new Compilation.Refused(findings)
        : new Compilation.Compiled(api, findings);
  }

  /**
   * Compiles one route that is in no document.
   *
   * @param method the method
   * @param template the path template, with a base path if there is to be one
   * @param handler who answers
   * @param options what the document would not say
   * @return an API with that route only
   * @throws IllegalArgumentException if the method is no token or the template is none
   */
  public static CompiledApi route(
      String method, String template, Handler handler, DispatchOptions options) {
    Loaded document = AddedRoute.document(Method.of(method), PathTemplate.parse(template));
    // What no document describes declares nothing, so nothing can be missing from it.
    DispatchOptions lenient = options.toBuilder().strictQuery(false).build();
    return switch (compile(document, lenient, Map.of(method + " " + template, handler), Map.of())) {
      case Compilation.Compiled compiled -> compiled.api();
      case Compilation.Refused refused ->
          throw new IllegalArgumentException(refused.findings().toString());
    };
  }

  /**
   * {@return the names of the handlers of a document, in document order}
   *
   * @param document the document
   */
  public static SequencedSet<String> handlerNames(OpenApi document) {
    SequencedSet<String> names = new LinkedHashSet<>();
    document.operations().forEach(operation -> names.add(HandlerNames.of(operation)));
    return names;
  }

  private @Nullable CompiledApi api() {
    List<CompiledOperation> operations = new ArrayList<>();
    for (Operation operation : document.operations()) {
      compile(operation, operations);
    }
    checkSecurity();
    checkMounts(operations);
    boolean refused = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    return refused ? null : new CompiledApi(document, options, surroundings, operations);
  }

  private void compile(Operation operation, List<CompiledOperation> operations) {
    checkMethod(operation);
    String name = HandlerNames.of(operation);
    OperationSettings settings = OperationSettings.of(operation, options, findings);
    ParameterDecoder parameters =
        attempt(() -> schemas.parameters(operation.parameters(), operation.location()));
    CompiledOperation.Answerer answerer = answerer(operation, name);
    TypedFit types =
        answerer == null
            ? TypedFit.NONE
            : TypedFit.of(operation, answerer.handler(), schemas, findings);
    BodyDecoder body =
        attempt(() -> schemas.body(operation.requestBody().orElse(null), types.bodies()));
    ResponseCheck responses =
        attempt(() -> ResponseCheck.compile(operation, settings.responseCheck(), schemas));
    MessageContract messages =
        attempt(() -> MessageContract.compile(operation, settings.responseCheck(), name, schemas));
    findings.addAll(SentNames.unfit(operation));
    SecurityPlan security = security(operation);
    BrowserRules browsers = browsers(operation);
    List<PathTemplate> mounts = mounts(operation);
    if (parameters == null
        || body == null
        || responses == null
        || messages == null
        || answerer == null) {
      return;
    }
    OperationPlan plan =
        new OperationPlan(
            operation,
            name,
            settings,
            parameters,
            body,
            Produces.of(operation),
            security,
            browsers,
            responses,
            messages,
            types,
            schemas);
    for (PathTemplate mount : mounts) {
      operations.add(new CompiledOperation(plan, mount, answerer, surroundings));
    }
  }

  /** A method that the transport answers by itself never reaches an operation. */
  private void checkMethod(Operation operation) {
    String method = operation.method();
    if (method.equals("CONNECT")) {
      error(
          ServingRule.METHOD_UNREACHABLE,
          operation.location(),
          "CONNECT is answered with 501: the server is no proxy",
          "give the operation another method");
    } else if (method.length() > Method.LONGEST) {
      error(
          ServingRule.METHOD_UNREACHABLE,
          operation.location(),
          "a method of more than " + Method.LONGEST + " characters is answered with 501",
          "give the operation a shorter one");
    }
  }

  /** A schema that cannot be compiled becomes findings. */
  private <T> @Nullable T attempt(Supplier<T> work) {
    try {
      return work.get();
    } catch (SchemaException failure) {
      for (SchemaException.Problem problem : failure.problems()) {
        error(ServingRule.SCHEMA_INVALID, problem.source(), problem.message(), "");
      }
      return null;
    }
  }

  private CompiledOperation.@Nullable Answerer answerer(Operation operation, String name) {
    Handler handler = handlers.get(name);
    if (handler != null) {
      checkOpening(operation, name, handler);
      return new CompiledOperation.Answerer(handler, true);
    }
    if (operation.webSocket().isPresent() && options.fallback() != Fallback.NONE) {
      return new CompiledOperation.Answerer(
          request -> surroundings.problems().render(NO_MESSAGES, request.requestId()), false);
    }
    return switch (options.fallback()) {
      case ECHO -> new CompiledOperation.Answerer(EchoHandler.INSTANCE, false);
      case MOCK ->
          new CompiledOperation.Answerer(
              new MockHandler(operation, schemas, surroundings.problems()), false);
      case NONE -> {
        error(
            ServingRule.HANDLER_MISSING,
            operation.location(),
            "operation \"" + name + "\" has no handler",
            "register one under that name, or turn mock mode on");
        yield null;
      }
    };
  }

  /** What opens a WebSocket cannot answer anything else, nor the reverse. */
  private void checkOpening(Operation operation, String name, Handler handler) {
    boolean opens = NeverBlocking.declared(handler) instanceof WebSocketOpening;
    if (opens == operation.webSocket().isPresent()) {
      return;
    }
    error(
        ServingRule.WEBSOCKET_HANDLER,
        operation.location(),
        opens
            ? "the handler of \"" + name + "\" opens a WebSocket, and the operation is none"
            : "operation \"" + name + "\" is a WebSocket, and its handler opens none",
        opens
            ? "declare it with x-websocket, or register a handler that answers requests"
            : "register one that WebSockets.handler makes, or remove x-websocket");
  }

  private SecurityPlan security(Operation operation) {
    Map<String, ?> schemes = document.components().securitySchemes();
    for (SecurityRequirement requirement : operation.security()) {
      for (String scheme : requirement.schemes().keySet()) {
        if (!schemes.containsKey(scheme)) {
          error(
              ServingRule.SECURITY_SCHEME_UNKNOWN,
              requirement.location(),
              "security scheme \"" + scheme + "\" is not declared",
              "declare it under components/securitySchemes"
                  + HandlerNames.suggestion(scheme, schemes.keySet()));
          return SecurityPlan.compile(List.of(), domain, null, findings);
        }
      }
    }
    return SecurityPlan.compile(operation.security(), domain, stepUp(operation), findings);
  }

  private static @Nullable StepUp stepUp(Operation operation) {
    return OperationExtension.STEP_UP
        .of(operation)
        .map(value -> StepUp.parse(value, InstantSource.system()))
        .orElse(null);
  }

  private BrowserRules browsers(Operation operation) {
    SourceLocation place =
        operation.extensionLocations().getOrDefault(CorsExtension.FIELD, operation.location());
    CorsExtension extension = CorsExtension.of(operation);
    checkOrigins(extension, place);
    List<CorsMistake> mistakes = new ArrayList<>();
    CorsPolicy cors = options.cors().with(extension, mistakes);
    for (CorsMistake mistake : mistakes) {
      error(
          ServingRule.EXTENSION_VALUE,
          place,
          "%s does not go with the configuration: cors.%s %s"
              .formatted(CorsExtension.FIELD, mistake.setting(), mistake.message()),
          mistake.fix());
    }
    CsrfGuard csrf =
        CsrfGuard.of(
            options.csrf(),
            cors,
            Method.of(operation.method()),
            operation.webSocket().isPresent(),
            ambient(operation),
            options.proxies());
    return new BrowserRules(cors, csrf);
  }

  /**
   * A document says how pages may use an operation, and the configuration which: without any, none.
   */
  private void checkOrigins(CorsExtension extension, SourceLocation place) {
    if (extension instanceof CorsExtension.Changes && options.cors().isOff()) {
      findings.add(
          new Finding(
              ServingRule.CORS_OFF.id(),
              Severity.WARNING,
              place,
              CorsExtension.FIELD
                  + " does nothing: the server has no CORS policy, so pages of other origins cannot"
                  + " use the operation",
              "name their origins in the configuration, as cors.origins, or remove the extension"));
    }
  }

  /** {@return the credentials of an operation that browsers add by themselves} */
  private AmbientCredentials ambient(Operation operation) {
    Map<String, SecurityProvider> providers = options.security().providers();
    return AmbientCredentials.of(
        operation.security(),
        document.components().securitySchemes(),
        name -> Optional.ofNullable(providers.get(name)).flatMap(SecurityProvider::cookieName));
  }

  private List<PathTemplate> mounts(Operation operation) {
    List<PathTemplate> mounts = new ArrayList<>();
    for (String base : BasePaths.of(operation.servers(), findings)) {
      try {
        mounts.add(PathTemplate.parse(base + operation.path()));
      } catch (IllegalArgumentException invalid) {
        error(
            ServingRule.PATH_TEMPLATE_INVALID,
            operation.location(),
            String.valueOf(invalid.getMessage()),
            "");
      }
    }
    return mounts;
  }

  private void checkHandlers(Set<String> registered) {
    Set<String> names = new LinkedHashSet<>();
    document.operations().forEach(operation -> names.add(HandlerNames.of(operation)));
    for (String name : registered.stream().sorted().toList()) {
      if (!names.contains(name)) {
        error(
            ServingRule.HANDLER_UNKNOWN,
            document.location(),
            "a handler is registered as \"" + name + "\" but no operation has that name",
            Spelling.nearest(name, names)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("name it after an operationId or an x-handler extension"));
      }
    }
  }

  /** A handler that never blocks does not help where a filter may. */
  private void checkThreads() {
    List<Filter> blocking =
        options.filters().stream().filter(filter -> !filter.neverBlocks()).toList();
    if (blocking.isEmpty()) {
      return;
    }
    for (Operation operation : document.operations()) {
      Handler handler = handlers.get(HandlerNames.of(operation));
      if (handler != null && handler.neverBlocks()) {
        findings.add(
            new Finding(
                ServingRule.BLOCKING_FILTER.id(),
                Severity.WARNING,
                operation.location(),
                "the handler of \""
                    + HandlerNames.of(operation)
                    + "\" never blocks, but filter "
                    + blocking.getFirst().getClass().getSimpleName()
                    + " may, so each request has a virtual thread all the same",
                "let the filter declare that it never blocks, or remove the handler's declaration"));
      }
    }
  }

  /** A scheme that nobody verifies keeps the document from being served. */
  private void checkSecurity() {
    if (!options.security().required()) {
      return;
    }
    Map<String, List<Operation>> needing = new LinkedHashMap<>();
    for (Operation operation : document.operations()) {
      for (SecurityRequirement requirement : operation.security()) {
        for (String scheme : requirement.schemes().keySet()) {
          List<Operation> those = needing.computeIfAbsent(scheme, _ -> new ArrayList<>());
          if (!those.contains(operation)) {
            those.add(operation);
          }
        }
      }
    }
    needing.keySet().removeAll(options.security().providers().keySet());
    needing.forEach((name, operations) -> {
      SecurityScheme scheme = document.components().securitySchemes().get(name);
      if (scheme != null) {
        unverified(name, scheme, operations);
      }
    });
  }

  private void unverified(String name, SecurityScheme scheme, List<Operation> operations) {
    String first = "\"" + HandlerNames.of(operations.getFirst()) + "\"";
    error(
        ServingRule.SECURITY_WITHOUT_PROVIDER,
        scheme.location(),
        "nothing verifies the credentials of security scheme \"%s\", which %s"
            .formatted(
                name,
                operations.size() == 1
                    ? "operation " + first + " takes"
                    : operations.size() + " operations take, " + first + " the first"),
        "configure "
            + ProviderHint.of(name, scheme)
            + ", give a provider in code with security(\""
            + name
            + "\", ...), or "
            + (scheme.type().equals("mutualTLS")
                ? "try out what needs no certificate with --dev-security"
                : "try it out on this machine with --dev-security"));
  }

  /** Two operations of one method at one path: only servers with different paths can do that. */
  private void checkMounts(List<CompiledOperation> operations) {
    Map<PathTemplate, Map<String, CompiledOperation>> taken = new HashMap<>();
    for (CompiledOperation operation : operations) {
      CompiledOperation first =
          taken
              .computeIfAbsent(operation.path(), _ -> new HashMap<>())
              .putIfAbsent(operation.method().token(), operation);
      if (first != null) {
        error(
            ServingRule.PATH_CONFLICT,
            operation.plan().operation().location(),
            "%s %s is also %s at %s"
                .formatted(
                    operation.method(),
                    operation.template(),
                    first.plan().operation().path(),
                    first.plan().operation().location()),
            "give one of them another path or server");
      }
    }
  }

  private void error(ServingRule rule, SourceLocation place, String message, String fix) {
    findings.add(new Finding(rule.id(), Severity.ERROR, place, message, fix));
  }
}
