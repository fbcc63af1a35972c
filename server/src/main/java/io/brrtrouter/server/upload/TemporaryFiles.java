package io.brrtrouter.server.upload;

import io.brrtrouter.server.decode.PartStore;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.UnreadableContentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What came with one request, until it is answered: files, and how much of it is in memory. Then
 * nobody reads them any more, and their room is free. Safe for use by many threads.
 */
public final class TemporaryFiles implements PartStore, AutoCloseable {
  private static final TransportFailure FULL =
      new TransportFailure(
          TransportFailure.Kind.OVERLOADED, "the server holds as much of requests as it can");

  private final MemoryRoom room;
  private final List<TemporaryFile> files = new ArrayList<>(1);
  private long held;
  private boolean closed;

  /**
   * Nothing has come yet.
   *
   * @param room what is in memory, of all requests
   */
  public TemporaryFiles(MemoryRoom room) {
    this.room = room;
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
      throw new UnreadableContentException(FULL);
    }
    held += octets;
  }

  @Override
  public void close() {
    List<TemporaryFile> open;
    synchronized (this) {
      closed = true;
      room.release(held);
      held = 0;
      open = List.copyOf(files);
      files.clear();
    }
    open.forEach(TemporaryFile::close);
  }
}
