package io.brrtrouter.server.upload;

import io.brrtrouter.server.decode.PartStore;
import io.brrtrouter.server.http.ClientGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in the directory for temporary ones that has no name any more once it is open, so that
 * nothing is left of it however the process ends. Where a system cannot do that, it loses its name
 * when it is closed.
 */
final class TemporaryFile implements PartStore.File {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFile.class);

  private final FileChannel channel;
  private volatile long length;

  private TemporaryFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Begins a file that only this user may read.
   *
   * @throws IOException if that cannot be
   */
  static TemporaryFile create() throws IOException {
    Path path = Files.createTempFile("brrt-", ".part");
    try {
      return new TemporaryFile(
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } finally {
      withoutName(path);
    }
  }

  /** Most systems have taken the name away when the file was opened. */
  private static void withoutName(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException later) {
      LOG.debug("a temporary file is deleted when it is closed", later);
    }
  }

  @Override
  public void write(byte[] octets, int from, int count) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(octets, from, count);
    long at = length;
    while (left.hasRemaining()) {
      at += channel.write(left, at);
    }
    length = at;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open() {
    return new Octets();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      LOG.warn("a temporary file could not be closed", failure);
    }
  }

  /** The octets, read by their place: another stream of them does not matter. */
  private final class Octets extends InputStream {
    private long at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] octets, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, octets.length);
      if (count == 0) {
        return 0;
      }
      int read;
      try {
        read = channel.read(ByteBuffer.wrap(octets, from, count), at);
      } catch (ClosedByInterruptException interrupted) {
        throw interrupted;
      } catch (ClosedChannelException answered) {
        throw new ClientGoneException();
      }
      at += Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, length - at));
      at += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, length - at);
    }
  }
}
