package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.service.ServiceSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a service is asked at one of its addresses: not for a while, once too many requests have
 * failed there. Safe for use by many threads.
 */
final class Circuit {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound.proxy");

  /** Empty where it is always asked. */
  private final Optional<CircuitBreaker> breaker;

  private final Duration open;

  /**
   * A circuit.
   *
   * @param breaker decides; empty to ask always
   * @param open how long it is not asked at most
   */
  Circuit(Optional<CircuitBreaker> breaker, Duration open) {
    this.breaker = breaker;
    this.open = open;
  }

  /**
   * {@return the circuit of an address}
   *
   * @param settings the settings of the service
   * @param authority the address, for logs
   */
  static Circuit of(ServiceSettings settings, String authority) {
    Duration open = settings.get(ProxyKeys.CIRCUIT_OPEN);
    int percent = settings.get(ProxyKeys.CIRCUIT_FAILURES);
    if (percent == 0) {
      return new Circuit(Optional.empty(), open);
    }
    int window = settings.get(ProxyKeys.CIRCUIT_WINDOW);
    CircuitBreaker breaker =
        CircuitBreaker.of(
            settings.name() + " at " + authority,
            CircuitBreakerConfig.custom()
                .failureRateThreshold(percent)
                .slidingWindow(window, window, SlidingWindowType.COUNT_BASED)
                .waitDurationInOpenState(open)
                .permittedNumberOfCallsInHalfOpenState(settings.get(ProxyKeys.CIRCUIT_PROBES))
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event ->
            LOG.warn(
                "service {} at {}: {}",
                settings.name(),
                authority,
                switch (event.getStateTransition().getToState()) {
                  case OPEN -> "too many requests failed; it is not asked for a while";
                  case HALF_OPEN -> "it is asked again, to see whether it is well";
                  default -> "it is asked as usual";
                }));
    return new Circuit(Optional.of(breaker), open);
  }

  /** {@return whether it may be asked; whoever may says how it went, with one of the others} */
  boolean enter() {
    return breaker.map(CircuitBreaker::tryAcquirePermission).orElse(true);
  }

  /** It has answered. */
  void succeeded(long nanos) {
    breaker.ifPresent(each -> each.onSuccess(nanos, TimeUnit.NANOSECONDS));
  }

  /** It has not, or said that it cannot. */
  void failed(long nanos, Throwable why) {
    breaker.ifPresent(each -> each.onError(nanos, TimeUnit.NANOSECONDS, why));
  }

  /** Nobody knows: the client has gone, for example. */
  void left() {
    breaker.ifPresent(CircuitBreaker::releasePermission);
  }

  /** {@return whether it is not asked, or nobody has wanted to since} */
  boolean isOpen() {
    return breaker.map(each -> each.getState() == CircuitBreaker.State.OPEN).orElse(false);
  }

  /** {@return how long it is not asked at most} */
  Duration open() {
    return open;
  }
}
