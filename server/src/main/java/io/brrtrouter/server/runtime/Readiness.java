package io.brrtrouter.server.runtime;

/** Whether requests are welcome. */
enum Readiness {
  /** Not yet. */
  STARTING,
  /** Now. */
  READY,
  /** No longer: the server is finishing what it has begun. */
  DRAINING
}
