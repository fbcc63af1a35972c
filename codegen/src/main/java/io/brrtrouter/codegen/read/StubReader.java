package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Stubs;
import io.brrtrouter.openapi.model.OperationExtension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the classes of a project: operations of one tag, or else of one resource, share a class.
 */
public final class StubReader {
  private StubReader() {}

  /**
   * {@return the classes of a project}
   *
   * @param model the model
   * @param samples a sample for each operation
   * @param untyped operations that the model leaves out
   */
  public static Stubs read(
      JavaModel model, List<Sample> samples, List<io.brrtrouter.openapi.model.Operation> untyped) {
    Map<String, List<Sample>> topics = new LinkedHashMap<>();
    for (Sample sample : samples) {
      topics.computeIfAbsent(topic(sample.operation()), any -> new ArrayList<>()).add(sample);
    }
    Names.Scope files = Names.Scope.ofFiles();
    ClassName application = new ClassName(model.packageName(), files.take("Application"));
    ClassName handlers = new ClassName(model.packageName(), files.take("Handlers"));
    Names.Scope members = Names.Scope.ofMembers();
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
    return new Stubs(application, handlers, groups, plain(untyped));
  }

  /** Several operations may have one handler. */
  private static List<Stubs.Plain> plain(List<io.brrtrouter.openapi.model.Operation> untyped) {
    Map<String, Boolean> secured = new LinkedHashMap<>();
    untyped.forEach(each ->
        secured.merge(
            OperationExtension.handlerName(each), each.takesCredentials(), Boolean::logicalOr));
    Names.Scope methods = Names.Scope.inside("main", "configure", "settings", "run");
    List<Stubs.Plain> plain = new ArrayList<>();
    secured.forEach(
        (name, is) -> plain.add(new Stubs.Plain(name, methods.take(Names.member(name)), is)));
    return plain;
  }

  /** The first tag, else the first segment of the path that is no parameter. */
  private static String topic(Operation operation) {
    if (!operation.tags().isEmpty()) {
      return operation.tags().getFirst();
    }
    for (String segment : operation.path().split("/", -1)) {
      if (!segment.isEmpty() && !segment.contains("{")) {
        return segment;
      }
    }
    return "root";
  }

  /**
   * {@return the name of a class that holds the stub of one operation}
   *
   * @param packageName the package of the code that returns it
   * @param operation the operation
   */
  public static ClassName stub(String packageName, Operation operation) {
    String handler = operation.handler().simpleName();
    String base = handler.substring(0, handler.length() - "Handler".length());
    return new ClassName(packageName, base + "Stub");
  }
}
