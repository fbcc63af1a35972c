package io.brrtrouter.server.runtime;

import io.brrtrouter.server.metrics.ServerMetrics;
import io.brrtrouter.server.service.Service;
import io.brrtrouter.server.trace.RequestTracing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What outlives the generations of a server.
 *
 * @param metrics counts
 * @param decisions knows what became of requests of secured operations
 * @param ready tells whether requests are welcome
 * @param reloads tells what became of changed files and code
 * @param shared what several generations have in common
 * @param upkeep lets providers read their files again
 * @param tracing records requests in traces; null where nobody does
 */
record Fixtures(
    ServerMetrics metrics,
    RecentDecisions decisions,
    ReadyEndpoint ready,
    ReloadHistory reloads,
    SharedParts shared,
    SecurityUpkeep upkeep,
    @Nullable RequestTracing tracing)
    implements AutoCloseable {

  /**
   * {@return those of a new server}
   *
   * @param ready tells whether requests are welcome
   * @param config says what is measured
   */
  static Fixtures of(ReadyEndpoint ready, ServerConfig config) {
    return of(ready, config, null);
  }

  /**
   * {@return those of a new server}
   *
   * @param ready tells whether requests are welcome
   * @param config says what is measured
   * @param tracing records requests in traces, and is not closed; null where nobody does
   */
  static Fixtures of(ReadyEndpoint ready, ServerConfig config, @Nullable RequestTracing tracing) {
    SharedParts shared = new SharedParts();
    ServerMetrics metrics =
        new ServerMetrics(config.originalMetricNames(), config.flightRecording());
    metrics.measured(shared::measured);
    metrics.measured(LogBackends::measured);
    ready.services(() -> shared.all(Service.class));
    return new Fixtures(
        metrics,
        new RecentDecisions(InstantSource.system()),
        ready,
        new ReloadHistory(),
        shared,
        new SecurityUpkeep(List.of(), List.of(), Duration.ofDays(1)),
        tracing);
  }

  /**
   * Has figures of a server that begins to serve.
   *
   * @param generations what serves
   * @param lifecycle its sockets and resources
   */
  void measure(Generations generations, Lifecycle lifecycle) {
    metrics.serves(generations.gate());
    metrics.generation(generations::number, generations::sinceMillis);
    metrics.connections(lifecycle::connections);
    metrics.measured(lifecycle.resources()::measured);
    AdaptiveMeasures adaptive = new AdaptiveMeasures(generations.gate()::adaptive);
    metrics.measured(() -> List.of(adaptive));
    lifecycle
        .refusedHandshakes()
        .ifPresent(handshakes -> metrics.refusedHandshakes(handshakes.counts()));
  }

  @Override
  public void close() {
    reloads.close();
    upkeep.close();
    shared.close();
    metrics.close();
  }
}
