package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.server.dispatch.Handler;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What code has added to a running server, and is added again to each new generation. */
sealed interface Addition {

  /** {@return whether this takes the place of another} */
  boolean replaces(Addition other);

  /**
   * A route that no document describes.
   *
   * @param method the method
   * @param template the path template
   * @param handler who answers
   */
  record Route(String method, String template, Handler handler) implements Addition {
    /** {@return the name of its handler} */
    String name() {
      return method + " " + template;
    }

    @Override
    public boolean replaces(Addition other) {
      return other instanceof Route route && route.name().equals(name());
    }
  }

  /**
   * A document on top of what is served.
   *
   * @param document the file
   * @param handlers who must occur in it
   * @param loaded the document as it is served, where that is kept
   */
  record Registered(Path document, Map<String, Handler> handlers, Optional<Loaded> loaded)
      implements Addition {
    @Override
    public boolean replaces(Addition other) {
      return other instanceof Registered registered && registered.document.equals(document);
    }
  }
}
