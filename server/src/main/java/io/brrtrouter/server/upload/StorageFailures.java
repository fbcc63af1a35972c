package io.brrtrouter.server.upload;

import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.UnreadableContentException;
import io.brrtrouter.server.outage.Quiet;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that come with requests and cannot be stored: the disk is full, or the process may not open
 * more files. Whoever sends them is told to try again; the log says why, once a minute, because
 * anybody can send some. Safe for use by many threads.
 */
public final class StorageFailures {
  private static final Logger LOG = LoggerFactory.getLogger(StorageFailures.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final TransportFailure NO_ROOM =
      new TransportFailure(
          TransportFailure.Kind.OVERLOADED, "the server cannot store the files of the request");

  private final Quiet quiet;
  private final LongAdder untold = new LongAdder();

  /**
   * Makes one that has told of nothing.
   *
   * @param clock tells the time as {@link System#nanoTime} does
   */
  public StorageFailures(LongSupplier clock) {
    this.quiet = new Quiet(SILENCE, clock);
  }

  /** {@return why a request cannot be read whose files cannot be stored} */
  UnreadableContentException because(IOException failure) {
    LOG.debug("a file of a request could not be stored", failure);
    untold.increment();
    if (quiet.ends()) {
      LOG.warn(
          "files of requests cannot be stored in {} (java.io.tmpdir): {}; {} refused with a 503"
              + " since this was told last",
          System.getProperty("java.io.tmpdir"),
          reason(failure),
          untold.sumThenReset());
    }
    return new UnreadableContentException(NO_ROOM);
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "the server may not write there";
    }
    String why =
        failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
    if (why == null) {
      return failure.getClass().getSimpleName();
    }
    // EMFILE as Java says it of a path, or of a file that is open.
    return why.contains("Too many open files")
        ? "the process may not open more files; raise the limit (ulimit -n)"
        : why;
  }
}
