package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.openapi.model.ServiceExtension;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.service.Service;
import io.brrtrouter.server.service.ServiceOperation;
import io.brrtrouter.server.service.ServiceSettings;
import io.brrtrouter.server.service.ServiceSource;
import io.brrtrouter.server.service.ServiceSources;
import io.brrtrouter.server.service.UnusableServiceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds out who answers operations that a document hands on to other services: what code gives,
 * else the service that is configured.
 */
final class ServiceSetup {
  private static final String RULE = "service-settings";

  private static final Comparator<Operation> BY_PLACE =
      Comparator.comparing((Operation each) -> place(each).file())
          .thenComparingInt(each -> place(each).line())
          .thenComparingInt(each -> place(each).column());
  private static final int MOST_NAMES = 5;

  /** Stands in where there is none: what is wrong is said already. */
  private static final Handler UNUSABLE =
      _ -> {
        throw new IllegalStateException("not usable");
      };

  private final ConfigValues values;
  private final ServiceSources sources;
  private final boolean mocks;
  private final boolean unasked;
  private final SharedParts.Claim claim;
  private final List<Finding> findings = new ArrayList<>();

  /** By the names that the configuration has; empty for those that cannot be used. */
  private final Map<String, Optional<Service>> services = new LinkedHashMap<>();

  /** Operations that services answer, by the names that the configuration has. */
  private final Map<String, List<Operation>> answered = new TreeMap<>();

  /** Operations of services that are not configured, by the names that the document has. */
  private final Map<String, List<Operation>> missing = new LinkedHashMap<>();

  /** Names of the configuration that a document has too. */
  private final Set<String> named = new LinkedHashSet<>();

  /**
   * Begins without services.
   *
   * @param values the configuration
   * @param sources who makes services of it
   * @param mocks whether operations without a handler are answered all the same
   * @param unasked whether they would be if anybody had asked for that
   * @param claim has services of other generations, and those that are made
   */
  ServiceSetup(
      ConfigValues values,
      ServiceSources sources,
      boolean mocks,
      boolean unasked,
      SharedParts.Claim claim) {
    this.values = values;
    this.sources = sources;
    this.mocks = mocks;
    this.unasked = unasked;
    this.claim = claim;
  }

  /**
   * {@return who answers operations of other services, by the names of their handlers}
   *
   * @param loaded the document, which may have errors
   * @param given names of handlers that code gives, which go before services
   */
  Map<String, Handler> handlers(Loaded loaded, Set<String> given) {
    return loaded.hasErrors()
        ? Map.of()
        : loaded.api().map(api -> handlers(api, given)).orElse(Map.of());
  }

  private Map<String, Handler> handlers(OpenApi document, Set<String> given) {
    Map<String, Handler> handlers = new HashMap<>();
    Map<String, Operation> first = new HashMap<>();
    List<SecurityScheme> schemes = List.copyOf(document.components().securitySchemes().values());
    for (Operation operation : document.operations()) {
      String name = OperationExtension.handlerName(operation);
      Optional<ServiceExtension> target = ServiceExtension.of(operation);
      Operation other = first.putIfAbsent(name, operation);
      if (given.contains(name)) {
        target.flatMap(each -> configured(each.service())).ifPresent(named::add);
        continue;
      }
      if (other != null && (target.isPresent() || ServiceExtension.of(other).isPresent())) {
        shared(operation, other, name);
      }
      target
          .flatMap(each -> answerer(new ServiceOperation(operation, each, schemes)))
          .ifPresent(handler -> handlers.put(name, handler));
    }
    return handlers;
  }

  /** One name would hand on the requests of both, to one place. */
  private void shared(Operation operation, Operation other, String name) {
    error(
        place(operation),
        "the handler \"%s\" is also that of %s %s, and a service answers one of them"
            .formatted(name, other.method(), other.path()),
        "name another in x-handler, or remove it");
  }

  private static SourceLocation place(Operation operation) {
    return operation
        .extensionLocations()
        .getOrDefault(ServiceExtension.FIELD, operation.location());
  }

  private Optional<Handler> answerer(ServiceOperation operation) {
    String service = operation.target().service();
    Optional<String> configured = configured(service);
    if (configured.isPresent() && sources.source().isPresent()) {
      named.add(configured.get());
      answered.computeIfAbsent(configured.get(), _ -> new ArrayList<>()).add(operation.operation());
      return Optional.of(
          service(sources.source().get(), configured.get())
              .map(each -> each.handler(operation))
              .orElse(UNUSABLE));
    }
    missing.computeIfAbsent(service, _ -> new ArrayList<>()).add(operation.operation());
    return mocks ? Optional.empty() : Optional.of(UNUSABLE);
  }

  private void tellMissing() {
    missing.values().forEach(operations -> operations.sort(BY_PLACE));
    missing.entrySet().stream()
        .sorted(Comparator.comparing(each -> each.getValue().getFirst(), BY_PLACE))
        .forEach(each -> missing(each.getKey(), each.getValue()));
    missing.clear();
  }

