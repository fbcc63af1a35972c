package io.brrtrouter.logging;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Lines on their way out of the process: whoever logs leaves one here and goes on, and one thread
 * writes them. Bounded by lines and octets, whether anybody reads them or not: lines below WARN are
 * dropped once three quarters are taken, so that there is room for warnings and errors; these wait
 * a moment where a virtual thread logs them, and are dropped last. What is dropped is counted, and
 * told once there is room again. Safe for use by many threads.
 */
final class LineQueue {
  /** Some seconds of a busy server. */
  static final int LINES = 8_192;

  static final long OCTETS = 8L << 20;

  /** So long a warning waits for room; then no other does until something is written. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** A shutdown waits so long for what is left. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final int BATCH = 65_536;

  private final OutputStream out;
  private final int lines;
  private final long octets;

  /** Says what was dropped. */
  private final Function<Map<String, Long>, byte[]> notice;

  private final Map<String, LongAdder> dropped = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition written = lock.newCondition();

  /** Guarded by the lock, as is what follows. */
  private final ArrayDeque<Line> waiting = new ArrayDeque<>();

  /** Of those that wait and those being written. */
  private int held;

  private long heldOctets;

  /** Nobody waits for room: who did before has waited in vain. */
  private boolean stuck;

  /** The process ends: who logs waits until it is written. */
  private boolean closing;

  /** No more than what is there is to be written by the thread. */
  private boolean ending;

  private boolean running;

  /** Those that somebody has been told of. */
  private long told;

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Line(byte[] octets, String level) {}

  /**
   * Prepares a queue; {@link #start} lets it write.
   *
   * @param out takes the lines
   * @param lines the most lines that wait
   * @param octets the most octets that wait
   * @param notice makes a line that says how many were dropped, by level
   */
  LineQueue(OutputStream out, int lines, long octets, Function<Map<String, Long>, byte[]> notice) {
    this.out = out;
    this.lines = lines;
    this.octets = octets;
    this.notice = notice;
    for (Level level : List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE)) {
      dropped.put(level.toString(), new LongAdder());
    }
  }

  void start() {
    running = true;
    Thread.ofPlatform().daemon().name("brrt-log").start(this::work);
  }

  /** Takes a line, or drops it. */
  void offer(byte[] line, Level level) {
    boolean vital = level.isGreaterOrEqual(Level.WARN);
    lock.lock();
    try {
      if (running && !fits(line.length, vital) && !(vital && awaitRoom(line.length))) {
        drop(level.toString());
        return;
      }
      waiting.add(new Line(line, level.toString()));
      held++;
      heldOctets += line.length;
      if (!running) {
        writeDirectly();
        return;
      }
      arrived.signal();
      if (closing) {
        awaitEmpty(FAREWELL.toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(int length, boolean vital) {
    int room = vital ? lines : lines - lines / 4;
    long space = vital ? octets : octets - octets / 4;
    return held < room && heldOctets + length <= space;
  }

  /** Event loops are no virtual threads, and must not wait for whoever reads the log. */
  private boolean awaitRoom(int length) {
    if (stuck || !Thread.currentThread().isVirtual()) {
      return false;
    }
    long left = PATIENCE.toNanos();
    try {
      while (running && left > 0 && !stuck && !fits(length, true)) {
        left = written.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return fits(length, true);
    }
    boolean room = fits(length, true);
    stuck |= !room;
    return room;
  }

  private void drop(String level) {
    LongAdder count = dropped.get(level);
    if (count != null) {
      count.increment();
    }
  }

  /** {@return how many lines were dropped so far, by level} */
  Map<String, Long> dropped() {
    Map<String, Long> counts = new LinkedHashMap<>();
    dropped.forEach((level, count) -> counts.put(level, count.sum()));
    return counts;
  }

  /** {@return how many lines wait or are being written} */
  int held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      List<Line> batch = take();
      while (!batch.isEmpty()) {
        write(batch);
        batch = take();
      }
    } finally {
      lock.lock();
      try {
        running = false;
        // What it had taken is lost with it, and nobody may wait for that.
        held = waiting.size();
        heldOctets = waiting.stream().mapToLong(line -> line.octets.length).sum();
        written.signalAll();
        writeDirectly();
      } finally {
        lock.unlock();
      }
    }
  }

  /** {@return the next lines; none when this ends} */
  private List<Line> take() {
    List<Line> batch = new ArrayList<>();
    lock.lock();
    try {
      while (waiting.isEmpty() && !ending) {
        arrived.awaitUninterruptibly();
      }
      int size = 0;
      while (!waiting.isEmpty() && size < BATCH) {
        Line next = waiting.remove();
        size += next.octets.length;
        batch.add(next);
      }
    } finally {
      lock.unlock();
    }
    return batch;
  }

  private void write(List<Line> batch) {
    boolean success = send(batch);
    if (!success) {
      batch.forEach(line -> drop(line.level));
    }
    lock.lock();
    try {
      held -= batch.size();
      for (Line line : batch) {
        heldOctets -= line.octets.length;
      }
      stuck &= !success;
      written.signalAll();
    } finally {
      lock.unlock();
    }
    if (success) {
      tellDropped();
    }
  }

  private boolean send(List<Line> batch) {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (Line line : batch) {
        all.writeBytes(line.octets);
      }
      out.write(all.toByteArray());
      out.flush();
      return true;
    } catch (IOException _) {
      return false; // Who read it has gone; there may be another for the next.
    }
  }

  private void tellDropped() {
    Map<String, Long> counts = dropped();
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    if (all == told) {
      return;
    }
    told = all;
    counts.values().removeIf(count -> count == 0);
    try {
      out.write(notice.apply(counts));
      out.flush();
    } catch (IOException _) {
      told = 0; // Said again.
    }
  }

  /** Without the thread: whoever logs writes, one after the other. */
  private void writeDirectly() {
    List<Line> batch = new ArrayList<>(waiting);
    waiting.clear();
    held = 0;
    heldOctets = 0;
    if (!batch.isEmpty() && !send(batch)) {
      batch.forEach(line -> drop(line.level));
    }
  }

  private void awaitEmpty(long nanos) {
    boolean interrupted = false;
    long left = nanos;
    while (running && held > 0 && !stuck) {
      if (left <= 0) {
        stuck = true;
        break;
      }
      try {
        left = written.awaitNanos(left);
      } catch (InterruptedException _) {
        interrupted = true; // At most once: nothing sets it again meanwhile.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until all is written, for a moment at most. */
  void flush() {
    lock.lock();
    try {
      stuck = false;
      awaitEmpty(FAREWELL.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** The process ends: all is written, and from now on whoever logs waits until it is. */
  void close() {
    lock.lock();
    try {
      closing = true;
      stuck = false;
      awaitEmpty(FAREWELL.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the thread end, once it has written what is there; what comes later is written at once.
   */
  void end() {
    lock.lock();
    try {
      ending = true;
      arrived.signal();
      stuck = false;
      awaitEmpty(FAREWELL.toNanos());
    } finally {
      lock.unlock();
    }
  }
}
