package io.brrtrouter.outbound;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A request that was taken, and what became of it. Immutable.
 *
 * @param id what it is known by, and the value of its {@code Idempotency-Key}
 * @param operation the name of the operation of the webhook or callback
 * @param method the method
 * @param url where it goes, with all of its query: not to be logged where that may have secrets
 * @param secret the name of the receiver's secret, empty where all share one
 * @param state what became of it
 * @param attempts how many were begun
 * @param created when it was taken
 * @param due when it is looked at next; empty once it is delivered or dead
 * @param finished when it was delivered or died
 * @param status the status of the last answer
 * @param error why the last attempt failed
 */
public record Delivery(
    UUID id,
    String operation,
    String method,
    URI url,
    Optional<String> secret,
    DeliveryState state,
    int attempts,
    Instant created,
    Optional<Instant> due,
    Optional<Instant> finished,
    OptionalInt status,
    Optional<String> error) {}