  /** At the first of its operations. */
  private void missing(String service, List<Operation> inOrder) {
    boolean able = sources.source().isPresent();
    Operation operation = inOrder.getFirst();
    String names = names(inOrder);
    String what =
        able
            ? "the service \"%s\", which answers %s, is not configured".formatted(service, names)
            : ("the service \"%s\", which answers %s, needs the artifact %s, which is not on the"
                    + " class path")
                .formatted(service, names, ServiceSources.ARTIFACT);
    String fix =
        able
            ? "set %s.%s.url to its address".formatted(ServiceSettings.SECTION, service)
            : "add the dependency io.brrtrouter:" + ServiceSources.ARTIFACT;
    findings.add(
        new Finding(
            RULE,
            mocks ? Severity.WARNING : Severity.ERROR,
            place(operation),
            mocks ? what + "; examples answer in its place" : what,
            fix + otherwise(able, inOrder.size()) + (able ? nearest(service) : "")));
  }

  /** {@return what else would do, where something would} */
  private String otherwise(boolean able, int operations) {
    if (mocks || !able) {
      return "";
    }
    return unasked
        ? ", or say --mock to have it answered from examples"
        : operations == 1
            ? ", or register a handler under that name"
            : ", or register handlers under these names";
  }

  private static String names(List<Operation> operations) {
    List<String> names =
        operations.stream()
            .map(each -> '"' + OperationExtension.handlerName(each) + '"')
            .distinct()
            .toList();
    int more = names.size() - MOST_NAMES;
    String last = more > 0 ? more + " more" : names.getLast();
    List<String> first = names.subList(0, more > 0 ? MOST_NAMES : names.size() - 1);
    return first.isEmpty() ? last : String.join(", ", first) + " and " + last;
  }

  /** {@return which service answers how many operations, a line for each} */
  List<String> posture() {
    List<String> lines = new ArrayList<>();
    answered.forEach((name, operations) ->
        lines.add(
            "service %s at %s answers %s"
                .formatted(
                    name,
                    new ServiceSettings(values, name).addresses(),
                    operations.size() == 1 ? "1 operation" : operations.size() + " operations")));
    return lines;
  }

  private String nearest(String service) {
    return Spelling.nearest(service, values.names(ServiceSettings.SECTION))
        .map(near -> "; did you mean " + near + "?")
        .orElse("");
  }

  /** {@return the name that the configuration has for a service} */
  private Optional<String> configured(String service) {
    return ServiceSettings.named(values, service).map(ServiceSettings::name);
  }

  private Optional<Service> service(ServiceSource source, String name) {
    return services.computeIfAbsent(name, _ -> made(source, new ServiceSettings(values, name)));
  }

  private Optional<Service> made(ServiceSource source, ServiceSettings settings) {
    try {
      Object madeOf = List.of(settings.substance(), source.substance(settings));
      Service service = claim.get(madeOf, Service.class, () -> source.service(settings));
      findings.addAll(source.warnings(settings));
      return Optional.of(service);
    } catch (UnusableServiceException unusable) {
      findings.addAll(unusable.findings());
      return Optional.empty();
    }
  }

  /** {@return what is wrong or odd with services so far, those that are missing once each} */
  List<Finding> findings() {
    tellMissing();
    return findings;
  }

  /**
   * Looks at what no document names too, keeps nothing of it, and says so.
   *
   * @param registered documents that are served beside that one; who answers them is another
   *     question
   */
  void complete(List<Loaded> registered) {
    tellMissing();
    registered.stream()
        .flatMap(each -> each.api().stream())
        .flatMap(each -> each.operations().stream())
        .flatMap(each -> ServiceExtension.of(each).stream())
        .flatMap(each -> configured(each.service()).stream())
        .forEach(named::add);
    for (String name : values.names(ServiceSettings.SECTION)) {
      if (!named.contains(name)) {
        ServiceSettings settings = new ServiceSettings(values, name);
        sources.source().ifPresent(source -> check(source, settings));
        findings.add(
            new Finding(
                RULE,
                Severity.WARNING,
                settings.place(),
                "%s.%s is for a service that no operation of the document names"
                    .formatted(ServiceSettings.SECTION, name),
                "name it with "
                    + ServiceExtension.FIELD
                    + ", or remove it if no document does that is registered later"));
      }
    }
  }

  private void check(ServiceSource source, ServiceSettings settings) {
    try {
      source.service(settings).close();
      findings.addAll(source.warnings(settings));
    } catch (UnusableServiceException unusable) {
      findings.addAll(unusable.findings());
    }
  }

  private void error(SourceLocation place, String message, String fix) {
    findings.add(new Finding(RULE, Severity.ERROR, place, message, fix));
  }

  /** {@return what compiling gives, with what is wrong or odd with services} */
  static Compilation judge(Compilation compilation, List<Finding> findings) {
    if (findings.isEmpty()) {
      return compilation;
    }
    List<Finding> all = new ArrayList<>(compilation.findings());
    all.addAll(findings);
    boolean refused = findings.stream().anyMatch(each -> each.severity() == Severity.ERROR);
    return switch (compilation) {
      case Compilation.Compiled compiled when !refused ->
          new Compilation.Compiled(compiled.api(), all);
      case Compilation.Compiled _, Compilation.Refused _ -> new Compilation.Refused(all);
    };
  }
}
