package io.brrtrouter.processor;

import org.jspecify.annotations.Nullable;

/**
 * One name and who answers it.
 *
 * @param name the name of the handler
 * @param holder the class that has the method or is the handler
 * @param member the method; null when the class is the handler
 * @param isStatic whether the method needs no instance
 * @param factory what makes a handler of the server from a typed one; null for an untyped handler
 * @param neverBlocks whether the handler is declared never to block
 */
record Registration(
    String name,
    Holder holder,
    @Nullable String member,
    boolean isStatic,
    @Nullable Factory factory,
    boolean neverBlocks) {

  /**
   * A class that answers, or has methods that do.
   *
   * @param written its name, as it is written in its package
   * @param isPublic whether other packages see it
   */
  record Holder(String written, boolean isPublic) {}

  /**
   * A static method of generated code.
   *
   * @param type the qualified name of its class
   * @param method its name
   */
  record Factory(String type, String method) {}
}
