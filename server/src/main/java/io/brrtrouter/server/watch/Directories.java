package io.brrtrouter.server.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of changes in the directories of files. Not of the files themselves: an editor that
 * replaces a file leaves who watched it with the old one. Where a file is reached by symbolic
 * links, the directory of each link counts too, so that it is heard when a link is exchanged, as it
 * is for the files of a Kubernetes ConfigMap. For one thread at a time, except {@link #close}.
 */
final class Directories implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.watch");

  /** More links lead in a circle. */
  private static final int MOST_LINKS = 32;

  private final @Nullable WatchService service;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private boolean deaf;

  Directories() {
    this.service = service();
  }

  private static @Nullable WatchService service() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException none) {
      LOG.info(
          "the system does not tell of changed files, so they are looked at often: {}",
          none.getMessage());
      return null;
    }
  }

  /** {@return whether changes are heard; not in all directories, perhaps} */
  boolean hears() {
    return service != null && !deaf;
  }

  /** Listens in the directories of files, as links lead to them now, and in no others. */
  void listen(Collection<Path> files) {
    if (service == null) {
      return;
    }
    Set<Path> wanted = new LinkedHashSet<>();
    files.forEach(file -> directories(file, wanted));
    keys.entrySet()
        .removeIf(entry -> {
          boolean unwanted = !wanted.contains(entry.getKey()) || !entry.getValue().isValid();
          if (unwanted) {
            entry.getValue().cancel();
          }
          return unwanted;
        });
    deaf = false;
    for (Path directory : wanted) {
      if (!keys.containsKey(directory)) {
        listen(service, directory);
      }
    }
  }

  private void listen(WatchService to, Path directory) {
    try {
      keys.put(
          directory,
          directory.register(
              to,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY));
    } catch (IOException absentOrTooMany) {
      deaf = true;
      LOG.debug("no changes are heard of in {}", directory, absentOrTooMany);
    }
  }

  private static void directories(Path file, Set<Path> wanted) {
    Path at = file;
    for (int links = 0; links < MOST_LINKS; links++) {
      Path parent = at.getParent();
      if (parent != null) {
        wanted.add(real(parent));
      }
      Path link = link(at);
      if (link == null) {
        return;
      }
      Path around = link.getParent();
      Path target = target(link);
      if (around == null || target == null) {
        return;
      }
      wanted.add(real(around));
      at = around.resolve(target).resolve(link.relativize(at)).normalize();
    }
  }

  /** {@return the first of a path that is a symbolic link, null if none is} */
  private static @Nullable Path link(Path path) {
    Path root = path.getRoot();
    Path prefix = root;
    for (Path name : path) {
      prefix = prefix == null ? name : prefix.resolve(name);
      if (Files.isSymbolicLink(prefix)) {
        return prefix;
      }
    }
    return null;
  }

  private static @Nullable Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException gone) {
      return null;
    }
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException absent) {
      return directory;
    }
  }

  /**
   * Waits for a change, or for the time to pass.
   *
   * @param most how long
   * @return whether there was a change
   * @throws InterruptedException if the thread is interrupted
   * @throws ClosedWatchServiceException if this is closed
   */
  boolean await(Duration most) throws InterruptedException {
    if (service == null) {
      Thread.sleep(most);
      return false;
    }
    WatchKey key = service.poll(most.toNanos(), TimeUnit.NANOSECONDS);
    if (key == null) {
      return false;
    }
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = service.poll();
    }
    return true;
  }

  @Override
  public void close() {
    if (service != null) {
      try {
        service.close();
      } catch (IOException failure) {
        LOG.debug("the watch of directories failed to close", failure);
      }
    }
  }
}
