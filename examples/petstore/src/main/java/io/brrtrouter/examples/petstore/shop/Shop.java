package io.brrtrouter.examples.petstore.shop;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The shop with everything in it. Safe for use by many threads. */
public final class Shop {
  private final Events events;
  private final Users users;
  private final Pets pets;
  private final Photos photos;
  private final Adoptions adoptions;
  private final Items items;
  private final Warehouse warehouse;
  private final Orders orders;
  private final Files files = new Files();
  private final Sessions sessions;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Map<String, Boolean> settings = new ConcurrentSkipListMap<>();
  private final AtomicLong tickets = new AtomicLong();

  /**
   * Opens an empty shop.
   *
   * @param clock tells the time
   */
  public Shop(InstantSource clock) {
    events = new Events(clock);
    users = new Users(clock);
    pets = new Pets(users, events, clock);
    photos = new Photos(pets);
    adoptions = new Adoptions(pets, users, clock);
    items = new Items();
    warehouse = new Warehouse(items);
    orders = new Orders(pets, items, users, events, clock);
    sessions = new Sessions(users);
  }

  /** {@return a shop with goods on the shelves and customers at the door} */
  public static Shop withGoods() {
    Shop shop = new Shop(InstantSource.system());
    SampleData.fill(shop);
    return shop;
  }

  /** {@return what has happened lately} */
  public Events events() {
    return events;
  }

  /** {@return the customers} */
  public Users users() {
    return users;
  }

  /** {@return the pets} */
  public Pets pets() {
    return pets;
  }

  /** {@return their pictures} */
  public Photos photos() {
    return photos;
  }

  /** {@return who is to adopt which pet} */
  public Adoptions adoptions() {
    return adoptions;
  }

  /** {@return the items} */
  public Items items() {
    return items;
  }

  /** {@return where the items lie} */
  public Warehouse warehouse() {
    return warehouse;
  }

  /** {@return the orders} */
  public Orders orders() {
    return orders;
  }

  /** {@return files to download} */
  public Files files() {
    return files;
  }

  /** {@return who is looking around} */
  public Sessions sessions() {
    return sessions;
  }

  /** {@return who wants to be told about events} */
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /** {@return the switches by name; may be changed} */
  public Map<String, Boolean> settings() {
    return settings;
  }

  /** {@return the number of the next letter to us} */
  public String nextTicket() {
    return "T-" + tickets.incrementAndGet();
  }
}
