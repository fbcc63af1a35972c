package io.brrtrouter.examples.petstore.shop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who wants to be told about events. Safe for use by many threads. */
public final class Subscriptions {
  private final Map<String, Subscription> byUrl = new LinkedHashMap<>();

  Subscriptions() {}

  /**
   * A subscription.
   *
   * @param id its number
   * @param url where to send events
   * @param events types of events
   */
  public record Subscription(long id, String url, List<String> events) {
    /** Copies the types. */
    public Subscription {
      events = List.copyOf(events);
    }
  }

  /**
   * What became of a wish to subscribe.
   *
   * @param subscription the subscription
   * @param isNew whether the address was unknown before
   */
  public record Outcome(Subscription subscription, boolean isNew) {}

  /**
   * Subscribes an address, or changes what it is told.
   *
   * @param url where to send events
   * @param events types of events
   * @return the subscription
   */
  public synchronized Outcome subscribe(String url, List<String> events) {
    Subscription known = byUrl.get(url);
    long id = known == null ? byUrl.size() + 1 : known.id();
    Subscription subscription = new Subscription(id, url, events);
    byUrl.put(url, subscription);
    return new Outcome(subscription, known == null);
  }
}
