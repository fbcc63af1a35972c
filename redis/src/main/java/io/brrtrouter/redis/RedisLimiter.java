package io.brrtrouter.redis;

import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.SharedLimiter;
import io.brrtrouter.server.limit.SharedLimiterSource;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.outage.Outage;
import io.brrtrouter.server.outage.Quiet;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Counts in Redis over one connection, which is made when somebody asks and made again when it is
 * gone: nothing here tries again by itself, nor writes logs about it. Safe for use by many threads.
 */
final class RedisLimiter implements SharedLimiter {
  /** What connecting may take, TLS and password included. Those who ask do not wait so long. */
  private static final Duration CONNECTING = Duration.ofSeconds(2);

  /** Commands without an answer yet; more fail at once. */
  private static final int MOST_COMMANDS = 10_000;

  /** The fewest that Lettuce takes; there is one connection. */
  private static final int THREADS = 2;

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Outage untold = new Outage(new Quiet(QUIET, System::nanoTime));
  private final SharedLimiterSource.Settings settings;
  private final RedisURI uri;
  private final ClientResources resources;
  private final RedisClient client;

  /** The latest connection, made or being made. */
  private final AtomicReference<@Nullable CompletableFuture<RedisBuckets>> connection =
      new AtomicReference<>();

  RedisLimiter(SharedLimiterSource.Settings settings) {
    this.settings = settings;
    this.uri = RedisURI.create(settings.url());
    uri.setTimeout(CONNECTING);
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MOST_COMMANDS)
            // Whoever asks waits for so long as he may, and closes the connection then.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECTING).build())
            .build());
  }

  @Override
  public Optional<Standing> take(String key, Quota quota, Duration patience) throws IOException {
    CompletableFuture<RedisBuckets> connected = connected();
    try {
      // One wait for both, connection and answer.
      return Optional.of(
          connected
              .thenCompose(buckets -> buckets.take(settings.prefix() + key, quota))
              .get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException failure) {
      giveUp(connected);
      throw unanswered(failure.getCause() == null ? failure : failure.getCause());
    } catch (TimeoutException _) {
      if (patience.compareTo(settings.timeout()) < 0) {
        return Optional.empty(); // and others go on with the connection, which may be a good one
      }
      giveUp(connected);
      throw new IOException(place() + " does not answer in " + patience.toMillis() + " ms");
    } catch (RuntimeException failure) {
      giveUp(connected);
      throw unanswered(failure);
    }
  }

  /**
   * A connection that failed once may be one to nowhere, which nothing else would notice. One that
   * is being made goes on: it ends by itself, and the next who asks finds it.
   */
  private static void giveUp(CompletableFuture<RedisBuckets> connected) {
    if (connected.isDone() && !connected.isCompletedExceptionally()) {
      connected.join().close();
    }
  }

  private CompletableFuture<RedisBuckets> connected() {
    CompletableFuture<RedisBuckets> present = connection.get();
    if (present != null && !isGone(present)) {
      return present;
    }
    CompletableFuture<RedisBuckets> next = new CompletableFuture<>();
    if (!connection.compareAndSet(present, next)) {
      return connected(); // somebody was sooner
    }
    connect(next);
    return next;
  }

  private void connect(CompletableFuture<RedisBuckets> next) {
    try {
      var _ =
          client
              .connectAsync(CODEC, uri)
              .whenComplete((made, failure) -> {
                if (made == null) {
                  next.completeExceptionally(failure);
                } else {
                  next.complete(new RedisBuckets(made, settings.timeout(), untold));
                }
              });
    } catch (RuntimeException failure) {
      next.completeExceptionally(failure);
    }
  }

  private static boolean isGone(CompletableFuture<RedisBuckets> connection) {
    return connection.isDone()
        && (connection.isCompletedExceptionally() || !connection.join().isOpen());
  }

  private String place() {
    return "Redis at " + uri.getHost() + ":" + uri.getPort();
  }

  /** What a client or Redis says has no password in it; should it begin to, that is hidden. */
  private IOException unanswered(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    String userInfo = settings.url().getUserInfo();
    String password = userInfo == null ? "" : userInfo.substring(userInfo.indexOf(':') + 1);
    return new IOException(
        place()
            + " does not answer: "
            + (password.isEmpty() ? why : why.replace(password, "******")));
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, CONNECTING);
    resources.shutdown(0, CONNECTING.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
