package io.brrtrouter.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One time that a delivery was sent, or that it was tried. Immutable.
 *
 * @param number which one it is, from 1
 * @param began when
 * @param duration how long it took
 * @param status the status of the answer, empty without one
 * @param error why it failed; empty if it did not
 * @param answer the first KiB of the answer's content as text; empty without an answer
 */
public record Attempt(
    int number,
    Instant began,
    Duration duration,
    OptionalInt status,
    Optional<String> error,
    Optional<String> answer) {}
