package io.brrtrouter.server.service;

/**
 * Whether another service is asked.
 *
 * @param service its name as the configuration has it
 * @param addresses how many addresses it has
 * @param open at how many of them it is not asked for a while, because too many requests have
 *     failed
 */
public record ServiceHealth(String service, int addresses, int open) {}
