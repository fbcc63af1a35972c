package io.brrtrouter.outbound.client;

import io.brrtrouter.outbound.address.AddressPolicy;
import io.brrtrouter.server.http.IpLiteral;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Gives the client the addresses that a name stands for now, once they have been looked at: it
 * connects to exactly those, so that a name cannot stand for another address a moment later. One
 * that is refused refuses them all.
 *
 * <p>The operating system may take minutes, and holds the thread that asks it: others ask, so that
 * a virtual thread waits no longer than a connection may take.
 */
final class CheckedResolver implements DnsResolver, AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final AddressPolicy policy;
  private final Resolver resolver;
  private final Duration patience;
  private final ThreadPoolExecutor threads;

  CheckedResolver(AddressPolicy policy, Resolver resolver, Duration patience, int atOnce) {
    this.policy = policy;
    this.resolver = resolver;
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("brrt-names-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress literal = IpLiteral.parse(host);
    List<InetAddress> addresses = literal == null ? lookUp(host) : List.of(literal);
    for (InetAddress address : addresses) {
      Optional<String> refusal = policy.refusal(host, address);
      if (refusal.isPresent()) {
        throw new RefusedAddressException(refusal.get());
      }
    }
    return addresses.toArray(InetAddress[]::new);
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    Future<List<InetAddress>> answer = threads.submit(() -> resolver.resolve(host));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw unknown(host + " was not looked up within " + patience.toMillis() + " ms", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unknown("interrupted", new InterruptedIOException());
    } catch (ExecutionException failure) {
      throw unknown(host + " cannot be looked up", failure.getCause());
    }
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

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
