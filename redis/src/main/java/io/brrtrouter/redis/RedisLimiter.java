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
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.event.command.CommandFailedEvent;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandSucceededEvent;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts in Redis over one connection, which is made when somebody asks and made again when it is
 * gone: nothing here tries again by itself, nor writes logs about it. One question that fails while
 * Redis answers, because of its key for example, is that one's failure and not that of the
 * connection: the log is told, once in a while. Safe for use by many threads.
 */
final class RedisLimiter implements SharedLimiter {
  /** What connecting may take, TLS and password included. Those who ask do not wait so long. */
  private static final Duration CONNECTING = Duration.ofSeconds(2);

  /** Commands without an answer yet; more fail at once. */
  private static final int MOST_COMMANDS = 10_000;

  /** How Lettuce says so: it has no exception of its own for it. */
  private static final String QUEUE_IS_FULL = "Request queue size exceeded";

  /** The fewest that Lettuce takes; there is one connection. */
  private static final int THREADS = 2;

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.redis");

  private static final Duration QUIET = Duration.ofMinutes(1);

  private final RedisClock.Memory time =
      new RedisClock.Memory(new Outage(new Quiet(QUIET, System::nanoTime)));
  private final Quiet uncounted = new Quiet(QUIET, System::nanoTime);

  /** When Redis last answered anything, by {@link System#nanoTime}. */
  private final AtomicLong answered = new AtomicLong(System.nanoTime());

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
            .nettyCustomizer(new SilentEncoder.Replacement())
            .build();
    this.client = RedisClient.create(resources);
    client.addListener(new Answers(answered));
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

  /**
   * What became of a question.
   *
   * @param standing the answer; null if there is none
   * @param why there is none, if Redis is to blame; empty if not
   */
  private record Outcome(@Nullable Standing standing, String why) {
    /** Nobody waits any more, or could have waited for long enough. */
    static final Outcome NONE = new Outcome(null, "");

    static Outcome uncounted(String why) {
      return new Outcome(null, why);
    }
  }

  @Override
  public Optional<Standing> take(String key, Quota quota, Duration patience) throws IOException {
    Outcome outcome = ask(key, quota, patience);
    if (!outcome.why.isEmpty() && uncounted.ends()) {
      LOG.warn(
          "requests are counted by this server alone where {} does not count them, others are counted"
              + " for all servers together: {}",
          place(),
          outcome.why);
    }
    return Optional.ofNullable(outcome.standing);
  }

  @Override
  public void check(String key, Quota quota, Duration patience) throws IOException {
    Outcome outcome = ask(key, quota, patience);
    if (outcome.standing == null) {
      throw new IOException(
          place()
              + (outcome.why.isEmpty()
                  ? " was not waited for"
                  : " does not count: " + outcome.why));
    }
  }

  private Outcome ask(String key, Quota quota, Duration patience) throws IOException {
    long begun = System.nanoTime();
    CompletableFuture<RedisBuckets> connected = connected();
    try {
      // One wait for both, connection and answer.
      return new Outcome(
          connected
              .thenCompose(buckets -> buckets.take(settings.prefix() + key, quota))
              .get(patience.toNanos(), TimeUnit.NANOSECONDS),
          "");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Outcome.NONE;
    } catch (ExecutionException failure) {
      return failed(connected, failure, begun);
    } catch (TimeoutException _) {
      if (patience.compareTo(settings.timeout()) < 0) {
        return Outcome.NONE; // and others go on with the connection, which may be a good one
      }
      String silence = "does not answer in " + patience.toMillis() + " ms";
      if (hasAnsweredSince(begun)) {
        return Outcome.uncounted(silence + ", where it answers others");
      }
      giveUp(connected);
      throw new IOException(place() + " " + silence);
    } catch (RuntimeException failure) {
      return failed(connected, failure, begun);
    }
  }

  private Outcome failed(CompletableFuture<RedisBuckets> connected, Exception failure, long begun)
      throws IOException {
    boolean late = isTimeout(failure);
    if (late ? !hasAnsweredSince(begun) : isGone(connected) || isOfConnection(failure)) {
      giveUp(connected);
      throw new IOException(
          place() + (isRefusal(failure) ? " refuses: " : " does not answer: ") + why(failure));
    }
    return Outcome.uncounted(late ? "no attempt succeeded in time" : why(failure));
  }

  /** An error that Redis answers is not, nor is a queue that is full, nor a bucket that is none. */
  private static boolean isOfConnection(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException || cause instanceof ExecutionException) {
      cause = cause.getCause();
    }
    return cause instanceof IOException
        || (cause instanceof RedisException
            && !(cause instanceof RedisCommandExecutionException)
            && !String.valueOf(cause.getMessage()).startsWith(QUEUE_IS_FULL));
  }

  /**
   * Many servers that change one bucket keep each other from it: their questions take too long,
   * though Redis answers each attempt.
   */
  private boolean hasAnsweredSince(long begun) {
    return answered.get() - begun > 0;
  }

  /** An attempt that is ended, by the library, for whom nobody waits any more. */
  private static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException
          || cause instanceof io.github.bucket4j.TimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** A password that is wrong, or missing, is told of with an answer, before anything is asked. */
  private static boolean isRefusal(Throwable failure) {
    return root(failure) instanceof RedisCommandExecutionException;
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
                  next.complete(new RedisBuckets(made, settings.timeout(), time));
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

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** What a client or Redis says has no password in it; should it begin to, that is hidden. */
  private String why(Throwable failure) {
    Throwable root = root(failure);
    String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    String userInfo = settings.url().getUserInfo();
    String password = userInfo == null ? "" : userInfo.substring(userInfo.indexOf(':') + 1);
    return password.isEmpty() ? why : why.replace(password, "******");
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, CONNECTING);
    resources.shutdown(0, CONNECTING.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  /** Errors are answers too; the end of a connection is none. */
  private record Answers(AtomicLong last) implements CommandListener {
    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
      last.set(System.nanoTime());
    }

    @Override
    public void commandFailed(CommandFailedEvent event) {
      if (event.getCause() instanceof RedisCommandExecutionException) {
        last.set(System.nanoTime());
      }
    }
  }
}
