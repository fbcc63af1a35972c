package io.brrtrouter.outbound.client;

import io.brrtrouter.outbound.address.AddressPolicy;
import io.brrtrouter.outbound.address.HostGroup;
import io.brrtrouter.server.http.IpLiteral;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
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
 * a virtual thread waits no longer than a connection may take. A lookup that nobody waits for any
 * more goes on until the operating system lets go of it; names with the same last two labels have a
 * quarter of the threads at most, so that somebody whose name server keeps silent holds no more.
 */
final class CheckedResolver implements DnsResolver, AutoCloseable {
  private static final long IDLE_SECONDS = 30;
  private static final int PARTS = 4;

  private final AddressPolicy policy;
  private final Resolver resolver;
  private final Duration patience;
  private final ThreadPoolExecutor threads;
  private final int atOnceOfEnd;

  /** Who looks names up that end alike, for as long as somebody does. */
  private final Map<String, Share> shares = new ConcurrentHashMap<>();

  /** Places for lookups of names that end alike. The count is changed within the map only. */
  private static final class Share {
    private final Semaphore places;
    private int users;

    Share(int places) {
      this.places = new Semaphore(places);
    }
  }

  CheckedResolver(AddressPolicy policy, Resolver resolver, Duration patience, int atOnce) {
    this.policy = policy;
    this.resolver = resolver;
    this.patience = patience;
    this.atOnceOfEnd = Math.max(1, atOnce / PARTS);
    this.threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(atOnce),
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
    long end = System.nanoTime() + patience.toNanos();
    Share share = enter(HostGroup.of(host));
    try {
      if (!share.places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        leave(HostGroup.of(host));
        throw late(host, null);
      }
    } catch (InterruptedException stopped) {
      leave(HostGroup.of(host));
      throw interrupted();
    }
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    Runnable lookup =
        () -> {
          try {
            if (!answer.isDone()) {
              answer.complete(resolver.resolve(host));
            }
          } catch (Throwable failure) {
            answer.completeExceptionally(failure);
          } finally {
            share.places.release();
            leave(HostGroup.of(host));
          }
        };
    try {
      threads.execute(lookup);
    } catch (RejectedExecutionException full) {
      share.places.release();
      leave(HostGroup.of(host));
      throw unknown("too many names are being looked up", full);
    }
    return answer(host, answer, lookup, share, end);
  }

  private List<InetAddress> answer(
      String host,
      CompletableFuture<List<InetAddress>> answer,
      Runnable lookup,
      Share share,
      long end)
      throws UnknownHostException {
    boolean ended = false;
    try {
      List<InetAddress> addresses =
          answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      ended = true;
      return addresses;
    } catch (TimeoutException late) {
      throw late(host, late);
    } catch (InterruptedException stopped) {
      throw interrupted();
    } catch (ExecutionException failure) {
      ended = true;
      throw unknown(host + " cannot be looked up", failure.getCause());
    } finally {
      if (!ended) {
        answer.cancel(true);
        if (threads.remove(lookup)) { // it has not begun, and gives nothing back itself
          share.places.release();
          leave(HostGroup.of(host));
        }
      }
    }
  }

  private Share enter(String ending) {
    return shares.compute(
        ending,
        (_, present) -> {
          Share share = present == null ? new Share(atOnceOfEnd) : present;
          share.users++;
          return share;
        });
  }

  private void leave(String ending) {
    shares.computeIfPresent(ending, (_, share) -> --share.users == 0 ? null : share);
  }

  private UnknownHostException late(String host, @Nullable Throwable cause) {
    return unknown(host + " was not looked up within " + patience.toMillis() + " ms", cause);
  }

  private static UnknownHostException interrupted() {
    Thread.currentThread().interrupt();
    return unknown("interrupted", new InterruptedIOException());
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
