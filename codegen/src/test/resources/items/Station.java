package items;

import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.schema.stream.RawEvent;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.stream.ItemBroadcaster;
import items.api.AddOldHandler;
import items.api.AddReadingsHandler;
import items.api.AddReadingsRequest;
import items.api.AddReadingsResponse;
import items.api.CollectReadingsHandler;
import items.api.CollectReadingsResponse;
import items.api.EchoReadingsHandler;
import items.api.EchoReadingsResponse;
import items.api.ListOldHandler;
import items.api.ListReadingsHandler;
import items.api.ListReadingsRequest;
import items.api.ListReadingsResponse;
import items.api.StationApi;
import items.api.WatchAdoptionsHandler;
import items.api.WatchAdoptionsResponse;
import items.api.WatchPlainHandler;
import items.api.WatchRawHandler;
import items.api.WatchRawResponse;
import items.model.News;
import items.model.NewsAdopted;
import items.model.NewsClosed;
import items.model.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/** Handlers as a user would write them; they tell what they do. */
public final class Station implements StationApi {
  private final BlockingQueue<String> told;
  private final Semaphore may;
  private final ItemBroadcaster<News> adoptions = ItemBroadcaster.of(10);

  /** Tells what is read and sent, and sends an item for each permit. */
  public Station(BlockingQueue<String> told, Semaphore may) {
    this.told = told;
    this.may = may;
  }

  @Override
  public ListReadingsHandler listReadings() {
    return this::list;
  }

  private ListReadingsResponse list(ListReadingsRequest request) {
    if (request.count() == 0) {
      return new ListReadingsResponse.NotFound("no readings");
    }
    return new ListReadingsResponse.Ok(
        Items.produced(items -> {
          try {
            for (int i = 1; i <= request.count(); i++) {
              may.acquire();
              items.send(new Reading(i == 7 ? "" : "s" + i, i));
            }
            told.add("<complete>");
          } catch (Exception end) {
            told.add("<" + end.getClass().getSimpleName() + ">");
            throw end;
          }
        }));
  }

  @Override
  public AddReadingsHandler addReadings() {
    return this::add;
  }

  private AddReadingsResponse add(AddReadingsRequest request) throws Exception {
    int sum = 0;
    try (Items<Reading> items = request.body()) {
      for (Optional<Reading> next = items.next(); next.isPresent(); next = items.next()) {
        told.add(next.get().sensor());
        sum += next.get().value();
      }
    } catch (Exception end) {
      told.add("<" + end.getClass().getSimpleName() + ">");
      throw end;
    }
    told.add("<end>");
    return new AddReadingsResponse.Ok("sum " + sum);
  }

  @Override
  public CollectReadingsHandler collectReadings() {
    return request ->
        new CollectReadingsResponse.Ok(
            request.body() == null
                ? "nothing"
                : request.body().stream().map(Reading::sensor).toList().toString());
  }

  @Override
  public EchoReadingsHandler echoReadings() {
    return request -> new EchoReadingsResponse.Ok(request.body());
  }

  /** Publishes an event of which the document knows, or not. */
  public void publish(String sensor) {
    adoptions.publish(
        NewsAdopted.builder().id(sensor).data(new Reading(sensor, sensor.length())).build());
  }

  /** {@return how many clients there are} */
  public int subscribers() {
    return adoptions.subscribers();
  }

  @Override
  public WatchAdoptionsHandler watchAdoptions() {
    if (told == null) {
      return request -> new WatchAdoptionsResponse.Ok(adoptions.subscribe());
    }
    return request ->
        new WatchAdoptionsResponse.Ok(
            Items.of(
                List.of(
                    NewsAdopted.builder().id("7").data(new Reading("a\"b", 1)).build(),
                    new NewsClosed("for\ntoday"))));
  }

  @Override
  public ListOldHandler listOld() {
    return request -> {
      throw new IllegalStateException("nobody asks for it");
    };
  }

  @Override
  public AddOldHandler addOld() {
    return request -> {
      throw new IllegalStateException("nobody asks for it");
    };
  }

  @Override
  public WatchPlainHandler watchPlain() {
    return request -> {
      throw new IllegalStateException("nobody asks for it");
    };
  }

  @Override
  public WatchRawHandler watchRaw() {
    return request -> {
      Optional<String> last = Request.current().headers().first("Last-Event-ID");
      return new WatchRawResponse.Ok(
          Items.of(
              List.of(
                  RawEvent.of("after " + last.orElse("nothing")),
                  new RawEvent("x", "named", "8", 5L))));
    };
  }
}
