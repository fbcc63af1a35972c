package io.brrtrouter.server.dispatch;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a generated method which name the handler it makes is registered under. The annotation
 * processor of {@link HandlerFor} reads it, so that a handler of another operation does not
 * compile.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface RegisteredAs {

  /** {@return the name, as {@code handler} of the server's builder takes it} */
  String value();
}
