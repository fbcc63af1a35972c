package io.brrtrouter.server.dispatch;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks who answers operations: a method that takes a {@link Request} and returns an {@code
 * HttpResponse}, a method that takes a generated request and returns the generated response, or a
 * class that implements {@link Handler} or a generated handler interface.
 *
 * <p>The annotation processor {@code brrtrouter-processor} writes a class beside each top-level
 * class with marked elements. Its method {@code register} takes the server to be and an instance of
 * each class with marked methods that need one:
 *
 * <pre>{@code
 * PetHandlersRegistrar.register(builder, new PetHandlers(pets));
 * OrderHandlersRegistrar.register(builder, new OrderHandlers(orders));
 * }</pre>
 *
 * Nothing is searched for when a server starts. A local class cannot be marked: nobody else can
 * name it.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface HandlerFor {

  /**
   * {@return the names to register under, as {@code handler} of the server's builder takes them:
   * operationIds, or what {@code x-handler} says}
   */
  String[] value();

  /** {@return whether the handler never blocks, as {@link Handler#neverBlocks} says} */
  boolean neverBlocks() default false;
}
