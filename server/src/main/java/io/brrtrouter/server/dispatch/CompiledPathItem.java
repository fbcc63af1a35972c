package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.PathTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The operations of one path template. Immutable. */
final class CompiledPathItem {
  private final Method[] methods;
  private final CompiledOperation[] operations;

  /** Whether an operation has other names for the path's parameters than the router. */
  private final boolean[] renamed;

  private final String allow;
  private final HttpResponse options;

  /**
   * Takes the operations of a path.
   *
   * @param path the template the router knows
   * @param declared at least one, no two of the same method, all of equal templates
   */
  CompiledPathItem(PathTemplate path, Collection<CompiledOperation> declared) {
    List<Method> methods = new ArrayList<>();
    List<CompiledOperation> operations = new ArrayList<>(declared);
    declared.forEach(operation -> methods.add(operation.method()));
    int get = methods.indexOf(Method.GET);
    if (get >= 0 && !methods.contains(Method.HEAD)) {
      methods.add(Method.HEAD);
      operations.add(operations.get(get));
    }
    this.methods = methods.toArray(new Method[0]);
    this.operations = operations.toArray(new CompiledOperation[0]);
    this.renamed = new boolean[operations.size()];
    for (int i = 0; i < renamed.length; i++) {
      renamed[i] = !operations.get(i).path().names().equals(path.names());
    }
    TreeSet<String> allowed = new TreeSet<>();
    methods.forEach(method -> allowed.add(method.token()));
    allowed.add(Method.OPTIONS.token());
    this.allow = String.join(", ", allowed);
    this.options = options(allow);
  }

  /** {@return the operation that the document has first} */
  CompiledOperation first() {
    return operations[0];
  }

  /** {@return the answer to {@code OPTIONS} (RFC 9110 section 9.3.7)} */
  static HttpResponse options(String allow) {
    return new HttpResponse(204, Headers.of("Allow", allow), Body.EMPTY);
  }

  /**
   * {@return the index of a method's operation, that of {@code GET} for an undeclared {@code HEAD};
   * -1 if there is none}
   *
   * @param method the method
   */
  int indexOf(Method method) {
    for (int i = 0; i < methods.length; i++) {
      if (methods[i].equals(method)) {
        return i;
      }
    }
    return -1;
  }

  /** {@return the operation at an index} */
  CompiledOperation operation(int index) {
    return operations[index];
  }

  /** {@return a match of this path by the names of the operation at an index} */
  Match<?> match(int index, Match<?> match) {
    return renamed[index] ? match.as(operations[index].path()) : match;
  }

  /** {@return the value of {@code Allow} (RFC 9110 section 10.2.1)} */
  String allow() {
    return allow;
  }

  /** {@return the answer to an undeclared {@code OPTIONS}} */
  HttpResponse options() {
    return options;
  }
}
