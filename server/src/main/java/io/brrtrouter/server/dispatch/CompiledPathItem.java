package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The operations of one path template. Immutable. */
final class CompiledPathItem {
  private final Method[] methods;
  private final CompiledOperation[] operations;
  private final String allow;
  private final HttpResponse options;

  /**
   * Takes the operations of a path.
   *
   * @param declared at least one, no two of the same method
   */
  CompiledPathItem(Collection<CompiledOperation> declared) {
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
    TreeSet<String> allowed = new TreeSet<>();
    methods.forEach(method -> allowed.add(method.token()));
    allowed.add(Method.OPTIONS.token());
    this.allow = String.join(", ", allowed);
    this.options = options(allow);
  }

  /** {@return the answer to {@code OPTIONS} (RFC 9110 section 9.3.7)} */
  static HttpResponse options(String allow) {
    return new HttpResponse(204, Headers.of("Allow", allow), Body.EMPTY);
  }

  /**
   * {@return the operation of a method, that of {@code GET} for an undeclared {@code HEAD}; null if
   * there is none}
   *
   * @param method the method
   */
  @Nullable CompiledOperation operation(Method method) {
    for (int i = 0; i < methods.length; i++) {
      if (methods[i].equals(method)) {
        return operations[i];
      }
    }
    return null;
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
