package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.BodyDecoder;
import io.brrtrouter.server.decode.DecodedBody;
import io.brrtrouter.server.decode.ItemReader;
import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.decode.PartStore;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.ContentTooLargeException;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.UnreadableContentException;
import io.brrtrouter.server.upload.TemporaryFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request that is read while it comes. It remembers why it could not be read: that
 * is the answer then, whatever a handler makes of it.
 */
final class StreamedContent extends ContentSource implements PartStore {
  /**
   * About what whoever reads content has of it at once: a form that is taken apart, and a handler
   * that copies.
   */
  private static final int READER_BYTES = 16 * 1024;

  private static final int NONE = -1;

  private final ContentSource octets;
  private final TemporaryFiles files;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

  /** Why an item of it was refused, null if none was. */
  private volatile @Nullable Rejection refusal;

  /** Its items, once somebody has asked for them. */
  private @Nullable ItemReader items;

  /** The first octet, where somebody had to know whether there is one; -1 where none waits here. */
  private final AtomicInteger first = new AtomicInteger(NONE);

  private final AtomicLong received = new AtomicLong();

  StreamedContent(ContentSource octets, TemporaryFiles files) {
    this.octets = octets;
    this.files = files;
  }

  @Override
  public PartStore.File begin() throws IOException {
    return files.begin();
  }

  /**
   * Holds what it takes to read it: many clients that send little must not have many readers.
   *
   * @throws IOException if the server holds as much as it can, or the client has gone
   */
  void holdReader() throws IOException {
    hold(READER_BYTES);
  }

  @Override
  public void hold(int more) throws IOException {
    try {
      files.hold(more);
    } catch (IOException full) {
      fail(full);
      throw full;
    }
  }

  @Override
  public void holdValue(long bytes) throws IOException {
    try {
      files.holdValue(bytes);
    } catch (IOException full) {
      fail(full);
      throw full;
    }
  }

  /** Takes note of why the content cannot be read, unless it is known already. */
  void fail(IOException why) {
    // Whoever is interrupted may read on.
    failure.accumulateAndGet(
        why,
        (known, next) -> known == null || known instanceof InterruptedIOException ? next : known);
  }

  @Override
  public void release(long bytes) {
    files.release(bytes);
  }

  /** {@return its items, of a media type that has some; the same each time} */
  synchronized ItemReader items(MediaDecoder media, int most) {
    ItemReader known = items;
    if (known == null) {
      known =
          BodyDecoder.items(
                  media,
                  this,
                  this,
                  most,
                  (which, why) -> refusal = new Rejection.InvalidItem(which, refusal(why)))
              .orElseThrow();
      items = known;
    }
    return known;
  }

  private static Rejection refusal(DecodedBody why) {
    return switch (why) {
      case DecodedBody.Invalid(List<RequestViolation> violations, int omitted) ->
          new Rejection.Invalid(violations, omitted);
      case DecodedBody.Malformed(int line, int column, String message) ->
          line == 0
              ? new Rejection.MalformedBody(message, List.of())
              : new Rejection.MalformedJson(line, column, message, List.of());
      case DecodedBody.TooLarge(String message) -> new Rejection.TooMuchContent(message);
      case DecodedBody.Absent _,
          DecodedBody.Missing _,
          DecodedBody.Value _,
          DecodedBody.Bound _,
          DecodedBody.Drifted _ ->
          new Rejection.InternalError();
    };
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
    int octet = read();
    first.set(octet);
    return octet == NONE;
  }

  /** {@return why the request is refused, null if its content could be read so far} */
  @Nullable Rejection rejection(long limit) {
    Rejection ofItem = refusal;
    return ofItem == null ? unreadable(limit) : ofItem;
  }

  private @Nullable Rejection unreadable(long limit) {
    return switch (failure.get()) {
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
    if (takesFirst(taker, from, length)) {
      return 1;
    }
    try {
      return counted(octets.read(taker, from, length, patience));
    } catch (IOException failed) {
      fail(failed);
      throw failed;
    }
  }

  @Override
  public int read(byte[] taker, int from, int length) throws IOException {
    if (takesFirst(taker, from, length)) {
      return 1;
    }
    try {
      return counted(octets.read(taker, from, length));
    } catch (IOException failed) {
      fail(failed);
      throw failed;
    }
  }

  /** One reads at a time, and others ask for the count. */
  private int counted(int octets) {
    if (octets > 0) {
      received.lazySet(received.get() + octets);
    }
    return octets;
  }

  /** {@return how many octets have been read so far} */
  long received() {
    return received.get();
  }

  private boolean takesFirst(byte[] taker, int from, int length) {
    Objects.checkFromIndexSize(from, length, taker.length);
    int waiting = length == 0 ? NONE : first.getAndSet(NONE);
    if (waiting != NONE) {
      taker[from] = (byte) waiting;
    }
    return waiting != NONE;
  }

  @Override
  public int available() throws IOException {
    return octets.available() + (first.get() == NONE ? 0 : 1);
  }
}
