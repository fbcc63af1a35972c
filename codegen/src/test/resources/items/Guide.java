package items;

import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.server.stream.ItemBroadcaster;
import items.api.AddOldHandler;
import items.api.AddReadingsHandler;
import items.api.AddReadingsRequest;
import items.api.AddReadingsResponse;
import items.api.CollectReadingsHandler;
import items.api.EchoReadingsHandler;
import items.api.ListOldHandler;
import items.api.ListReadingsHandler;
import items.api.ListReadingsRequest;
import items.api.ListReadingsResponse;
import items.api.StationApi;
import items.api.WatchAdoptionsHandler;
import items.api.WatchAdoptionsRequest;
import items.api.WatchAdoptionsResponse;
import items.api.WatchPlainHandler;
import items.api.WatchRawHandler;
import items.model.News;
import items.model.NewsAdopted;
import items.model.Reading;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/** The examples of {@code docs/generated-code.md}. */
public final class Guide implements StationApi {
  private final Station others;

  /** As {@link Station}. */
  public Guide(BlockingQueue<String> told, Semaphore may) {
    others = new Station(told, may);
  }

  private ListReadingsResponse list(ListReadingsRequest request) {
    return new ListReadingsResponse.Ok(
        Items.produced(
            items -> {
              for (int i = 1; i <= request.count(); i++) {
                items.send(new Reading("sensor " + i, i));
              }
            }));
  }

  private AddReadingsResponse add(AddReadingsRequest request) throws Exception {
    Items<Reading> items = request.body();
    int sum = 0;
    for (var next = items.next(); next.isPresent(); next = items.next()) {
      sum += next.get().value();
    }
    return new AddReadingsResponse.Ok("sum " + sum);
  }

  private final ItemBroadcaster<News> news = ItemBroadcaster.of(1_000);

  private WatchAdoptionsResponse watch(WatchAdoptionsRequest request) {
    return new WatchAdoptionsResponse.Ok(news.subscribe());
  }

  /** Tells everybody who watches. */
  public void adopted(Reading reading) {
    news.publish(NewsAdopted.builder().id(reading.sensor()).data(reading).build());
  }

  /** Tells of a reading. */
  public void publish(String sensor) {
    adopted(new Reading(sensor, sensor.length()));
  }

  @Override
  public ListReadingsHandler listReadings() {
    return this::list;
  }

  @Override
  public AddReadingsHandler addReadings() {
    return this::add;
  }

  @Override
  public WatchAdoptionsHandler watchAdoptions() {
    return this::watch;
  }

  @Override
  public CollectReadingsHandler collectReadings() {
    return others.collectReadings();
  }

  @Override
  public EchoReadingsHandler echoReadings() {
    return others.echoReadings();
  }

  @Override
  public WatchRawHandler watchRaw() {
    return others.watchRaw();
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
}
