package io.brrtrouter.testing;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs a class with {@link BrrtTest} once for each of its speeds. Used by that annotation; nothing
 * to use directly.
 */
public final class BrrtExtension implements ClassTemplateInvocationContextProvider {

  /** Called by JUnit. */
  public BrrtExtension() {}

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    BrrtTest settings =
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), BrrtTest.class)
            .orElseThrow();
    return Arrays.stream(settings.speeds()).map(speed -> new BrrtInvocation(settings, speed));
  }
}
