package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The methods whose meaning this server knows: those of RFC 9110 section 9.3, {@code PATCH}, {@code
 * QUERY} and what operations declare. A known method that a path does not answer is 405, any other
 * is 501 on every path (RFC 9110 section 9.1). {@code CONNECT} is not among them: the transport
 * answers it. Immutable.
 *
 * @param tokens the methods
 * @param list the same, for people
 */
record KnownMethods(Set<String> tokens, String list) {

  static KnownMethods of(List<CompiledOperation> operations) {
    TreeSet<String> tokens = new TreeSet<>();
    for (Method method : Method.CONSTANTS) {
      tokens.add(method.token());
    }
    operations.forEach(operation -> tokens.add(operation.method().token()));
    return new KnownMethods(Set.copyOf(tokens), String.join(", ", tokens));
  }

  /** {@return whether a method is known} */
  boolean contains(Method method) {
    return tokens.contains(method.token());
  }
}
