package io.brrtrouter.testing;

/** How the requests of a test reach the server. */
public enum Speed {
  /** Handed over directly: everything but the transport takes part. */
  IN_PROCESS,
  /** Over a socket, on a free port of this machine. */
  SOCKET
}
