package io.brrtrouter.outbound;

import io.brrtrouter.outbound.address.HostGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many attempts run at once, in all, to each receiver and to each {@linkplain HostGroup group}
 * of hosts, so that one that is slow leaves room for the others: names and ports are free. Safe for
 * use by many threads.
 */
final class Slots {
  private static final int PARTS = 4;

  /**
   * Who can have no more now.
   *
   * @param receivers hosts with their ports
   * @param groups groups of hosts
   */
  record Busy(List<String> receivers, List<String> groups) {
    static final Busy NOBODY = new Busy(List.of(), List.of());

    boolean isEmpty() {
      return receivers.isEmpty() && groups.isEmpty();
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final int most;
  private final int mostOfReceiver;
  private final int mostOfGroup;
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<String, Integer> takenOfGroup = new HashMap<>();
  private int all;

  /**
   * Nothing is taken yet.
   *
   * @param most how many there are
   * @param mostOfReceiver how many a host and port may have
   * @param mostOfGroup how many a group may have; 0 for a quarter, or as many as one receiver if
   *     that is more
   */
  Slots(int most, int mostOfReceiver, int mostOfGroup) {
    this.most = most;
    this.mostOfReceiver = mostOfReceiver;
    this.mostOfGroup = mostOfGroup > 0 ? mostOfGroup : Math.max(mostOfReceiver, most / PARTS);
  }

  boolean take(String receiver) {
    String group = group(receiver);
    lock.lock();
    try {
      if (all >= most
          || taken.getOrDefault(receiver, 0) >= mostOfReceiver
          || takenOfGroup.getOrDefault(group, 0) >= mostOfGroup) {
        return false;
      }
      all++;
      taken.merge(receiver, 1, Integer::sum);
      takenOfGroup.merge(group, 1, Integer::sum);
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
      takenOfGroup.computeIfPresent(group(receiver), (_, count) -> count == 1 ? null : count - 1);
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

  /** {@return who can have no more now} */
  Busy busy() {
    lock.lock();
    try {
      return new Busy(atLeast(mostOfReceiver, taken), atLeast(mostOfGroup, takenOfGroup));
    } finally {
      lock.unlock();
    }
  }

  private static List<String> atLeast(int most, Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String group(String receiver) {
    int port = receiver.lastIndexOf(':');
    return HostGroup.of(port < 0 ? receiver : receiver.substring(0, port));
  }
}
