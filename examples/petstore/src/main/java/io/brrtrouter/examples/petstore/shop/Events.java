package io.brrtrouter.examples.petstore.shop;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What has happened lately. Safe for use by many threads. */
public final class Events {
  private static final int KEPT = 100;

  private final Deque<Event> latest = new ArrayDeque<>();
  private final InstantSource clock;
  private long number;

  Events(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Something that happened.
   *
   * @param number counts the events
   * @param type what happened, {@code pet.added} for example
   * @param at when
   * @param subject the path of what it happened to
   */
  public record Event(long number, String type, Instant at, String subject) {}

  synchronized void add(String type, String subject) {
    number++;
    latest.addLast(new Event(number, type, clock.instant(), subject));
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
  }

  /**
   * {@return the latest events, oldest first}
   *
   * @param most how many at most
   */
  public synchronized List<Event> latest(int most) {
    return latest.stream().skip(Math.max(0, latest.size() - most)).toList();
  }
}
