package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.database.DatabaseUnavailable;
import io.brrtrouter.examples.petstore.generated.api.WatchAdoptionsRequest;
import io.brrtrouter.examples.petstore.generated.api.WatchAdoptionsResponse;
import io.brrtrouter.examples.petstore.generated.model.Species;
import io.brrtrouter.examples.petstore.generated.model.WatchAdoptionsItem;
import io.brrtrouter.examples.petstore.shop.AdoptionNews;
import io.brrtrouter.server.stream.ItemBroadcaster;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who watches of adoptions. What is told comes from the database, whichever
 * instance of the shop it was that put it there, and whoever was away gets what was missed from
 * there too. Safe for use by many threads.
 */
final class AdoptionFeed {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.examples.petstore");

  /** How long it takes at most until what another instance adds is told. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * Looks without anybody who watches, after which nobody looks any more: who begins to watch is
   * one a moment later only.
   */
  private static final int VAIN_LOOKS = 60;

  private final AdoptionNews news;
  private final ScheduledExecutorService clock;
  private final ItemBroadcaster<WatchAdoptionsItem> watchers =
      ItemBroadcaster.of(AdoptionNews.KEPT);

  /** Keeps what is told in order; nobody waits for it, who finds it taken is told for. */
  private final ReentrantLock telling = new ReentrantLock();

  private final AtomicBoolean asked = new AtomicBoolean();

  /** The number of the item that was told last. Guarded by {@link #telling}. */
  private long told;

  /** Guards what follows; never held while the database is asked. */
  private final ReentrantLock lock = new ReentrantLock();

  private int vainLooks;
  private @Nullable Future<?> looks;

  /** Has a clock that stops before the database does. */
  AdoptionFeed(AdoptionNews news, ScheduledExecutorService clock) {
    this.news = news;
    this.clock = clock;
  }

  WatchAdoptionsResponse watch(WatchAdoptionsRequest request) {
    tell();
    look();
    return new WatchAdoptionsResponse.Ok(watchers.subscribe());
  }

  /** Tells what is new, unless somebody is about it, who looks once more then. */
  private void tell() {
    asked.set(true);
    while (asked.get() && telling.tryLock()) {
      try {
        asked.set(false);
        for (AdoptionNews.Item item : news.since(told)) {
          watchers.publish(event(item));
          told = item.number();
        }
      } finally {
        telling.unlock();
      }
    }
  }

  /** An adoption was kept: it is told at once, and whoever asked for it waits for nothing. */
  void adopted() {
    try {
      clock.execute(this::tellIfPossible);
    } catch (RejectedExecutionException closing) {
      // Other instances tell it, and this one when it is back.
    }
  }

  /** What cannot be told now is told with what comes next. */
  private void tellIfPossible() {
    try {
      tell();
    } catch (DatabaseUnavailable unavailable) {
      // Each request says so.
    } catch (RuntimeException failure) {
      LOG.warn("adoptions cannot be told now", failure);
    }
  }

  /** What is told of an adoption; who applied is nobody's business. */
  private static WatchAdoptionsItem event(AdoptionNews.Item item) {
    return WatchAdoptionsItem.builder()
        .id(String.valueOf(item.number()))
        .data(
            new io.brrtrouter.examples.petstore.generated.model.AdoptionNews(
                item.pet(),
                item.name(),
                Species.of(item.species()).orElseThrow(),
                item.at().atOffset(ZoneOffset.UTC)))
        .build();
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
    } finally {
      lock.unlock();
    }
    tellIfPossible();
  }
}
