package io.brrtrouter.server.watch;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets somebody take files that have changed, on a thread of its own: when what is in them differs
 * from what was taken, and not when they were only touched. It does not matter how they were
 * changed: written, replaced by renaming, deleted and made again, or by exchanging a symbolic link.
 * Edits that follow each other closely are taken together.
 *
 * <p>The system tells of changes where it can. Besides, the files are looked at from time to time,
 * because it cannot on every file system.
 */
public final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.watch");

  /** Who waits for an edit to show does not notice; programs that write in steps have ended. */
  private static final Duration QUIET = Duration.ofMillis(100);

  /** A file that is written without end is looked at nevertheless. */
  private static final Duration MOST_SETTLING = Duration.ofSeconds(2);

  /** Between looks at files of which changes are told: for what is not told. */
  private static final Duration SELDOM = Duration.ofSeconds(2);

  /** Between looks at files of which changes are not told. */
  private static final Duration OFTEN = Duration.ofMillis(500);

  /** Attempts at the same contents, in which there may have been others for a moment. */
  private static final int MOST_ALIKE = 2;

  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Taker taker;
  private final Supplier<? extends Collection<Path>> found;
  private final FileContents contents;
  private final Directories directories = new Directories();
  private final Settling settling;
  private final Thread thread;

  /** What was taken last; used by {@link #thread}. */
  private Map<Path, String> taken;

  /** Takes files that have changed. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Reads files again; not called again before it has returned.
     *
     * @param changed the files whose content differs from what was taken last
     * @param now all files with the digests of what was in them just now
     * @return the files to watch from now on, with the digests of what was read of them: when they
     *     have others, they have changed meanwhile
     */
    Map<Path, String> take(Set<Path> changed, Map<Path, String> now);
  }

  /** Waits until nobody edits. */
  @FunctionalInterface
  interface Settling {
    /** Returns when no change has been heard of for a while. */
    void await(Directories directories) throws InterruptedException;
  }

  /**
   * Watches files from {@link #start} on.
   *
   * @param taken absolute paths of files, with the digests of what was read of them
   * @param mostOctets what is behind so many octets of a file does not count
   * @param taker takes those that change
   */
  public FileWatch(Map<Path, String> taken, int mostOctets, Taker taker) {
    this(taken, mostOctets, taker, FileWatch::settle);
  }

  /**
   * Watches files from {@link #start} on, and those that come to be.
   *
   * @param taken absolute paths of files, with the digests of what was read of them
   * @param mostOctets what is behind so many octets of a file does not count
   * @param found tells which files there are now; those that were taken are watched besides. Called
   *     by one thread at a time
   * @param taker takes those that change
   */
  public FileWatch(
      Map<Path, String> taken,
      int mostOctets,
      Supplier<? extends Collection<Path>> found,
      Taker taker) {
    this(taken, mostOctets, found, taker, FileWatch::settle);
  }

  FileWatch(Map<Path, String> taken, int mostOctets, Taker taker, Settling settling) {
    this(taken, mostOctets, List::of, taker, settling);
  }

  private FileWatch(
      Map<Path, String> taken,
      int mostOctets,
      Supplier<? extends Collection<Path>> found,
      Taker taker,
      Settling settling) {
    this.taken = Map.copyOf(taken);
    this.taker = taker;
    this.found = found;
    this.contents = new FileContents(mostOctets, InstantSource.system());
    this.settling = settling;
    this.thread = Thread.ofPlatform().daemon().name("brrt-watch").unstarted(this::run);
  }

  /** Begins; what has changed since the files were read is noticed at once. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      // Listening begins before looking, so that nothing falls between.
      directories.listen(watched());
      while (true) {
        look();
        directories.await(directories.hears() ? SELDOM : OFTEN);
      }
    } catch (InterruptedException | ClosedWatchServiceException closed) {
      // It was to end.
    } finally {
      directories.close();
    }
  }

  private static void settle(Directories directories) throws InterruptedException {
    long end = System.nanoTime() + MOST_SETTLING.toNanos();
    while (directories.await(QUIET) && System.nanoTime() < end) {
      // Somebody is still at it.
    }
  }

  /** Takes what has changed, until what was taken is what is there. */
  private void look() throws InterruptedException {
    Map<Path, String> last = Map.of();
    for (int same = 0; same < MOST_ALIKE && !contents().equals(taken); ) {
      settling.await(directories);
      Map<Path, String> now = contents();
      // Who reads a file otherwise than it was looked at here would never be done.
      same = now.equals(last) ? same + 1 : 0;
      last = now;
      take(now);
    }
    directories.listen(watched());
  }

  private Set<Path> watched() {
    Set<Path> files = new HashSet<>(taken.keySet());
    files.addAll(found.get());
    return files;
  }

  /** An interrupted thread cannot read files; it would seem that they have gone. */
  private Map<Path, String> contents() throws InterruptedException {
    Map<Path, String> now = contents.of(watched());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return now;
  }

  private void take(Map<Path, String> now) {
    Set<Path> changed = new HashSet<>();
    now.forEach((file, digest) -> {
      if (!digest.equals(taken.get(file))) {
        changed.add(file);
      }
    });
    if (changed.isEmpty()) {
      return;
    }
    try {
      taken = Map.copyOf(taker.take(changed, now));
    } catch (Throwable failure) { // An Error of somebody's code, for example, ends no watch.
      LOG.error("changed files could not be taken", failure);
      taken = now; // until they change again
    }
    directories.listen(watched());
  }

  /** Watches no more; waits for who takes files just now, ten seconds at most. */
  @Override
  public void close() {
    if (thread.getState() == Thread.State.NEW) {
      directories.close();
    }
    thread.interrupt();
    try {
      if (!Thread.currentThread().equals(thread) && !thread.join(CLOSING)) {
        LOG.warn("changed files are still being read; nobody waits for them any more");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
