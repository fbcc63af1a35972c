package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Stubs;
import io.brrtrouter.codegen.model.Unhandled;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.ServiceExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names the classes of a project: operations of one tag, or else of one resource, share a class.
 */
public final class StubReader {
  private final Loaded document;
  private final JavaModel model;
  private final String packageName;
  private final String plainPackage;

  /**
   * Reads what a project does not handle.
   *
   * @param document the document, without errors
   * @param model the model read from it
   * @param packageName the package of stubs of operations with types
   * @param plainPackage the package of stubs of operations without
   */
  public StubReader(Loaded document, JavaModel model, String packageName, String plainPackage) {
    this.document = document;
    this.model = model;
    this.packageName = packageName;
    this.plainPackage = plainPackage;
  }

  /**
   * {@return the classes of a project}
   *
   * @param document the document
   * @param model the model
   * @param samples a sample for each operation
   * @param untyped names of the handlers of operations that the model leaves out, beside those of
   *     WebSockets
   */
  public static Stubs read(
      OpenApi document, JavaModel model, List<Sample> samples, Set<String> untyped) {
    Map<String, List<Sample>> topics = new LinkedHashMap<>();
    for (Sample sample : samples) {
      topics.computeIfAbsent(topic(sample), any -> new ArrayList<>()).add(sample);
    }
    Names.Scope files = Names.Scope.ofFiles();
    ClassName application = new ClassName(model.packageName(), files.take("Application"));
    ClassName handlers = new ClassName(model.packageName(), files.take("Handlers"));
    Names.Scope members = Names.Scope.ofMembers();
    if (model.senders().isPresent()) {
      members.take(Stubs.SENDERS);
    }
    List<Stubs.Group> groups = new ArrayList<>();
    topics.forEach((topic, own) -> {
      String name = Names.shortened(Names.type(topic)) + "Handlers";
      groups.add(
          new Stubs.Group(
              new ClassName(model.packageName(), files.take(name)),
              members.take(Names.member(topic)),
              topic,
              own));
    });
    return new Stubs(
        application,
        handlers,
        groups,
        plain(document, untyped),
        document.operations().stream()
            .anyMatch(io.brrtrouter.openapi.model.Operation::takesCredentials));
  }

  /** Several operations may have one handler. */
  private static List<Stubs.Plain> plain(OpenApi document, Set<String> untyped) {
    Names.Scope methods = Names.Scope.inside("main", "configure", "settings", "run");
    return document.operations().stream()
        .filter(each ->
            OperationReader.isUndescribed(each)
                || untyped.contains(OperationExtension.handlerName(each)))
        .collect(
            Collectors.toMap(
                OperationExtension::handlerName,
                each -> each.webSocket().isPresent(),
                (first, _) -> first,
                LinkedHashMap::new))
        .entrySet()
        .stream()
        .map(each ->
            new Stubs.Plain(
                each.getKey(), methods.take(Names.member(each.getKey())), each.getValue()))
        .toList();
  }

  private static String topic(Sample sample) {
    return topic(sample.operation().tags(), sample.operation().path());
  }

  /** The first tag, else the first segment of the path that is no parameter. */
  private static String topic(List<String> tags, String path) {
    if (!tags.isEmpty()) {
      return tags.getFirst();
    }
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty() && !segment.contains("{")) {
        return segment;
      }
    }
    return "root";
  }

  /**
   * {@return operations that nobody handles: those of the samples, and those without types whose
   * name is not registered}
   *
   * @param samples samples of those with types
   * @param registered names that handlers are registered under
   */
  public List<Unhandled> unhandled(List<Sample> samples, Set<String> registered) {
    return groups(samples, registered).stream()
        .flatMap(group -> group.operations().stream())
        .toList();
  }

  /**
   * {@return the same, those of one tag or resource together}
   *
   * @param samples samples of those with types
   * @param registered names that handlers are registered under
   */
  public List<Unhandled.Group> groups(List<Sample> samples, Set<String> registered) {
    Map<String, List<Unhandled>> topics = new LinkedHashMap<>();
    Names.Scope files = Names.Scope.ofFiles();
    Names.Scope methods = Names.Scope.ofMembers();
    model.operations().forEach(each -> methods.take(each.methodName()));
    for (Sample sample : samples) {
      ClassName stub = new ClassName(packageName, files.take(stub(sample.operation())));
      topics
          .computeIfAbsent(topic(sample), any -> new ArrayList<>())
          .add(new Unhandled.Typed(sample, stub));
    }
    Path directory =
        document.documents().getFirst().path().toAbsolutePath().normalize().resolveSibling("");
    Set<String> seen = new HashSet<>(registered);
    model.operations().forEach(each -> seen.add(each.handlerName()));
    for (var operation : document.api().orElseThrow().operations()) {
      String name = OperationExtension.handlerName(operation);
      // Several operations may have one handler.
      if (ServiceExtension.of(operation).isEmpty() && seen.add(name)) {
        String stub = files.take(Names.shortened(Names.type(name)) + "Stub");
        topics
            .computeIfAbsent(topic(operation.tags(), operation.path()), any -> new ArrayList<>())
            .add(
                new Unhandled.Untyped(
                    name,
                    methods.take(Names.member(name)),
                    operation.method().toUpperCase(Locale.ROOT) + " " + operation.path(),
                    OperationReader.beside(directory, operation.location()),
                    new ClassName(plainPackage, stub),
                    operation.webSocket().isPresent()));
      }
    }
    Names.Scope classes = Names.Scope.ofFiles();
    List<Unhandled.Group> groups = new ArrayList<>();
    topics.forEach((topic, own) -> {
      String name = classes.take(Names.shortened(Names.type(topic)) + "Stubs");
      groups.add(new Unhandled.Group(new ClassName(packageName, name), topic, own));
    });
    return groups;
  }

  private static String stub(Operation operation) {
    String handler = operation.handler().simpleName();
    return handler.substring(0, handler.length() - "Handler".length()) + "Stub";
  }
}
