package io.brrtrouter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.outage.Outage;
import io.brrtrouter.server.outage.Quiet;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.RemoteAsyncBucketBuilder;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets behind a connection that does what no Redis does on request. */
class RedisBucketsTest {
  private static final Quota QUOTA = new Quota("default", 3, Duration.ofHours(1));

  private static final Outage UNTOLD =
      new Outage(new Quiet(Duration.ofMinutes(1), System::nanoTime));

  private final AtomicInteger closings = new AtomicInteger();

  private CompletableFuture<Void> closed() {
    closings.incrementAndGet();
    return CompletableFuture.completedFuture(null);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RedisBucketsTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @SuppressWarnings("unchecked")
  private StatefulRedisConnection<String, byte[]> connection(InvocationHandler commands) {
    return proxy(
        StatefulRedisConnection.class,
        (_, method, _) ->
            switch (method.getName()) {
              case "async" -> proxy(RedisAsyncCommands.class, commands);
              case "isOpen" -> true;
              case "closeAsync" -> closed();
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  /** {@return buckets of which each answers so} */
  @SuppressWarnings("unchecked")
  private RedisBuckets answering(Supplier<CompletableFuture<?>> answer) {
    AsyncProxyManager<String> all =
        proxy(
            AsyncProxyManager.class,
            (_, _, _) ->
                proxy(
                    RemoteAsyncBucketBuilder.class,
                    (builder, method, _) ->
                        method.getName().equals("build")
                            ? proxy(AsyncBucketProxy.class, (_, _, _) -> answer.get())
                            : builder));
    return new RedisBuckets(
        connection((_, method, _) -> {
          throw new UnsupportedOperationException(method.getName());
        }),
        all,
        new RedisClock.Memory(UNTOLD));
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_bucket_that_cannot_even_be_asked_for_is_not_kept(boolean error) {
    RedisBuckets buckets =
        answering(() -> {
          if (error) {
            throw new StackOverflowError("deep");
          }
          throw new IllegalStateException("full");
        });

    for (int i = 0; i < 100; i++) {
      String key = "list|" + i;
      assertThat(root(catchThrowable(() -> taken(buckets, key))))
          .hasMessage(error ? "deep" : "full");
    }

    assertThat(buckets.inUse()).isZero();
  }

  @Test
  void a_bucket_is_kept_until_it_has_answered_or_failed() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    RedisBuckets buckets = answering(() -> answer);

    var first = buckets.take("list|1", QUOTA);
    var second = buckets.take("list|1", QUOTA);
    buckets.take("list|2", QUOTA);
    assertThat(buckets.inUse()).isEqualTo(2);

    answer.completeExceptionally(new IllegalStateException("gone"));
    assertThat(first.toCompletableFuture()).isCompletedExceptionally();
    assertThat(second.toCompletableFuture()).isCompletedExceptionally();
    assertThat(buckets.inUse()).isZero();
  }

  /** As by a client whose queue is full: the library takes what is thrown for an answer. */
  @Test
  void a_command_that_is_refused_before_it_is_sent_keeps_no_bucket() {
    RedisBuckets buckets =
        new RedisBuckets(
            connection((_, _, _) -> {
              throw new IllegalStateException("full");
            }),
            Duration.ofSeconds(1),
            new RedisClock.Memory(UNTOLD));

    for (int i = 0; i < 100; i++) {
      String key = "list|" + i;
      assertThat(root(catchThrowable(() -> taken(buckets, key)))).hasMessage("full");
    }

    assertThat(buckets.inUse()).isZero();
  }

  @Test
  void a_connection_is_closed_once_however_many_have_seen_it_fail() {
    RedisBuckets buckets =
        new RedisBuckets(
            connection((_, method, _) -> {
              throw new UnsupportedOperationException(method.getName());
            }),
            Duration.ofSeconds(1),
            new RedisClock.Memory(UNTOLD));
    assertThat(buckets.isOpen()).isTrue();
    buckets.close();
    buckets.close();
    assertThat(closings).hasValue(1);
    assertThat(buckets.isOpen()).isFalse();
  }

  private static Standing taken(RedisBuckets buckets, String key) {
    return buckets.take(key, QUOTA).toCompletableFuture().join();
  }
}
