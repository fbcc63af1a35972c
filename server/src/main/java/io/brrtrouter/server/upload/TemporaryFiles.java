package io.brrtrouter.server.upload;

import io.brrtrouter.server.decode.PartStore;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.UnreadableContentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What came with one request: files, and how much of it is in memory. When the request is answered
 * nobody reads the files any more. What is in memory counts until whoever works with it has ended
 * too, which may be later: a client can go while its request is worked on. Safe for use by many
 * threads.
 */
public final class TemporaryFiles implements PartStore, AutoCloseable {
  private final MemoryRoom room;
  private final Executor aside;
  private final List<TemporaryFile> files = new ArrayList<>(1);
  private long held;

  /** Who needs what is in memory; the response is one. */
  private int holders = 1;

  private boolean closed;

  /**
   * Nothing has come yet.
   *
   * @param room what is in memory, of all requests
   * @param aside closes files, for which whoever answers the request does not wait
   */
  public TemporaryFiles(MemoryRoom room, Executor aside) {
    this.room = room;
    this.aside = aside;
  }

  /**
   * Begins another file.
   *
   * @throws ClientGoneException if the request has been answered
   */
  @Override
  public PartStore.File begin() throws IOException {
    TemporaryFile file = TemporaryFile.create();
    synchronized (this) {
      if (!closed) {
        files.add(file);
        return file;
      }
    }
    file.close();
    throw new ClientGoneException();
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
    List<TemporaryFile> open;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      open = List.copyOf(files);
      files.clear();
      leave();
    }
    if (!open.isEmpty()) {
      aside.execute(() -> open.forEach(TemporaryFile::close));
    }
  }
}
