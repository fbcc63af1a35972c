package io.brrtrouter.server.runtime;

import java.lang.reflect.Proxy;

/**
 * Turns SIGTERM into an orderly exit with code 0. Without this a JVM ends with 143, even when its
 * shutdown hooks have drained everything, and supervisors report a failure.
 */
final class TermSignal {
  private TermSignal() {}

  /**
   * Makes SIGTERM exit with code 0, after the shutdown hooks. Where the JVM keeps its signals to
   * itself ({@code -Xrs}, or no {@code jdk.unsupported} module), nothing changes.
   */
  static void exitCleanly() {
    try {
      // By reflection: the compiler warns about this class without a way to say "known".
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      exit();
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> isSame(proxy, arguments[0]);
                    default -> "exit on SIGTERM";
                  });
      Object term = signal.getConstructor(String.class).newInstance("TERM");
      signal.getMethod("handle", signal, handlerType).invoke(null, term, handler);
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      return;
    }
  }

  /** On a thread of its own: the signal dispatcher must not wait for a drain. */
  private static void exit() {
    Thread.ofPlatform().name("brrt-exit").start(() -> System.exit(0));
  }

  @SuppressWarnings("ReferenceEquality") // a handler equals itself only
  private static boolean isSame(Object one, Object other) {
    return one == other;
  }
}
