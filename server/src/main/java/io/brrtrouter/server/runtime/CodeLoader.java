package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.server.dispatch.Exchange;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.dispatch.Next;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a project's own code: classes that libraries do not have, and resources of its
 * own even where those that the process began with are in the class path. Safe for use by many
 * threads.
 */
final class CodeLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  /** What stack traces call it. */
  static final String NAME = "code";

  private final String mainClass;
  private final String digest;

  /**
   * Loads nothing yet.
   *
   * @param jar the project's classes and resources
   * @param mainClass the class to start
   */
  CodeLoader(Path jar, String mainClass) {
    super(NAME, new URL[] {url(jar)}, CodeLoader.class.getClassLoader());
    this.mainClass = mainClass;
    this.digest = ContentDigest.of(jar, Integer.MAX_VALUE);
  }

  /** {@return a digest of the jar as it was at first} */
  String digest() {
    return digest;
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(jar.toString(), impossible);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    for (URL other : Collections.list(getParent().getResources(name))) {
      all.add(other);
    }
    return Collections.enumeration(all);
  }

  /**
   * Calls the main class's {@code main}, with this as the thread's context class loader meanwhile.
   *
   * @throws Throwable whatever that throws
   */
  void main() throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this);
    try {
      Method main = loadClass(mainClass).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * {@return what lets libraries that handlers call find the project's own classes} They look into
   * the context class loader, which would otherwise be that of the server's threads.
   *
   * @param code the code of the handlers
   */
  static Filter context(ClassLoader code) {
    return new Filter() {
      @Override
      public HttpResponse filter(Exchange exchange, Next next) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(code);
        if (thread.isVirtual()) {
          // The thread is the request's own, and what it sends may be made on it later.
          return next.proceed(exchange);
        }
        try {
          return next.proceed(exchange);
        } finally {
          thread.setContextClassLoader(before);
        }
      }

      @Override
      public boolean neverBlocks() {
        return true;
      }
    };
  }
}
