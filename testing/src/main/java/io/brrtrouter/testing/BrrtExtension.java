package io.brrtrouter.testing;

import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs a class with {@link BrrtTest} once for each of its speeds. Used by that annotation; nothing
 * to use directly.
 */
public final class BrrtExtension
    implements ClassTemplateInvocationContextProvider, ParameterResolver {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(BrrtExtension.class);

  private static final String RUNNING = "running";

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

  /** Remembers that a speed has begun, below which there is a server. */
  static void begin(ExtensionContext context) {
    context.getStore(OURS).put(RUNNING, true);
  }

  /** What runs for all speeds together runs without a server, which is better said than found. */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Executable asking = parameter.getDeclaringExecutable();
    boolean oncePerClass =
        asking.isAnnotationPresent(BeforeAll.class) || asking.isAnnotationPresent(AfterAll.class);
    return oncePerClass
        && BrrtInvocation.isOffered(parameter)
        && context.getStore(OURS).get(RUNNING) == null;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    throw new ParameterResolutionException(
        parameter.getDeclaringExecutable().getName()
            + " runs once for all speeds, when no server has started: only constructors, tests, @BeforeEach and"
            + " @AfterEach, and all of a @Nested class, may ask for a BrrtClient, BrrtServer or Resources");
  }
}
