package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.Handler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The handlers that code gives a server, and where it does. Not safe for use by several threads.
 */
final class GivenHandlers {
  private final Map<String, Handler> handlers = new LinkedHashMap<>();
  private final Map<String, List<StackTraceElement>> given = new LinkedHashMap<>();
  private final Set<String> neverBlocking = new LinkedHashSet<>();

  /** As {@link BrrtServer.Builder#handler}. */
  void give(String name, Handler handler, StackTraceElement place) {
    handlers.put(name, handler);
    given.computeIfAbsent(name, _ -> new ArrayList<>()).add(place);
  }

  /** As {@link BrrtServer.Builder#replaceHandler}. */
  void replace(String name, Handler handler, StackTraceElement place) {
    if (!handlers.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no handler \"" + name + "\" to replace; give it with handler()");
    }
    handlers.put(name, handler);
    given.put(name, new ArrayList<>(List.of(place)));
    neverBlocking.remove(name);
  }

  /** As {@link BrrtServer.Builder#neverBlocking}. */
  void neverBlock(String... names) {
    neverBlocking.addAll(List.of(names));
  }

  /**
   * {@return them by name}
   *
   * @throws StartupException if they contradict each other
   */
  Map<String, Handler> registered() {
    refuseSeveral();
    Map<String, Handler> registered = new HashMap<>(handlers);
    for (String name : neverBlocking) {
      if (registered.computeIfPresent(name, (_, handler) -> Handler.neverBlocking(handler))
          == null) {
        throw new StartupException(
            "\"" + name + "\" is declared never to block, but no handler has that name",
            new NoSuchElementException(name));
      }
    }
    return registered;
  }

  private void refuseSeveral() {
    List<String> sentences = new ArrayList<>();
    given.forEach((name, places) -> {
      if (places.size() > 1) {
        sentences.add(
            "\"%s\" has %d handlers, and only one can answer: given at %s; remove one, or call replaceHandler"
                .formatted(
                    name,
                    places.size(),
                    places.stream().map(Object::toString).collect(Collectors.joining(" and "))));
      }
    });
    if (!sentences.isEmpty()) {
      throw new StartupException(
          String.join("\n", sentences), new IllegalStateException("several handlers"));
    }
  }
}
