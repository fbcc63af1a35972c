package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.dispatch.ServiceException;
import io.brrtrouter.server.measure.Measurement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of a service. Safe for use by many threads. */
final class Figures {
  private static final String SERVICE = "service";

  private final String service;
  private final Map<Outcome, LongAdder> requests = new EnumMap<>(Outcome.class);
  private final LongAdder retries = new LongAdder();
  private final LongAdder cutOff = new LongAdder();

  /** What became of a request that was handed on; what its problem is called, if there is one. */
  enum Outcome {
    /** The service has answered, whatever. */
    ANSWERED("answered"),
    /** It cannot be reached, or its answer is none. */
    FAILED("bad_gateway"),
    /** It is not asked at present, or has no connection left. */
    UNAVAILABLE("service_unavailable"),
    /** It did not answer in time. */
    TIMEOUT("gateway_timeout"),
    /** Nobody waits for it any more, or what the client sends is not as it should be. */
    ABANDONED("abandoned");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    static Outcome of(ServiceException failure) {
      return switch (failure.kind()) {
        case FAILED -> FAILED;
        case UNAVAILABLE -> UNAVAILABLE;
        case TIMEOUT -> TIMEOUT;
        case REFUSED -> ABANDONED;
      };
    }
  }

  Figures(String service) {
    this.service = service;
    for (Outcome each : Outcome.values()) {
      requests.put(each, new LongAdder());
    }
  }

  /** A request has come to an end, or its response has begun. */
  void ended(Outcome outcome) {
    Objects.requireNonNull(requests.get(outcome)).increment();
  }

  /** A request is sent once more. */
  void retried() {
    retries.increment();
  }

  /** A response that had begun came to no end. */
  void cutOff() {
    cutOff.increment();
  }

  /**
   * {@return the figures}
   *
   * @param circuits whether the circuit of each address is open, by the address
   */
  List<Measurement> measurements(Map<String, Boolean> circuits) {
    List<Measurement> all = new ArrayList<>();
    requests.forEach((outcome, count) ->
        all.add(
            Measurement.counter(
                "brrtrouter_service_requests_total",
                "Requests handed on to other services, by what became of them.",
                Map.of(SERVICE, service, "outcome", outcome.label),
                (double) count.sum())));
    all.add(
        Measurement.counter(
            "brrtrouter_service_retries_total",
            "Attempts beyond the first to hand a request on.",
            Map.of(SERVICE, service),
            (double) retries.sum()));
    all.add(
        Measurement.counter(
            "brrtrouter_service_responses_cut_off_total",
            "Responses of other services that began and came to no end.",
            Map.of(SERVICE, service),
            (double) cutOff.sum()));
    circuits.forEach((address, open) ->
        all.add(
            Measurement.gauge(
                "brrtrouter_service_circuit_open",
                "1 where a service is not asked at an address because too many requests failed.",
                Map.of(SERVICE, service, "address", address),
                open ? 1 : 0)));
    return all;
  }
}
