package io.brrtrouter.outbound;

import java.time.Instant;
import java.util.Optional;

/**
 * How an attempt ended.
 *
 * @param state what becomes of the delivery
 * @param due when it is tried again, of a pending one
 * @param finished when it was delivered or died
 * @param attempt the attempt
 * @param counted whether it is one of those that there are at most
 */
record Completion(
    DeliveryState state,
    Optional<Instant> due,
    Optional<Instant> finished,
    Attempt attempt,
    boolean counted) {}
