package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.PartStore;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.ContentTooLargeException;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.UnreadableContentException;
import io.brrtrouter.server.upload.TemporaryFiles;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request that is read while it comes. It remembers why it could not be read: that
 * is the answer then, whatever a handler makes of it.
 */
final class StreamedContent extends ContentSource implements PartStore {
  private static final int NONE = -1;

  private final ContentSource octets;
  private final TemporaryFiles files;
  private volatile @Nullable IOException failure;

  /** The first octet, where somebody had to know whether there is one; -1 where none waits here. */
  private int first = NONE;

  StreamedContent(ContentSource octets, TemporaryFiles files) {
    this.octets = octets;
    this.files = files;
  }

  @Override
  public PartStore.File begin() throws IOException {
    return files.begin();
  }

  @Override
  public void hold(int more) throws IOException {
    try {
      files.hold(more);
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }

  @Override
  public void holdValue(long bytes) throws IOException {
    try {
      files.holdValue(bytes);
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }

  /** Somebody works with what has come, until it {@linkplain #leave leaves}. */
  void share() {
    files.share();
  }

  /** Whoever {@linkplain #share shared} it works with it no more. */
  void leave() {
    files.leave();
  }

  /** {@return whether there is any; waits for it} */
  boolean isEmpty() throws IOException {
    first = read();
    return first == NONE;
  }

  /** {@return why the request is refused, null if its content could be read so far} */
  @Nullable Rejection rejection(long limit) {
    IOException why = failure;
    return switch (why == null ? files.failure() : why) {
      case ContentTooLargeException _ -> new Rejection.ContentTooLarge(limit);
      case UnreadableContentException unreadable -> new Rejection.Broken(unreadable.failure());
      case ClientGoneException _ ->
          new Rejection.Broken(
              new TransportFailure(
                  TransportFailure.Kind.MALFORMED, "the connection ended within the body"));
      case null, default -> null;
    };
  }

  @Override
  public int read(byte[] taker, int from, int length, Duration patience) throws IOException {
    if (first != NONE && length > 0) {
      return takeFirst(taker, from);
    }
    try {
      return octets.read(taker, from, length, patience);
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }

  @Override
  public int read(byte[] taker, int from, int length) throws IOException {
    if (first != NONE && length > 0) {
      return takeFirst(taker, from);
    }
    try {
      return octets.read(taker, from, length);
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }

  private int takeFirst(byte[] taker, int from) {
    taker[from] = (byte) first;
    first = NONE;
    return 1;
  }

  @Override
  public int available() throws IOException {
    return octets.available() + (first == NONE ? 0 : 1);
  }
}
