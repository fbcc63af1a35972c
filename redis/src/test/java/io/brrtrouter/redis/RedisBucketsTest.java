package io.brrtrouter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.limit.Quota;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Buckets behind a connection that does what no Redis does on request. */
class RedisBucketsTest {
  private static final Quota QUOTA = new Quota("default", 3, Duration.ofHours(1));

  private final AtomicReference<Throwable> thrown = new AtomicReference<>();

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RedisBucketsTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Every command is refused before it is sent, as by a client whose queue is full. */
  @SuppressWarnings("unchecked")
  private RedisAsyncCommands<String, byte[]> commands() {
    return proxy(
        RedisAsyncCommands.class,
        (_, _, _) -> {
          throw thrown.get();
        });
  }

  @SuppressWarnings("unchecked")
  private static StatefulRedisConnection<String, byte[]> connection(
      RedisAsyncCommands<String, byte[]> commands, Supplier<Object> close) {
    return proxy(
        StatefulRedisConnection.class,
        (_, method, _) ->
            switch (method.getName()) {
              case "async" -> commands;
              case "isOpen" -> true;
              case "closeAsync" -> close.get();
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private RedisBuckets buckets() {
    return new RedisBuckets(
        connection(
            commands(),
            () -> {
              throw new UnsupportedOperationException("closeAsync");
            }),
        Duration.ofSeconds(1));
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }

  @Test
  void a_bucket_that_cannot_even_be_asked_for_is_not_kept() {
    RedisBuckets buckets = buckets();
    for (Throwable each :
        new Throwable[] {new IllegalStateException("full"), new StackOverflowError("deep")}) {
      thrown.set(each);
      for (int i = 0; i < 100; i++) {
        String key = "list|" + i;
        assertThatThrownBy(() -> buckets.take(key, QUOTA).toCompletableFuture().join())
            .satisfies(failure -> assertThat(root(failure)).isSameAs(each));
      }
      assertThat(buckets.inUse()).isZero();
    }
  }

  @Test
  void a_connection_is_closed_once_however_many_have_seen_it_fail() {
    AtomicInteger closings = new AtomicInteger();
    RedisAsyncCommands<String, byte[]> commands = commands();
    StatefulRedisConnection<String, byte[]> connection =
        connection(
            commands,
            () -> {
              closings.incrementAndGet();
              return CompletableFuture.completedFuture(null);
            });
    RedisBuckets buckets = new RedisBuckets(connection, Duration.ofSeconds(1));
    assertThat(buckets.isOpen()).isTrue();
    buckets.close();
    buckets.close();
    assertThat(closings).hasValue(1);
    assertThat(buckets.isOpen()).isFalse();
  }
}
