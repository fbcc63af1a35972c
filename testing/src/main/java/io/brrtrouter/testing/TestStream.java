package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A response whose items are read while they come: events, JSON Lines or a JSON sequence. Closing
 * it is a client that goes. To be read by one thread.
 *
 * <pre>{@code
 * try (TestStream alerts = client.get("/alerts").stream().expect(200)) {
 *   client.post("/alerts").json("{\"text\": \"Storm\"}").send().expect(204);
 *   assertThat(alerts.nextJson().path("text").asString()).isEqualTo("Storm");
 * }
 * }</pre>
 */
public final class TestStream implements AutoCloseable {
  private final String request;
  private final Incoming response;
  private final Courier courier;
  private final Duration patience;
  private final Optional<ItemReader> items;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(1);
  private @Nullable Thread reading;
  private @Nullable Arrival over;
  private int count;

  /** What comes: an item, the end when it is null, or why there is no end. */
  private record Arrival(@Nullable String item, @Nullable Exception failure) {}

  TestStream(String request, Incoming response, Courier courier, Duration patience) {
    this.request = request;
    this.response = response;
    this.courier = courier;
    this.patience = patience;
    this.items = ItemReader.of(response.headers(), response.content());
  }

  /** {@return the status code} */
  public int status() {
    return response.status();
  }

  /** {@return the header fields} */
  public Headers headers() {
    return response.headers();
  }

  /**
   * {@return the first value of a header field, or null}
   *
   * @param name the name, in any case
   */
  public @Nullable String header(String name) {
    return headers().get(name);
  }

  /**
   * Fails unless the response has a status.
   *
   * @param expected the status
   * @return this response
   * @throws AssertionError if the status is another, with the response, which is closed
   */
  public TestStream expect(int expected) {
    if (status() == expected) {
      return this;
    }
    try (this) {
      String content = "";
      if (items.isEmpty()) {
        byte[] whole = Collected.of(request, response, patience);
        content = "\n" + new String(whole, java.nio.charset.StandardCharsets.UTF_8);
      }
      throw failure(
          "expected status " + expected + " but got status " + status(),
          "\n" + headers() + content,
          null);
    }
  }

  /**
   * Waits for the next item, as long as the client waits ({@link BrrtClient#waiting}).
   *
   * @return the item: its JSON as it is sent, or the fields of an event, {@code name: value} on a
   *     line each; comments are left out
   * @throws AssertionError if none comes in time, the response ends or is cut off, or its media
   *     type has no items
   */
  public String next() {
    Arrival arrival = arrival();
    if (arrival == null) {
      throw failure("no item came within " + Collected.text(patience), counted(), null);
    }
    if (arrival.item() == null) {
      throw arrival.failure() == null
          ? failure("the stream has ended", counted(), null)
          : cut(arrival.failure());
    }
    count++;
    return arrival.item();
  }

  /**
   * Waits for the next item, as {@link #next} does.
   *
   * @return its JSON, decimals exact: of an event its data
   * @throws AssertionError as {@link #next}, and if the item has no JSON
   */
  public JsonNode nextJson() {
    String item = next();
    try {
      return TestResponse.JSON.readTree(items.orElseThrow().json(item));
    } catch (JacksonException broken) {
      throw failure("expected JSON but got " + broken.getOriginalMessage(), "\n" + item, broken);
    }
  }

  /**
   * Waits for the end, as long as the client waits.
   *
   * @throws AssertionError if it does not come in time, an item comes, or the response is cut off
   */
  public void expectEnd() {
    Arrival arrival = arrival();
    if (arrival == null) {
      throw failure("the stream has not ended within " + Collected.text(patience), counted(), null);
    }
    if (arrival.item() != null) {
      throw failure("expected the end but got an item", counted() + "\n" + arrival.item(), null);
    }
    if (arrival.failure() != null) {
      throw cut(arrival.failure());
    }
  }

  /** {@return what comes next; null if nothing has in time} */
  private @Nullable Arrival arrival() {
    ItemReader reader =
        items.orElseThrow(() ->
            failure(
                "a response of %s has no items that are read one by one"
                    .formatted(headers().first("Content-Type").orElse("no media type")),
                ": events, JSON Lines and JSON sequences have; ask for others with send()",
                null));
    if (over != null) {
      return over;
    }
    if (reading == null) {
      reading = Thread.ofVirtual().name("brrt-test-stream").start(() -> read(reader));
    }
    try {
      Arrival arrival = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (arrival != null && arrival.item() == null) {
        over = arrival;
      }
      return arrival;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(request + " was interrupted", interrupted);
    }
  }

  private void read(ItemReader reader) {
    try {
      Arrival arrival;
      do {
        arrival = arrived(reader);
        arrivals.put(arrival);
      } while (arrival.item() != null);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static Arrival arrived(ItemReader reader) {
    try {
      return new Arrival(reader.next(), null);
    } catch (Exception failed) {
      return new Arrival(null, failed);
    }
  }

  private String counted() {
    return count == 0 ? ", and none before" : ", and " + count + " before";
  }

  private AssertionError cut(Exception failure) {
    return failure("the stream was cut off", counted() + ": " + failure.getMessage(), failure);
  }

  private AssertionError failure(String what, String more, @Nullable Exception cause) {
    StringBuilder text = new StringBuilder(request).append(": ").append(what).append(more);
    List<String> violations = courier.violations(headers());
    if (!violations.isEmpty()) {
      text.append("\nwhat the handler answered does not match the document:");
      violations.forEach(each -> text.append("\n  ").append(each));
    }
    return new AssertionError(text.toString(), cause);
  }

  /** Goes, as a client goes. */
  @Override
  public void close() {
    response.close();
    if (reading != null) {
      reading.interrupt();
    }
  }
}
