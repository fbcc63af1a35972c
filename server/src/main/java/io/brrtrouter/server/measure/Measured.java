package io.brrtrouter.server.measure;

import java.util.List;

/**
 * Has figures for Prometheus: a service that is asked, or what an application keeps in its {@code
 * Resources}. Safe for use by many threads.
 */
public interface Measured {

  /**
   * {@return the figures as they are now} Asked at each scrape, on a thread that may wait a little.
   * Their number is bounded: nothing a client sends becomes a label. Whoever throws has no figures
   * at that scrape; what has the name of a figure of the server, or begins with {@code brrtrouter_}
   * and is not from this library, is left out. Both are logged, once for each.
   */
  List<Measurement> measurements();
}
