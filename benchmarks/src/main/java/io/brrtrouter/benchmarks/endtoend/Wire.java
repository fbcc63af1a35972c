package io.brrtrouter.benchmarks.endtoend;

import java.util.Locale;

/** What goes over the sockets. */
enum Wire {
  /** HTTP/1.1, unencrypted. */
  HTTP1,
  /** HTTP/1.1 in TLS 1.3. */
  TLS,
  /** HTTP/2 with prior knowledge, unencrypted; several streams on each connection. */
  HTTP2;

  static Wire of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
