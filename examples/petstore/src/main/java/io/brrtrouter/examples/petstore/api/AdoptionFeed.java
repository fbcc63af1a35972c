package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.database.DatabaseUnavailable;
import io.brrtrouter.examples.petstore.shop.AdoptionNews;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.stream.Broadcaster;
import io.brrtrouter.server.stream.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells everybody who watches of adoptions. What is told comes from the database, whichever
 * instance of the shop it was that put it there, and whoever was away gets what was missed from
 * there too. Safe for use by many threads.
 */
final class AdoptionFeed {
  /** How long it takes at most until what another instance adds is told. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * Looks without anybody who watches, after which nobody looks any more: who begins to watch is
   * one a moment later only.
   */
  private static final int VAIN_LOOKS = 60;

  private final AdoptionNews news;
  private final ScheduledExecutorService clock;
  private final Broadcaster watchers = Broadcaster.of(AdoptionNews.KEPT);

  /** Guards what follows, and keeps what is told in order. */
  private final ReentrantLock lock = new ReentrantLock();

  /** The number of the item that was told last. */
  private long told;

  private int vainLooks;
  private @Nullable Future<?> looks;

  /** Has a clock that stops before the database does. */
  AdoptionFeed(AdoptionNews news, ScheduledExecutorService clock) {
    this.news = news;
    this.clock = clock;
  }

  /** Untyped: events have no Java type. */
  HttpResponse watch(Request request) {
    tell();
    look();
    return watchers.subscribe(request);
  }

  /** Tells what is new. Called when an application is kept, so that nobody has to wait for it. */
  void tell() {
    lock.lock();
    try {
      for (AdoptionNews.Item item : news.since(told)) {
        watchers.publish(event(item));
        told = item.number();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is told of an adoption; who applied is nobody's business. */
  private record Told(long pet, String name, String species, Instant at) {}

  private static Event event(AdoptionNews.Item item) {
    return Event.json(Json.of(new Told(item.pet(), item.name(), item.species(), item.at())))
        .withName("adoption")
        .withId(String.valueOf(item.number()));
  }

  /** Looks for what other instances add, for as long as somebody watches. */
  private void look() {
    lock.lock();
    try {
      vainLooks = 0;
      if (looks == null) {
        looks =
            clock.scheduleWithFixedDelay(
                this::lookOnce, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void lookOnce() {
    lock.lock();
    try {
      vainLooks = watchers.subscribers() > 0 ? 0 : vainLooks + 1;
      if (vainLooks > VAIN_LOOKS && looks != null) {
        looks.cancel(false);
        looks = null;
        return;
      }
      tell();
    } catch (DatabaseUnavailable unavailable) {
      // It is told when the database is back; until then each request says what is wrong.
    } finally {
      lock.unlock();
    }
  }
}
