package io.brrtrouter.server.dispatch;

/**
 * How often rate limits of one kind have decided in one way. Immutable.
 *
 * @param limit {@code before_authentication}: of an address, before its credentials are looked at;
 *     {@code client}: of who may call; {@code refused_credentials}: of an address that guesses
 * @param outcome {@code allowed}, {@code refused}, or {@code failed_open}: allowed by this server
 *     alone, because nobody who counts for several answered
 * @param count how often
 */
public record LimitCount(String limit, String outcome, long count) {}
