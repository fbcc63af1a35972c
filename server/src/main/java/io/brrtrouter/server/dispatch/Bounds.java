package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.upload.StorageFailures;

/**
 * What bounds the requests of a server, those of all generations together.
 *
 * @param inFlight how many are in flight, those being judged included
 * @param judging how many are being judged on threads: whoever sends what takes long to judge must
 *     not keep everybody else out
 * @param streams how many responses are written while they are sent: they last, and are not to take
 *     the room of others
 * @param coders how many of them are being coded; each generation has its limit
 * @param clients counts what each client does
 * @param memory what bodies are decoded into
 * @param storage tells of files that cannot be stored
 * @param files tells of files that cannot be opened
 */
record Bounds(
    Permits inFlight,
    Permits judging,
    Permits streams,
    Permits coders,
    ClientCounts clients,
    RequestMemory memory,
    StorageFailures storage,
    OpenFiles files) {}
