package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CorsPreflight;
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

  /** For each operation. */
  private final CorsPreflight[] preflights;

  /** For methods that the path does not have. */
  private final CorsPolicy cors;

  private final CorsPreflight preflight;

  /**
   * Takes the operations of a path.
   *
   * @param path the template the router knows
   * @param declared at least one, no two of the same method, all of equal templates
   * @param global the policy of operations that have none of their own
   */
  CompiledPathItem(PathTemplate path, Collection<CompiledOperation> declared, CorsPolicy global) {
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
    this.preflights =
        operations.stream()
            .map(operation -> CorsPreflight.of(policy(operation), methods))
            .toArray(CorsPreflight[]::new);
    boolean off = operations.stream().allMatch(operation -> policy(operation).isOff());
    this.cors = off ? CorsPolicy.OFF : global;
    this.preflight = CorsPreflight.of(cors, methods);
  }

  private static CorsPolicy policy(CompiledOperation operation) {
    return operation.plan().browsers().cors();
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
    return indexOf(method.token());
  }

  /** {@return the same by the token of a method, which may be any text} */
  int indexOf(String method) {
    for (int i = 0; i < methods.length; i++) {
      if (methods[i].token().equals(method)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * {@return the policy that counts for a method}
   *
   * @param index that of its operation, negative if there is none
   */
  CorsPolicy cors(int index) {
    return index < 0 ? cors : policy(operations[index]);
  }

  /**
   * {@return what answers preflights for a method}
   *
   * @param index that of its operation, negative if there is none
   */
  CorsPreflight preflight(int index) {
    return index < 0 ? preflight : preflights[index];
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
