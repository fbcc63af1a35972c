package io.brrtrouter.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What listeners are told, to be waited for. */
final class Told implements DeliveryListener {
  private static final long PATIENCE_SECONDS = 60;

  /** One thing that was told. */
  record Event(String what, Delivery delivery, Attempt attempt) {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  @Override
  public void delivered(Delivery delivery, Attempt attempt) {
    events.add(new Event("delivered", delivery, attempt));
  }

  @Override
  public void failed(Delivery delivery, Attempt attempt) {
    events.add(new Event("failed", delivery, attempt));
  }

  @Override
  public void dead(Delivery delivery, Attempt attempt) {
    events.add(new Event("dead", delivery, attempt));
  }

  @Override
  public void gone(Delivery delivery, Attempt attempt) {
    events.add(new Event("gone", delivery, attempt));
  }

  Event next() throws InterruptedException {
    Event next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was told");
    }
    return next;
  }

  Event next(String what) throws InterruptedException {
    Event next = next();
    if (!next.what.equals(what)) {
      throw new AssertionError("told " + next + ", not that it is " + what);
    }
    return next;
  }

  List<Event> next(String what, int count) throws InterruptedException {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(next(what));
    }
    return all;
  }

  int size() {
    return events.size();
  }
}
