package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigValues;
import java.time.Duration;

/**
 * Connections and requests.
 *
 * @param keepAlive whether a connection serves more than one request
 * @param timeout how long a connection may be idle between requests
 * @param maxRequests requests on one connection
 * @param handlerDeadline how long a handler may take; zero for as long as it likes
 * @param maxConnections open connections
 * @param maxInFlight requests being worked on
 * @param maxStreams responses that are written while they are sent
 * @param maxConcurrentStreams requests of one HTTP/2 connection at the same time
 * @param maxResetStreams streams of one HTTP/2 connection that may be reset in 30 s
 * @param maxTargetBytes octets of the request target
 * @param maxHeaderBytes octets of all header fields
 * @param maxHeaders number of header fields
 * @param maxTrailerBytes octets of all trailer fields
 * @param maxChunkExtensionBytes octets of all chunk extensions
 * @param headTimeout time for the head to arrive
 * @param bodyTimeout time for a body to arrive
 * @param bodyTimeoutPerKib what each KiB of it adds to that
 * @param writeStall how long a client may take nothing of a response
 * @param writeStallPerKib what each KiB that it takes adds to that
 * @param linger how long the rest of a refused request is read
 */
public record HttpSettings(
    boolean keepAlive,
    Duration timeout,
    int maxRequests,
    Duration handlerDeadline,
    int maxConnections,
    int maxInFlight,
    int maxStreams,
    int maxConcurrentStreams,
    int maxResetStreams,
    int maxTargetBytes,
    int maxHeaderBytes,
    int maxHeaders,
    int maxTrailerBytes,
    int maxChunkExtensionBytes,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration bodyTimeoutPerKib,
    Duration writeStall,
    Duration writeStallPerKib,
    Duration linger) {
  static HttpSettings of(ConfigValues values) {
    return new HttpSettings(
        values.get(ConfigKeys.KEEP_ALIVE),
        values.get(ConfigKeys.TIMEOUT),
        values.get(ConfigKeys.MAX_REQUESTS),
        values.get(ConfigKeys.HANDLER_DEADLINE),
        values.get(ConfigKeys.MAX_CONNECTIONS),
        values.get(ConfigKeys.MAX_IN_FLIGHT),
        values.get(ConfigKeys.MAX_STREAMS),
        values.get(ConfigKeys.MAX_CONCURRENT_STREAMS),
        values.get(ConfigKeys.MAX_RESET_STREAMS),
        values.get(ConfigKeys.MAX_TARGET),
        values.get(ConfigKeys.MAX_HEADER_BYTES),
        values.get(ConfigKeys.MAX_HEADERS),
        values.get(ConfigKeys.MAX_TRAILER_BYTES),
        values.get(ConfigKeys.MAX_CHUNK_EXTENSION_BYTES),
        values.get(ConfigKeys.HEAD_TIMEOUT),
        values.get(ConfigKeys.BODY_TIMEOUT),
        values.get(ConfigKeys.BODY_TIMEOUT_PER_KIB),
        values.get(ConfigKeys.WRITE_STALL),
        values.get(ConfigKeys.WRITE_STALL_PER_KIB),
        values.get(ConfigKeys.LINGER));
  }
}
