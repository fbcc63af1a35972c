package io.brrtrouter.server.runtime;

import io.brrtrouter.server.auth.SecurityProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets security providers read their files again from time to time, and closes those that the
 * server has made. Providers may be anybody's: what one of them does, fail or never return, does
 * not keep the others from their files. Safe for use by several threads.
 */
final class SecurityUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.security");

  private final List<SecurityProvider> made;
  private final Thread clock;
  private volatile Duration pause;

  /** Replaced as a whole, by one thread at a time. */
  private volatile List<Reader> readers = List.of();

  SecurityUpkeep(
      Collection<SecurityProvider> providers, List<SecurityProvider> made, Duration pause) {
    this.made = List.copyOf(made);
    this.pause = pause;
    this.clock = Thread.ofVirtual().name("brrt-secrets").unstarted(this::run);
    serve(providers, pause);
  }

  /**
   * Takes care of other providers from now on; those it knows are not asked twice at once.
   *
   * @param providers all it is to take care of
   * @param every the time between two looks at their files, from the next one on
   */
  synchronized void serve(Collection<SecurityProvider> providers, Duration every) {
    pause = every;
    IdentityHashMap<SecurityProvider, Reader> known = new IdentityHashMap<>();
    readers.forEach(reader -> known.put(reader.provider, reader));
    // One provider may verify several schemes, and reads its files once.
    Set<SecurityProvider> each = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Reader> all = new ArrayList<>();
    for (SecurityProvider provider : providers) {
      if (each.add(provider)) {
        Reader reader = known.remove(provider);
        all.add(reader == null ? new Reader(provider) : reader);
      }
    }
    readers = List.copyOf(all);
    known.values().forEach(Reader::interrupt);
    if (!all.isEmpty() && clock.getState() == Thread.State.NEW) {
      clock.start();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(pause);
        readers.forEach(SecurityUpkeep::begin);
      }
    } catch (InterruptedException _) {
      readers.forEach(Reader::interrupt);
    }
  }

  private static void begin(Reader reader) {
    try {
      reader.begin();
    } catch (Throwable unwritten) {
      // A log that fails does not end this.
    }
  }

  /** Lets one provider read its files, each time on a thread of its own. Used by the clock. */
  private static final class Reader {
    private final SecurityProvider provider;
    private volatile @Nullable Thread reading;
    private long since;
    private boolean told;

    /** Whether it failed the last time; written by whoever reads. */
    private volatile boolean failed;

    Reader(SecurityProvider provider) {
      this.provider = provider;
    }

    /** A provider that is still reading is not asked again: none has to bear two at once. */
    void begin() {
      Thread before = reading;
      if (before != null && before.isAlive()) {
        tell();
        return;
      }
      told = false;
      since = System.nanoTime();
      reading = Thread.ofVirtual().name("brrt-secrets-read").start(this::read);
    }

    private void tell() {
      if (!told) {
        told = true;
        LOG.warn(
            "{} has not finished reading its files again for {} ms; until it has, what it knows"
                + " stays in force, whatever is changed there",
            provider.getClass().getName(),
            Duration.ofNanos(System.nanoTime() - since).toMillis());
      }
    }

    /** An {@link Error} of a provider is its own, unless the virtual machine is at its end. */
    private void read() {
      try {
        provider.reload();
        failed = false;
      } catch (Throwable failure) {
        log(failure);
        if (failure instanceof VirtualMachineError end && !(end instanceof StackOverflowError)) {
          throw end;
        }
      }
    }

    private void log(Throwable failure) {
      String name = provider.getClass().getName();
      if (failed) {
        LOG.debug("Again, {} failed to read its files again", name, failure);
      } else {
        LOG.error("{} failed to read its files again", name, failure);
      }
      failed = true;
    }

    void interrupt() {
      Thread last = reading;
      if (last != null) {
        last.interrupt();
      }
    }
  }

  @Override
  public void close() {
    clock.interrupt();
    for (SecurityProvider provider : made) {
      if (provider instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception failure) {
          LOG.warn("a security provider failed to close", failure);
        }
      }
    }
  }
}
