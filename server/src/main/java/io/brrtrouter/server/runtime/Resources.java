package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.Masked;
import io.brrtrouter.server.measure.Measured;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an application needs and does not make anew with each generation of its code: its settings,
 * and what is expensive to open, connection pools for example. An application object may be created
 * again, by another class loader, while the server runs; whatever it keeps here by name is still
 * there for its successor.
 *
 * <pre>{@code
 * HikariDataSource pool =
 *     resources.get(
 *         "database", HikariDataSource.class, () -> open(resources.setting("database.url")));
 * }</pre>
 *
 * <p>{@link BrrtApplication#run} makes them and closes them once the server has drained and
 * stopped, and when it cannot start. A test makes its own, and gives them to {@link
 * BrrtServer.Builder#resources}, which does the same:
 *
 * <pre>{@code
 * ServerConfig config = ServerConfig.defaults().declaringInTests(application.settings());
 * Resources resources = Resources.of(config.with("database.url", "jdbc:h2:mem:test"));
 * BrrtServer.Builder builder = BrrtServer.builder().document(document).resources(resources);
 * application.configure(builder, resources);
 * BrrtServer server = builder.startInProcess();
 * }</pre>
 *
 * <p>What is {@link Measured} is among the figures of {@code /metrics}.
 *
 * <p>Safe for use by many threads: whoever asks for a name waits only for whoever opens that name.
 */
public final class Resources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server");

  /** For all together. Longer than a pool waits for the connections it has lent. */
  static final Duration CLOSING = Duration.ofSeconds(30);

  private final ServerConfig config;
  private final Duration closing;

  /** Guards everything below, and is never held while something is opened or closed. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition openedOrFailed = lock.newCondition();

  /** What is open by name, in the order of opening. */
  private final Map<String, Opened> opened = new LinkedHashMap<>();

  /** Who is opening a name. */
  private final Map<String, Thread> opening = new HashMap<>();

  /** The name that a thread waits for, because another is opening it. */
  private final Map<Thread, String> waiting = new HashMap<>();

  private boolean closed;

  private record Opened(String name, Class<?> type, AutoCloseable value) {}

  private Resources(ServerConfig config, Duration closing) {
    this.config = config;
    this.closing = closing;
  }

  /**
   * {@return resources, nothing of them open yet}
   *
   * @param config what the application's settings are read from: of {@link ServerConfig#declaring}
   */
  public static Resources of(ServerConfig config) {
    return of(config, CLOSING);
  }

  /** {@return resources that have that long to close, all together} */
  static Resources of(ServerConfig config, Duration closing) {
    return new Resources(config, closing);
  }

  /**
   * {@return the value of a setting the application declares}
   *
   * @param name the name in dotted form
   * @throws IllegalArgumentException if no such setting is declared
   */
  public String setting(String name) {
    return config.declaredValues().value(name);
  }

  /**
   * {@return the value of a setting that was declared as {@linkplain DeclaredSetting#integer an
   * integer}}
   *
   * @param name the name in dotted form
   * @throws IllegalArgumentException if no such setting is declared, or its value is none
   */
  public int integer(String name) {
    String value = setting(name);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException(
          describe(name) + " is no integer; declare it with DeclaredSetting.integer", none);
    }
  }

  /**
   * {@return a setting the application declares for people to read: passwords masked, and where it
   * was set}
   *
   * @param name the name in dotted form
   * @throws IllegalArgumentException if no such setting is declared
   */
  public Setting describe(String name) {
    return config.declaredValues().describe(name);
  }

  /**
   * {@return a text without the secrets of the application's settings, {@code ******} in their
   * place: what a driver says when it cannot connect repeats parts of its URL}
   *
   * @param text what is to be shown or logged
   */
  public String conceal(String text) {
    String concealed = text;
    for (String secret : config.declaredValues().secrets()) {
      concealed = concealed.replace(secret, Masked.MASK);
    }
    return concealed;
  }

  /**
   * {@return what is kept by a name; opened by the first who asks, the same for all who follow}
   *
   * @param name what it is called; one name for all generations of the application
   * @param type its class. It must outlive the application's own classes, so it is one of a
   *     library; another thread than the one that opens it closes it
   * @param open opens it; may ask for other names, and is asked again when it fails
   * @param <T> the type
   * @throws IllegalStateException if something of another type is kept by that name, or {@code
   *     open} asks for the name it opens, or for one whose opening waits for this one, or these
   *     resources are closed
   */
  public <T extends AutoCloseable> T get(String name, Class<T> type, Supplier<? extends T> open) {
    Opened content = openedOrClaimed(name);
    return typed(content == null ? opened(name, type, open) : content, type);
  }

  /** {@return what is open by a name; null when the current thread has to open it} */
  private @Nullable Opened openedOrClaimed(String name) {
    lock.lock();
    try {
      for (Thread opener = opening.get(name); opener != null; opener = opening.get(name)) {
        refuseCycle(name, opener);
        waiting.put(Thread.currentThread(), name);
        try {
          openedOrFailed.awaitUninterruptibly();
        } finally {
          waiting.remove(Thread.currentThread());
        }
      }
      requireOpen(name);
      Opened content = opened.get(name);
      if (content == null) {
        opening.put(name, Thread.currentThread());
      }
      return content;
    } finally {
      lock.unlock();
    }
  }

  /** Whoever opens a name may wait for another, and so on: none of them for this thread. */
  private void refuseCycle(String name, Thread opener) {
    if (opener.equals(Thread.currentThread())) {
      throw new IllegalStateException(
          "opening the resource \"" + name + "\" asks for that resource itself");
    }
    StringBuilder chain = new StringBuilder("the resource \"" + name + "\"");
    @Nullable String next = waiting.get(opener);
    while (next != null) {
      chain.append(" waits for \"" + next + "\", which");
      @Nullable Thread another = opening.get(next);
      if (Thread.currentThread().equals(another)) {
        throw new IllegalStateException(
            chain
                + " this thread is opening, and they would wait for each other for ever; open one of"
                + " them before the other");
      }
      next = another == null ? null : waiting.get(another);
    }
  }

  /** Opens what the current thread has claimed. */
  private Opened opened(String name, Class<?> type, Supplier<? extends AutoCloseable> open) {
    @Nullable Opened content = null;
    try {
      content = new Opened(name, type, open.get());
    } finally {
      openedOrFailed(name, content);
    }
    return content;
  }

  /** What was opened while all was closed is closed here, by nobody else. */
  private void openedOrFailed(String name, @Nullable Opened content) {
    boolean late;
    lock.lock();
    try {
      opening.remove(name);
      late = closed;
      if (content != null && !late) {
        opened.put(name, content);
      }
      openedOrFailed.signalAll();
    } finally {
      lock.unlock();
    }
    if (content != null && late) {
      close(List.of(content));
      throw stopped(name);
    }
  }

  private void requireOpen(String name) {
    if (closed) {
      throw stopped(name);
    }
  }

  private static IllegalStateException stopped(String name) {
    return new IllegalStateException(
        "the server has stopped: the resource \"" + name + "\" is not to be had any more");
  }

  private static <T> T typed(Opened content, Class<T> type) {
    if (content.type != type) {
      boolean reloaded = content.type.getName().equals(type.getName());
      throw new IllegalStateException(
          "the resource \"%s\" is kept as %s, not as %s%s"
              .formatted(
                  content.name,
                  content.type.getName(),
                  reloaded ? "the class of that name of another class loader" : type.getName(),
                  reloaded
                      ? "; what is kept must be of a library, not of the application"
                      : "; give one of them another name"));
    }
    return type.cast(content.value);
  }

  /** {@return what is open and has figures} */
  List<Measured> measured() {
    lock.lock();
    try {
      return opened.values().stream()
          .map(Opened::value)
          .filter(Measured.class::isInstance)
          .map(Measured.class::cast)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes all that is open, the latest first, each on a thread of its own: what only the thread
   * that opened it can close, a confined {@code Arena} for example, cannot be kept here. What fails
   * to close, or has not closed in its share of 30 seconds for all, is logged and keeps nothing
   * else from being closed. A second call does nothing.
   *
   * <p>When the current thread is interrupted meanwhile, what it waits for is interrupted, and the
   * thread is so again in the end.
   */
  @Override
  public void close() {
    List<Opened> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(opened.values());
      opened.clear();
    } finally {
      lock.unlock();
    }
    close(all.reversed());
  }

  /** Each may take its share of the time that is left, so that one which hangs leaves some. */
  private void close(List<Opened> inOrder) {
    // One that comes from before would interrupt what has not even begun.
    boolean interrupted = Thread.interrupted();
    long end = System.nanoTime() + closing.toNanos();
    int left = inOrder.size();
    for (Opened content : inOrder) {
      interrupted |= close(content, (end - System.nanoTime()) / left);
      left--;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Closes on a thread that is a daemon, so that one which never ends does not keep the process
   * either.
   *
   * @return whether the current thread was interrupted
   */
  private static boolean close(Opened content, long nanos) {
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name("brrt-close " + content.name)
            .start(() -> closeNow(content));
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (true) {
      try {
        if (!closer.join(Duration.ofNanos(end - System.nanoTime()))) {
          tellOf(closer, content, nanos);
        }
        return interrupted;
      } catch (InterruptedException _) {
        interrupted = true;
        closer.interrupt(); // Whoever interrupts wants it to end sooner.
      }
    }
  }

  private static void tellOf(Thread closer, Opened content, long nanos) {
    Exception where = new Exception("where " + closer.getName() + " is");
    where.setStackTrace(closer.getStackTrace());
    LOG.warn(
        "the resource \"{}\" was still being closed after {} ms and is left to itself; the trace"
            + " says where",
        content.name,
        Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos)),
        where);
  }

  private static void closeNow(Opened content) {
    try {
      content.value.close();
    } catch (InterruptedException _) {
      LOG.warn("the resource \"{}\" was interrupted while it was closed", content.name);
    } catch (Throwable failure) {
      LOG.warn("the resource \"{}\" could not be closed", content.name, failure);
    }
  }
}
