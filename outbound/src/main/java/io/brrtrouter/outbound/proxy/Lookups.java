package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.http.IpLiteral;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the names of a service. The operating system may take minutes, and holds the thread that
 * asks it: others ask, one for each name at most, so that a virtual thread waits no longer than a
 * connection may take. Who asks for a name that is being looked up waits for the same answer. Safe
 * for use by many threads.
 */
final class Lookups implements DnsResolver {
  private final DnsResolver system;
  private final Duration patience;

  /** What is being looked up, by name. */
  private final ConcurrentHashMap<String, FutureTask<InetAddress[]>> pending =
      new ConcurrentHashMap<>();

  /**
   * Nothing is looked up yet.
   *
   * @param system knows the addresses, and may take its time
   * @param patience how long anybody waits for it; zero for any time
   */
  Lookups(DnsResolver system, Duration patience) {
    this.system = system;
    this.patience = patience;
  }

  /**
   * {@return the addresses that a name has now}
   *
   * @param host the name, or an address
   * @throws UnknownHostException if it has none; if nobody knows in time, because of a {@link
   *     TimeoutException}
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress literal = IpLiteral.parse(host);
    if (literal != null) {
      return new InetAddress[] {literal};
    }
    try {
      Future<InetAddress[]> answer = answer(host);
      return patience.isZero()
          ? answer.get()
          : answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw unknown(host + " was not looked up within " + patience.toMillis() + " ms", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unknown("interrupted", new InterruptedIOException());
    } catch (ExecutionException failure) {
      throw unknown(host + " cannot be looked up", failure.getCause());
    }
  }

  private Future<InetAddress[]> answer(String host) {
    FutureTask<InetAddress[]> own = new FutureTask<>(() -> system.resolve(host));
    FutureTask<InetAddress[]> other = pending.putIfAbsent(host, own);
    if (other != null) {
      return other;
    }
    Thread.ofPlatform()
        .daemon()
        .name("brrt-service-name")
        .start(() -> {
          try {
            own.run();
          } finally {
            pending.remove(host, own);
          }
        });
    return own;
  }

  private static UnknownHostException unknown(String message, @Nullable Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(message);
    unknown.initCause(cause);
    return unknown;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
