package io.brrtrouter.security.keys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Judges where a document may lead by the addresses of hosts: not from a public one to this machine
 * or a private network. To be asked before something is fetched and once more after it: whoever
 * answers for a name may answer otherwise the next time (DNS rebinding). The JDK resolves the name
 * for each request, also where a connection was kept, and keeps what it was told for {@code
 * networkaddress.cache.ttl} (30 s), which is not less than a fetch takes; so what a request is sent
 * to was judged before it or is judged after it. Safe for use by many threads.
 */
final class Referrer {
  private final URI from;
  private final Resolver resolver;

  /** Tells the addresses of a host, as {@link InetAddress#getAllByName} does. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /**
   * Makes one.
   *
   * @param from the URL of the document
   * @param resolver tells addresses
   */
  Referrer(URI from, Resolver resolver) {
    this.from = from;
    this.resolver = resolver;
  }

  /**
   * {@return whether the document comes from inside} All addresses of its host are: whoever answers
   * for its name may add one. A host that cannot be resolved is outside. May block.
   */
  boolean isInside() {
    try {
      for (InetAddress address : resolver.resolve(from.getHost())) {
        if (!Destination.isInside(address)) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /**
   * Judges where the document leads; may block.
   *
   * @param to the URL it refers to
   * @param wasInside what {@link #isInside} told before the document was fetched
   * @throws IOException if that leads inside, and the document is not from there
   */
  void judge(URI to, boolean wasInside) throws IOException {
    if (!to.getHost().equalsIgnoreCase(from.getHost())
        && leadsInside(to.getHost())
        && !(wasInside && isInside())) {
      throw new IOException("its \"jwks_uri\" leads from a public address to a private one");
    }
  }

  private boolean leadsInside(String host) throws UnknownHostException {
    for (InetAddress address : resolver.resolve(host)) {
      if (Destination.isInside(address)) {
        return true;
      }
    }
    return false;
  }
}
