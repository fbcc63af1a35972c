package io.brrtrouter.server.runtime;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.site.StaticFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What code gives a server, the same for all its generations.
 *
 * @param document the document
 * @param directories further directories it may refer to
 * @param handlers handlers by name, each of which must occur in the document
 * @param providers who verifies credentials, by name of the scheme
 * @param filters outermost first
 * @param listeners who is told about exchanges
 * @param fallback what answers operations without a handler, whatever is configured
 * @param cors which pages of other origins may use the API, whatever is configured
 * @param files static files
 * @param nanoTime tells the time by which rate limits count
 * @param listens whether clients connect; else there are no certificates to be asked for
 */
record GivenParts(
    Path document,
    List<Path> directories,
    Map<String, Handler> handlers,
    Map<String, SecurityProvider> providers,
    List<Filter> filters,
    List<ExchangeListener> listeners,
    Optional<Fallback> fallback,
    Optional<CorsPolicy> cors,
    List<StaticFiles> files,
    LongSupplier nanoTime,
    boolean listens) {
  /** Copies the collections. */
  GivenParts {
    directories = List.copyOf(directories);
    handlers = Map.copyOf(handlers);
    providers = new LinkedHashMap<>(providers);
    filters = List.copyOf(filters);
    listeners = List.copyOf(listeners);
    files = List.copyOf(files);
  }
}
