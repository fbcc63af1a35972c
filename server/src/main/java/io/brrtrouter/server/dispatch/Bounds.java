package io.brrtrouter.server.dispatch;

/**
 * What bounds the requests of a server, those of all generations together.
 *
 * @param inFlight how many are in flight, those being judged included
 * @param judging how many are being judged on threads: whoever sends what takes long to judge must
 *     not keep everybody else out
 * @param clients counts what each client does
 */
record Bounds(Permits inFlight, Permits judging, ClientCounts clients) {}
