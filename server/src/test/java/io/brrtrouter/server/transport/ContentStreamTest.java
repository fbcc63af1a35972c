package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Body;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits of streamed content, whoever carries it. */
class ContentStreamTest {
  private final AtomicInteger parts = new AtomicInteger();

  /** One whose client takes nothing. */
  private final Carrier carrier =
      (Carrier)
          Proxy.newProxyInstance(
              Carrier.class.getClassLoader(),
              new Class<?>[] {Carrier.class},
              (_, method, given) -> {
                switch (method.getName()) {
                  case "execute" -> ((Runnable) given[0]).run();
                  case "send" -> parts.incrementAndGet();
                  case "cutOff" -> {}
                  default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
              });

  @Test
  @Timeout(20)
  void many_small_parts_take_no_more_room_than_few_large_ones() throws Exception {
    ContentStream stream =
        new ContentStream(
            carrier,
            new Body.Streamed(
                sink -> {
                  while (true) {
                    sink.write(new byte[1]);
                    sink.flush();
                  }
                },
                Body.Streamed.UNKNOWN_LENGTH),
            "a test");
    Thread writer = Thread.ofPlatform().start(stream);
    while (writer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(parts).hasValue(ContentStream.MOST_WAITING / (ContentStream.PART_OVERHEAD + 1));
    stream.gone();
    writer.join();
  }
}
