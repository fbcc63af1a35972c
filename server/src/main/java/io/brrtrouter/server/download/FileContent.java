package io.brrtrouter.server.download;

import io.brrtrouter.server.http.ContentGoneException;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SeekableContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file. Which file its path leads to is decided when a response is sent, and stays
 * so. A response is cut off when the file is written to while it is sent: files are to be replaced,
 * by moving another one to their place.
 *
 * <p>The entity tag is made of length, time of modification and identity of the file. It is strong
 * where the file has not been modified for two seconds. Before, another modification might not show
 * in its time (RFC 9110 sections 8.8.1 and 8.8.2.2): its tag is weak and another one, so that no
 * parts are put together and no cache keeps it for long, and it has no time.
 *
 * <p>Safe for use by many threads.
 */
public final class FileContent implements SeekableContent {
  /**
   * A file modified within this time may be modified again in the same tick of the clock that its
   * times are taken from, which is of two seconds at most (FAT).
   */
  private static final Duration UNSETTLED = Duration.ofSeconds(2);

  /** Octets that a sink is asked to take at once. */
  private static final int MOST_AT_ONCE = 4 << 20;

  /** How often a file is opened that is replaced each time before it can be asked about. */
  private static final int ATTEMPTS = 20;

  /** Enough of a digest to tell files apart, in whole characters of Base64. */
  private static final int TAG_BYTES = 12;

  private final Path file;
  private final Version version;

  private FileContent(Path file, Version version) {
    this.file = file;
    this.version = version;
  }

  /**
   * {@return a response with the content of a file} Clients get the whole or the part that they ask
   * for, and nothing of what they have, if it is a 200: the server adds {@code ETag}, {@code
   * Last-Modified} and {@code Accept-Ranges} unless they are there. Blocks while the file is asked
   * about.
   *
   * @param status the status code
   * @param contentType the media type
   * @param file the file; symbolic links are followed
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it is no regular file, or cannot be asked about
   */
  public static HttpResponse respond(int status, String contentType, Path file) throws IOException {
    return HttpResponse.seekable(status, contentType, of(file));
  }

  /**
   * {@return the content of a file, with the version that it has now} Blocks while the file is
   * asked about.
   *
   * @param file the file; symbolic links are followed
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it is no regular file, or cannot be asked about
   */
  public static FileContent of(Path file) throws IOException {
    return new FileContent(file, State.of(file).version());
  }

  /**
   * What tells files and their states apart.
   *
   * @param length in octets
   * @param modified when it was modified
   * @param key which file of the file system it is, null where that cannot be told
   */
  private record State(long length, FileTime modified, @Nullable Object key) {
    static State of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new FileSystemException(file.toString(), null, "is not a regular file");
      }
      return new State(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    boolean isOfSameFile(State other) {
      return Objects.equals(key, other.key);
    }

    Version version() {
      Instant time = modified.toInstant();
      boolean settled = time.isBefore(Instant.now().minus(UNSETTLED));
      String tag = tag(time);
      return settled
          ? new Version(length, time, EntityTag.strong(tag))
          : new Version(length, null, EntityTag.weak(tag + ".new"));
    }

    /** A digest, because what it is made of is nobody's business. */
    private String tag(Instant time) {
      String all = length + " " + time.getEpochSecond() + "." + time.getNano() + " " + key;
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
      } catch (NoSuchAlgorithmException impossible) {
        throw new AssertionError("every JDK has SHA-256", impossible);
      }
    }
  }

  @Override
  public Version version() {
    return version;
  }

  /** Nobody can ask which file is open: it is the one that was there before and is there after. */
  @Override
  public Opened open() throws IOException {
    try {
      return openPresent();
    } catch (NoSuchFileException deleted) {
      throw new ContentGoneException(deleted);
    }
  }

  private Opened openPresent() throws IOException {
    State before = State.of(file);
    for (int attempt = 1; ; attempt++) {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        State after = State.of(file);
        if (after.isOfSameFile(before) && channel.size() == after.length()) {
          Opened opened = new OpenFile(file, channel, after, after.version());
          channel = null;
          return opened;
        }
        before = after;
      } finally {
        if (channel != null) {
          channel.close();
        }
      }
      if (attempt == ATTEMPTS) {
        throw new FileSystemException(file.toString(), null, "is replaced all the time");
      }
    }
  }

  /**
   * A file that is open.
   *
   * @param file where it was, and may be yet
   * @param channel reads it
   * @param state what it was when it was opened
   * @param version the same, for responses
   */
  private record OpenFile(Path file, FileChannel channel, State state, Version version)
      implements Opened {

    @Override
    public void writeTo(ContentSink sink, long from, long length) throws IOException {
      long end = from + length;
      long at = from;
      while (at < end) {
        int some = (int) Math.min(MOST_AT_ONCE, end - at);
        sink.write(some, new Reader(at, end));
        at += some;
      }
    }

    /** Reads on from where it has got. */
    private final class Reader implements ContentSink.Source {
      private final long end;
      private long at;

      Reader(long from, long end) {
        this.at = from;
        this.end = end;
      }

      @Override
      public void fill(ByteBuffer buffer) throws IOException {
        int length = buffer.remaining();
        read(buffer, at);
        at += length;
        if (at == end) {
          requireUnchanged(); // The end is not sent of what may be a mixture.
        }
      }
    }

    private void read(ByteBuffer buffer, long from) throws IOException {
      long at = from;
      while (buffer.hasRemaining()) {
        int n = channel.read(buffer, at);
        if (n < 0) {
          throw changed("became shorter");
        }
        at += n;
      }
    }

    /** One that has gone from its place stays what it is. */
    private void requireUnchanged() throws IOException {
      if (channel.size() != state.length()) {
        throw changed("became longer or shorter");
      }
      State now;
      try {
        now = State.of(file);
      } catch (FileSystemException _) {
        return; // Nothing is there, or a directory, or what is there is not shown any more.
      }
      if (now.isOfSameFile(state) && !now.modified().equals(state.modified())) {
        throw changed("was written to");
      }
    }

    private IOException changed(String what) {
      return new FileSystemException(
          file.toString(), null, what + " while it was sent; replace it by moving another there");
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
