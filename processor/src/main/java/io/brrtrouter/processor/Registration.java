package io.brrtrouter.processor;

import java.util.Optional;

/**
 * One name and who answers it.
 *
 * @param name the name of the handler
 * @param holder the class that has the method or is the handler, as it is written in its package
 * @param isPublic whether other packages see that class
 * @param member the method; empty when the class is the handler
 * @param isStatic whether the method needs no instance
 * @param factory the static method that makes a handler of the server from a typed one, qualified;
 *     empty for an untyped handler
 * @param neverBlocks whether the handler is declared never to block
 */
record Registration(
    String name,
    String holder,
    boolean isPublic,
    Optional<String> member,
    boolean isStatic,
    Optional<String> factory,
    boolean neverBlocks) {}
