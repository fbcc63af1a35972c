package io.brrtrouter.server.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
 * ServerConfig config = ServerConfig.defaults().declaring(application.settings());
 * Resources resources = Resources.of(config.with("database.url", "jdbc:h2:mem:test"));
 * BrrtServer.Builder builder = BrrtServer.builder().document(document).resources(resources);
 * application.configure(builder, resources);
 * BrrtServer server = builder.startInProcess();
 * }</pre>
 *
 * <p>Safe for use by many threads: whoever asks for a name waits only for whoever opens that name.
 */
public final class Resources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server");

  private final ServerConfig config;
  private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();

  /** Latest first. Guarded by itself, as is {@link #closed}. */
  private final Deque<Opened> opened = new ArrayDeque<>();

  private boolean closed;

  /** The place of one name. */
  private static final class Slot {
    final ReentrantLock opening = new ReentrantLock();

    /** Guarded by {@link #opening}. */
    @Nullable Opened content;
  }

  private record Opened(String name, Class<?> type, AutoCloseable value) {}

  private Resources(ServerConfig config) {
    this.config = config;
  }

  /**
   * {@return resources, nothing of them open yet}
   *
   * @param config what the application's settings are read from: of {@link ServerConfig#declaring}
   */
  public static Resources of(ServerConfig config) {
    return new Resources(config);
  }

  /**
   * {@return the value of a setting the application declares}
   *
   * @param name the name in dotted form
   * @throws IllegalArgumentException if no such setting is declared
   */
  public String setting(String name) {
    return config.declared(name);
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
    return config.describe(name);
  }

  /**
   * {@return a text without the secrets of the application's settings, {@code ******} in their
   * place: what a driver says when it cannot connect repeats parts of its URL}
   *
   * @param text what is to be shown or logged
   */
  public String conceal(String text) {
    String concealed = text;
    for (String secret : config.secrets()) {
      concealed = concealed.replace(secret, Masked.MASK);
    }
    return concealed;
  }

  /**
   * {@return what is kept by a name; opened by the first who asks, the same for all who follow}
   *
   * @param name what it is called; one name for all generations of the application
   * @param type its class. It must outlive the application's own classes, so it is one of a library
   * @param open opens it; may ask for other names, and is asked again when it fails
   * @param <T> the type
   * @throws IllegalStateException if something of another type is kept by that name, or {@code
   *     open} asks for the name it opens, or these resources are closed
   */
  public <T extends AutoCloseable> T get(String name, Class<T> type, Supplier<? extends T> open) {
    Slot slot = slots.computeIfAbsent(name, _ -> new Slot());
    if (slot.opening.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "opening the resource \"" + name + "\" asks for that resource itself");
    }
    slot.opening.lock();
    try {
      Opened content = slot.content;
      if (content == null) {
        requireOpen(name);
        content = new Opened(name, type, open.get());
        keep(content);
        slot.content = content;
      }
      return typed(content, type);
    } finally {
      slot.opening.unlock();
    }
  }

  private void requireOpen(String name) {
    synchronized (opened) {
      if (closed) {
        throw new IllegalStateException(
            "the server has stopped: the resource \"" + name + "\" cannot be opened any more");
      }
    }
  }

  /** What was opened while all was closed is closed here, by nobody else. */
  private void keep(Opened content) {
    synchronized (opened) {
      if (!closed) {
        opened.push(content);
        return;
      }
    }
    close(content);
    requireOpen(content.name);
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

  /**
   * Closes all that is open, the latest first. What fails to close is logged and keeps nothing else
   * from being closed. A second call does nothing.
   */
  @Override
  public void close() {
    Deque<Opened> all;
    synchronized (opened) {
      closed = true;
      all = new ArrayDeque<>(opened);
      opened.clear();
    }
    all.forEach(Resources::close);
  }

  private static void close(Opened content) {
    try {
      content.value.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      LOG.warn("the resource \"{}\" was interrupted while it was closed", content.name);
    } catch (Exception failure) {
      LOG.warn("the resource \"{}\" could not be closed", content.name, failure);
    }
  }
}
