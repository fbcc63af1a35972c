package io.brrtrouter.outbound;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A delivery that is taken, and when it is first due. */
@SuppressWarnings("ArrayRecordComponent") // identity of the body is never asked for
record NewDelivery(
    UUID id,
    String operation,
    String method,
    URI url,
    String host,
    int port,
    Optional<String> secret,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    Instant time,
    Instant due) {}
