package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Transaction;

/**
 * Where the shop puts what is to be told outside: in the transaction in which it happens, so that
 * it is told if that is committed, and not otherwise. Whatever can be told is told later; nothing
 * here keeps a change from being made but the database. Safe for use by many threads.
 */
public interface Outbox {
  /** Tells nobody. */
  Outbox NONE = new Outbox() {};

  /**
   * Something has happened.
   *
   * @param transaction in which it happens
   * @param event what
   * @param subscription who wants to be told
   */
  default void happened(
      Transaction transaction, Events.Event event, Subscriptions.Subscription subscription) {}

  /**
   * A pet is new.
   *
   * @param transaction in which it is added
   * @param pet the pet
   */
  default void added(Transaction transaction, Pet pet) {}

  /**
   * Somebody may adopt a pet.
   *
   * @param transaction in which it is reserved
   * @param news what there is to tell
   */
  default void adopted(Transaction transaction, AdoptionNews.Item news) {}

  /**
   * An order was placed or changed, and somebody wants to know.
   *
   * @param transaction in which it is changed
   * @param order the order as it is now, with an address to tell
   */
  default void changed(Transaction transaction, Order order) {}
}
