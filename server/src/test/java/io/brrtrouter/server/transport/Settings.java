package io.brrtrouter.server.transport;

import java.time.Duration;
import java.util.function.Supplier;

/** A configuration in which single limits and times can be changed. */
final class Settings {
  EventLoops eventLoops = EventLoops.AUTO;
  int threads;
  int targetOctets = TransportLimits.TARGET_OCTETS;
  int headerBytes = TransportLimits.HEADER_BYTES;
  int headerFields = TransportLimits.HEADER_FIELDS;
  int trailerBytes = TransportLimits.TRAILER_BYTES;
  int chunkExtensionBytes = TransportLimits.CHUNK_EXTENSION_BYTES;
  long bufferedBytes = 64 * 1024 * 1024;
  int connections = TransportLimits.CONNECTIONS;
  int requestsPerConnection = TransportLimits.REQUESTS_PER_CONNECTION;
  Duration head = TransportTimeouts.HEAD;
  Duration body = TransportTimeouts.BODY;
  Duration bodyPerKib = TransportTimeouts.BODY_PER_KIB;
  Duration decision = TransportTimeouts.DECISION;
  Duration idle = TransportTimeouts.IDLE;
  Duration writeStall = TransportTimeouts.WRITE_STALL;
  Duration writePerKib = TransportTimeouts.WRITE_PER_KIB;
  Duration linger = TransportTimeouts.LINGER;

  /** Whether every decision takes a thread; not a setting of the transport. */
  boolean deferred;

  /** Made for each server: one that ends takes them with it. */
  Supplier<Protocols> protocols = Protocols::defaults;

  Duration drainGrace = TransportTimeouts.DRAIN_GRACE;

  TransportConfig config() {
    return new TransportConfig(
        "127.0.0.1", 0, eventLoops, threads, limits(), timeouts(), protocols.get());
  }

  TransportLimits limits() {
    return new TransportLimits(
        targetOctets,
        headerBytes,
        headerFields,
        trailerBytes,
        chunkExtensionBytes,
        bufferedBytes,
        connections,
        requestsPerConnection,
        TransportLimits.CONCURRENT_STREAMS,
        TransportLimits.RESET_STREAMS);
  }

  TransportTimeouts timeouts() {
    return new TransportTimeouts(
        head, body, bodyPerKib, decision, idle, writeStall, writePerKib, linger, drainGrace);
  }
}
