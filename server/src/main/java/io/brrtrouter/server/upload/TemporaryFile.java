package io.brrtrouter.server.upload;

import io.brrtrouter.server.decode.PartStore;
import io.brrtrouter.server.http.ClientGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in the directory for temporary ones that has no name any more once it is open, so that
 * nothing is left of it however the process ends. Where a system cannot do that, it loses its name
 * when it is closed. It has all that is stored of a request, one part behind the other: a request
 * keeps one file open, however many it sends. Who is interrupted while it is read closes it for
 * nobody. Safe for use by many threads.
 */
final class TemporaryFile {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFile.class);

  private final Path path;

  /** Guarded by this object, as is what follows. */
  private final RandomAccessFile octets;

  private long end;
  private boolean closed;

  private TemporaryFile(Path path, RandomAccessFile octets) {
    this.path = path;
    this.octets = octets;
  }

  /**
   * Begins a file that only this user may read.
   *
   * @throws IOException if that cannot be
   */
  static TemporaryFile create() throws IOException {
    Path path = Files.createTempFile("brrt-", ".part");
    try {
      return new TemporaryFile(path, new RandomAccessFile(path.toFile(), "rw"));
    } finally {
      withoutName(path);
    }
  }

  private static void withoutName(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException later) {
      LOG.debug("a temporary file is deleted when it is closed", later);
    }
  }

  /** {@return where one part goes, behind those that are whole} */
  synchronized Region begin() {
    return new Region(end);
  }

  private synchronized void write(long at, byte[] from, int start, int count) throws IOException {
    requireOpen();
    if (at != end) {
      throw new IllegalStateException("the next part has begun, so that nothing fits before it");
    }
    octets.seek(at);
    octets.write(from, start, count);
    end += count;
  }

  private synchronized int read(long at, byte[] taker, int start, int count) throws IOException {
    requireOpen();
    octets.seek(at);
    return octets.read(taker, start, count);
  }

  private void requireOpen() throws ClientGoneException {
    if (closed) {
      throw new ClientGoneException();
    }
  }

  synchronized void close() {
    closed = true;
    try {
      octets.close();
      withoutName(path);
    } catch (IOException failure) {
      LOG.warn("a temporary file could not be closed", failure);
    }
  }

  /** One part. Written by one thread until it is whole, before the next one begins. */
  final class Region implements PartStore.File {
    private final long start;
    private volatile long length;

    private Region(long start) {
      this.start = start;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void write(byte[] from, int first, int count) throws IOException {
      TemporaryFile.this.write(start + length, from, first, count);
      length += count;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public InputStream open() {
      return new Octets(this);
    }
  }

  /** The octets of a part, read by their place: another stream of them does not matter. */
  private final class Octets extends InputStream {
    private final Region region;
    private long at;

    Octets(Region region) {
      this.region = region;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] taker, int start, int count) throws IOException {
      Objects.checkFromIndexSize(start, count, taker.length);
      if (count == 0) {
        return 0;
      }
      long left = region.length - at;
      // Asked even at the end: the content of a request that is answered has none.
      int read =
          TemporaryFile.this.read(region.start + at, taker, start, (int) Math.min(count, left));
      if (left == 0) {
        return -1;
      }
      at += Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, region.length - at));
      at += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, region.length - at);
    }
  }
}
