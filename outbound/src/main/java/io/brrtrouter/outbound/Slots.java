package io.brrtrouter.outbound;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many attempts run at once, in all and to each receiver, so that one that is slow leaves room
 * for the others. Safe for use by many threads.
 */
final class Slots {
  private final ReentrantLock lock = new ReentrantLock();
  private final int most;
  private final int mostOfReceiver;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  Slots(int most, int mostOfReceiver) {
    this.most = most;
    this.mostOfReceiver = mostOfReceiver;
  }

  boolean take(String receiver) {
    lock.lock();
    try {
      if (all >= most || taken.getOrDefault(receiver, 0) >= mostOfReceiver) {
        return false;
      }
      all++;
      taken.merge(receiver, 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(String receiver) {
    lock.lock();
    try {
      all--;
      taken.computeIfPresent(receiver, (_, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  int free() {
    lock.lock();
    try {
      return most - all;
    } finally {
      lock.unlock();
    }
  }

  /** {@return receivers that can have no more now} */
  List<String> busy() {
    lock.lock();
    try {
      return taken.entrySet().stream()
          .filter(entry -> entry.getValue() >= mostOfReceiver)
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }
}
