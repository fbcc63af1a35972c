package io.brrtrouter.codegen;

import java.util.Set;

/**
 * What a project's own code says about who handles operations, and where stubs of the others go.
 *
 * @param way how its operations with types are registered
 * @param methods methods of the interface of all operations that somebody implements
 * @param names names that handlers are registered under one by one, by annotation or by a call
 * @param packageName the package of stubs of operations with types
 * @param registering the package of what registers handlers by calls, and so of their stubs
 * @param visible whether stubs are registered from another package than their own
 * @param builder what the server to be is called where handlers are registered
 */
public record Handled(
    Way way,
    Set<String> methods,
    Set<String> names,
    String packageName,
    String registering,
    boolean visible,
    String builder) {

  /** Copies the sets. */
  public Handled {
    methods = Set.copyOf(methods);
    names = Set.copyOf(names);
  }

  /** How handlers of operations with types are registered. */
  public enum Way {
    /** All at once, by a class that implements the interface of all operations. */
    INTERFACE,
    /** By the classes that an annotation processor writes. */
    ANNOTATION,
    /** One by one, by calls. */
    CALL
  }

  /** The interface demands a method for each of its operations, however else it is registered. */
  boolean typed(String methodName, String handlerName) {
    return way == Way.INTERFACE ? methods.contains(methodName) : names.contains(handlerName);
  }
}
