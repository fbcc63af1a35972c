package io.brrtrouter.benchmarks.codec;

/**
 * Whose a pet is.
 *
 * @param name at least 1 character
 * @param email format email
 */
public record Owner(String name, String email) {}
