package io.brrtrouter.codegen.model;

import java.util.List;

/**
 * A place where a JSON value stands: a property, an item, a parameter, a body.
 *
 * @param type its Java type
 * @param nullable whether JSON {@code null} is a value here
 * @param checks what must hold besides the type, in document order
 * @param unfusable what the schema demands here that neither type nor checks express
 * @param origin the schema
 */
public record Value(
    JavaType type, boolean nullable, List<Check> checks, List<Unfusable> unfusable, Origin origin) {

  /** Copies the lists; a tree has a value for JSON {@code null}, so it is not nullable. */
  public Value {
    checks = List.copyOf(checks);
    unfusable = List.copyOf(unfusable);
    Demand.that(!nullable || !(type instanceof JavaType.Tree), "a tree is not nullable");
  }

  /**
   * {@return a value without constraints}
   *
   * @param type its Java type
   * @param origin where it is written
   */
  public static Value of(JavaType type, Origin origin) {
    return new Value(type, false, List.of(), List.of(), origin);
  }
}
