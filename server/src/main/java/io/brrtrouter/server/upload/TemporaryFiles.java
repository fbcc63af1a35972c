package io.brrtrouter.server.upload;

import io.brrtrouter.server.decode.PartStore;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.UnreadableContentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What came with one request: files, all of them in one, and how much of it is in memory. When the
 * request is answered nobody reads the files any more. What is in memory counts until whoever works
 * with it has ended too, which may be later: a client can go while its request is worked on. Safe
 * for use by many threads.
 */
public final class TemporaryFiles implements PartStore, AutoCloseable {
  private final MemoryRoom room;
  private final Executor aside;
  private final StorageFailures failures;

  /** Null until something is stored. */
  private @Nullable TemporaryFile file;

  private long held;

  /** Who needs what is in memory; the response is one. */
  private int holders = 1;

  private boolean closed;

  /**
   * Nothing has come yet.
   *
   * @param room what is in memory, of all requests
   * @param failures told of what cannot be stored, of all requests
   * @param aside closes files, for which whoever answers the request does not wait
   */
  public TemporaryFiles(MemoryRoom room, StorageFailures failures, Executor aside) {
    this.room = room;
    this.failures = failures;
    this.aside = aside;
  }

  /**
   * Begins another file, when the one before is whole.
   *
   * @throws ClientGoneException if the request has been answered
   * @throws UnreadableContentException if it cannot be stored
   */
  @Override
  public PartStore.File begin() throws IOException {
    return new Stored(open().begin());
  }

  private TemporaryFile open() throws IOException {
    synchronized (this) {
      if (file != null) {
        return file;
      }
    }
    TemporaryFile created;
    try {
      created = TemporaryFile.create();
    } catch (IOException failed) {
      throw failures.because(failed);
    }
    synchronized (this) {
      if (!closed) {
        file = created;
        return created;
      }
    }
    created.close();
    throw new ClientGoneException();
  }

  /** One of the files. */
  private final class Stored implements PartStore.File {
    private final PartStore.File octets;

    Stored(PartStore.File octets) {
      this.octets = octets;
    }

    @Override
    public void write(byte[] from, int first, int count) throws IOException {
      try {
        octets.write(from, first, count);
      } catch (ClientGoneException gone) {
        throw gone;
      } catch (IOException failed) {
        throw failures.because(failed);
      }
    }

    @Override
    public long length() {
      return octets.length();
    }

    @Override
    public InputStream open() throws IOException {
      return octets.open();
    }
  }

  /**
   * Holds more of it in memory.
   *
   * @throws ClientGoneException if the request has been answered
   * @throws UnreadableContentException if the server holds as much as it can
   */
  @Override
  public synchronized void hold(int octets) throws IOException {
    if (closed) {
      throw new ClientGoneException();
    }
    if (!room.take(octets)) {
      throw new UnreadableContentException(MemoryRoom.FULL);
    }
    held += octets;
  }

  /**
   * Holds what the value takes that is made of what is in memory. One that is there alone has room,
   * with its octets.
   *
   * @throws ClientGoneException if the request has been answered
   * @throws UnreadableContentException if the server holds as much as it can
   */
  @Override
  public synchronized void holdValue(long bytes) throws IOException {
    if (closed) {
      throw new ClientGoneException();
    }
    long all = held + bytes;
    room.release(held);
    held = 0;
    if (!room.take(all)) {
      throw new UnreadableContentException(MemoryRoom.FULL);
    }
    held = all;
  }

  @Override
  public synchronized void release(long bytes) {
    long less = Math.min(bytes, held); // Nothing is held any more when all have left.
    held -= less;
    room.release(less);
  }

  /** Somebody else needs what is in memory. Called by who does, or before anybody has left. */
  public synchronized void share() {
    holders++;
  }

  /** Somebody needs what is in memory no more. */
  public synchronized void leave() {
    holders--;
    if (holders == 0) {
      room.release(held);
      held = 0;
    }
  }

  /** The request is answered. Does not wait for the files to be closed: a large one takes long. */
  @Override
  public void close() {
    TemporaryFile open;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      open = file;
      file = null;
      leave();
    }
    if (open != null) {
      aside.execute(open::close);
    }
  }
}
