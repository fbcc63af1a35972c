package io.brrtrouter.outbound;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which deliveries are meant: those that have everything it asks for. Immutable.
 *
 * @param state what became of them
 * @param operation the name of their operation
 * @param host the host they go to, in lower case
 * @param since taken then or later
 * @param before taken earlier
 * @param olderThan those that come behind that one in a list: the next page
 */
public record DeliveryFilter(
    Optional<DeliveryState> state,
    Optional<String> operation,
    Optional<String> host,
    Optional<Instant> since,
    Optional<Instant> before,
    Optional<UUID> olderThan) {

  private static final DeliveryFilter ALL =
      new DeliveryFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** {@return all deliveries} */
  public static DeliveryFilter all() {
    return ALL;
  }

  /**
   * {@return of these, those in a state}
   *
   * @param only the state
   */
  public DeliveryFilter in(DeliveryState only) {
    return new DeliveryFilter(Optional.of(only), operation, host, since, before, olderThan);
  }

  /**
   * {@return of these, those of an operation}
   *
   * @param name its name
   */
  public DeliveryFilter of(String name) {
    return new DeliveryFilter(state, Optional.of(name), host, since, before, olderThan);
  }

  /**
   * {@return of these, those to a host}
   *
   * @param name the host, in lower case
   */
  public DeliveryFilter to(String name) {
    return new DeliveryFilter(state, operation, Optional.of(name), since, before, olderThan);
  }

  /**
   * {@return of these, those taken at a time or later}
   *
   * @param time the time
   */
  public DeliveryFilter since(Instant time) {
    return new DeliveryFilter(state, operation, host, Optional.of(time), before, olderThan);
  }

  /**
   * {@return of these, those taken before a time}
   *
   * @param time the time
   */
  public DeliveryFilter before(Instant time) {
    return new DeliveryFilter(state, operation, host, since, Optional.of(time), olderThan);
  }

  /**
   * {@return of these, those behind one in a list}
   *
   * @param id the last one of the page before
   */
  public DeliveryFilter olderThan(UUID id) {
    return new DeliveryFilter(state, operation, host, since, before, Optional.of(id));
  }
}
