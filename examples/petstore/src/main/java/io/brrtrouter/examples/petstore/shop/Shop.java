package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Transaction;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The shop with everything in it. Safe for use by many threads, in many instances. */
public final class Shop {
  private final Events events;
  private final Users users;
  private final Pets pets;
  private final Photos photos;
  private final AdoptionNews adoptionNews;
  private final Adoptions adoptions;
  private final Items items;
  private final Warehouse warehouse;
  private final Orders orders;
  private final Files files;
  private final Sessions sessions;
  private final Subscriptions subscriptions;
  private final Map<String, Boolean> settings;
  private final AtomicReference<Outbox> outbox = new AtomicReference<>(Outbox.NONE);
  private final Database database;

  /**
   * A shop in a database that has its tables.
   *
   * @param database keeps everything
   * @param clock tells the time
   */
  Shop(Database database, InstantSource clock) {
    this.database = database;
    subscriptions = new Subscriptions(database);
    events = new Events(database, subscriptions, outbox::get, clock);
    users = new Users(database, clock);
    pets = new Pets(database, users, events, outbox::get, clock);
    photos = new Photos(database, pets, clock);
    adoptionNews = new AdoptionNews(database, outbox::get);
    adoptions = new Adoptions(database, pets, users, adoptionNews, events, clock);
    items = new Items(database);
    warehouse = new Warehouse(database);
    orders = new Orders(database, pets, items, users, events, outbox::get, clock);
    files = new Files(database);
    sessions = new Sessions(database, users, clock);
    settings = new Switches(database);
  }

  /**
   * Opens a shop: makes the tables that are missing. When nothing was ever there, it gets goods on
   * the shelves and customers at the door.
   *
   * @param pool gives connections to the database, that do not commit by themselves
   * @return the shop
   */
  public static Shop open(DataSource pool) {
    Database database = new Database(pool);
    Shop shop = new Shop(database, InstantSource.system());
    database.migrate(() ->
        database.run(transaction -> {
          if (isEmpty(transaction)) {
            SampleData.fill(shop);
          }
        }));
    return shop;
  }

  /**
   * Tells those outside what happens from now on. What the shop has from the start is no news.
   *
   * @param to where to put what is to be told
   */
  public void tellBy(Outbox to) {
    outbox.set(to);
  }

  private static boolean isEmpty(Transaction transaction) {
    return Stream.of("users", "pets", "items", "orders")
        .noneMatch(table -> transaction.exists("select 1 from " + table + " limit 1"));
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

  /** {@return which pets were adopted lately} */
  public AdoptionNews adoptionNews() {
    return adoptionNews;
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
    return "T-" + database.transaction(transaction -> transaction.next("ticket_numbers"));
  }
}
