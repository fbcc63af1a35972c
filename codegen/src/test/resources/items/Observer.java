package items;

import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.schema.stream.RawEvent;
import items.api.AddReadingsRequest;
import items.api.AddReadingsResponse;
import items.api.CollectReadingsRequest;
import items.api.CollectReadingsResponse;
import items.api.EchoReadingsRequest;
import items.api.EchoReadingsResponse;
import items.api.ListReadingsRequest;
import items.api.ListReadingsResponse;
import items.api.WatchAdoptionsRequest;
import items.api.WatchAdoptionsResponse;
import items.api.WatchRawRequest;
import items.api.WatchRawResponse;
import items.client.StationClient;
import items.model.News;
import items.model.Reading;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/** Asks with the generated client as a user would. */
public final class Observer {
  private Observer() {}

  /** Patient, because a test asks. */
  private static StationClient client(URI base) {
    return StationClient.builder().baseUri(base).timeout(Duration.ofMinutes(5)).build();
  }

  private static Items<Reading> readings(URI base, int count) throws Exception {
    return readings(client(base), count);
  }

  private static Items<Reading> readings(StationClient client, int count) throws Exception {
    return switch (client.listReadings(new ListReadingsRequest(count))) {
      case ListReadingsResponse.Ok(Items<Reading> items) -> items;
      case ListReadingsResponse.NotFound(String said) -> throw new IllegalStateException(said);
    };
  }

  /** Reads all items, and lets the server make one only when it wants it. */
  public static List<String> one_by_one(URI base, BlockingQueue<String> told, Semaphore may, int count)
      throws Exception {
    List<String> seen = new ArrayList<>();
    try (Items<Reading> items = readings(base, count)) {
      may.release();
      for (Optional<Reading> next = items.next(); next.isPresent(); next = items.next()) {
        seen.add(next.get().sensor());
        may.release();
      }
    }
    return seen;
  }

  /** Reads an item, and goes. */
  public static List<String> leave(URI base, BlockingQueue<String> told, Semaphore may, int count)
      throws Exception {
    Items<Reading> items = readings(base, count);
    may.release();
    String first = items.next().orElseThrow().sensor();
    items.close();
    return List.of(first);
  }

  /** Waits for each item as long as it may, and once more; tells what came of it. */
  public static List<String> patiently(URI base, BlockingQueue<String> told, Semaphore may, int millis)
      throws Exception {
    List<String> seen = new ArrayList<>();
    StationClient client = client(base).withTimeout(Duration.ofMillis(millis));
    Items<Reading> items = readings(client, 1);
    for (int i = 0; i < 3; i++) {
      try {
        seen.add(items.next().orElseThrow().sensor());
      } catch (HttpTimeoutException late) {
        seen.add("HttpTimeoutException: " + late.getMessage());
      }
    }
    return seen;
  }

  /** Sends items, the next one when the one before has been read. */
  public static List<String> send(URI base, BlockingQueue<String> told, Semaphore may, int count)
      throws Exception {
    Items<Reading> items =
        Items.produced(sink -> {
          for (int i = 1; i <= count; i++) {
            sink.send(new Reading(i == 7 ? "" : "s" + i, i));
            if (!told.take().equals("s" + i)) {
              throw new IllegalStateException("not read");
            }
          }
        });
    return switch (client(base)
        .addReadings(new AddReadingsRequest(items))) {
      case AddReadingsResponse.Ok(String said) -> List.of(said);
    };
  }

  /** Sends a list. */
  public static List<String> collected(URI base, BlockingQueue<String> told, Semaphore may, int count)
      throws Exception {
    List<Reading> list = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      list.add(new Reading("s" + i, i));
    }
    CollectReadingsRequest request = new CollectReadingsRequest(count == 0 ? null : list);
    return switch (client(base).collectReadings(request)) {
      case CollectReadingsResponse.Ok(String said) -> List.of(said);
    };
  }

  /** Sends items, and gets them back. */
  public static List<String> echo(URI base, BlockingQueue<String> told, Semaphore may, int count)
      throws Exception {
    Items<Reading> sent = Items.of(List.of(new Reading("a", 1), new Reading("b", 2)));
    List<String> seen = new ArrayList<>();
    switch (client(base).echoReadings(new EchoReadingsRequest(sent))) {
      case EchoReadingsResponse.Ok(Items<Reading> items) -> {
        for (Optional<Reading> next = items.next(); next.isPresent(); next = items.next()) {
          seen.add(next.get().toString());
        }
      }
    }
    return seen;
  }

  /** Reads events. */
  public static List<String> news(URI base, BlockingQueue<String> told, Semaphore may, int count)
      throws Exception {
    List<String> seen = new ArrayList<>();
    switch (client(base).watchAdoptions(new WatchAdoptionsRequest())) {
      case WatchAdoptionsResponse.Ok(Items<News> items) -> {
        for (Optional<News> next = items.next(); next.isPresent(); next = items.next()) {
          seen.add(next.get().toString());
        }
      }
    }
    return seen;
  }

  /** Reads events that nobody describes. */
  public static List<String> raw(URI base, BlockingQueue<String> told, Semaphore may, int count)
      throws Exception {
    List<String> seen = new ArrayList<>();
    switch (client(base).watchRaw(new WatchRawRequest())) {
      case WatchRawResponse.Ok(Items<RawEvent> items) -> {
        for (Optional<RawEvent> next = items.next(); next.isPresent(); next = items.next()) {
          seen.add(next.get().toString());
        }
      }
    }
    return seen;
  }
}
