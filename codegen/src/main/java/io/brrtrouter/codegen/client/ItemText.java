package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.stream.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Items as they are sent: JSON texts on lines, or behind RS (RFC 7464).
final class ItemText {
  private static final byte RS = 0x1E;

  private ItemText() {}

  /// {@return whether a media type is that of a sequence, and not of lines}
  static boolean isSequence(String mediaType) {
    return MediaTypes.bare(mediaType).endsWith("json-seq");
  }

  /// {@return a text as it is sent}
  static byte[] of(String mediaType, byte[] json) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(json.length + 2);
    if (isSequence(mediaType)) {
      text.write(RS);
    }
    text.writeBytes(json);
    text.write('\n');
    return text.toByteArray();
  }

  /// Writes an item.
  @FunctionalInterface
  interface Encoding<T> {
    /// {@return its JSON text}
    byte[] encode(T item);
  }

  /// Items that are made while their octets are read. Closing it closes them.
  static final class Body<T> extends InputStream {
    private final Items<T> items;
    private final String mediaType;
    private final Encoding<T> encoding;
    private byte @Nullable [] text = {};
    private int at;

    Body(Items<T> items, String mediaType, Encoding<T> encoding) {
      this.items = items;
      this.mediaType = mediaType;
      this.encoding = encoding;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// Reads of one item at most, so that nothing waits for the next one.
    @Override
    public int read(byte[] octets, int from, int length) throws IOException {
      byte[] now = text;
      if (now != null && at == now.length) {
        now = next();
        text = now;
        at = 0;
      }
      if (now == null) {
        return -1;
      }
      int count = Math.min(length, now.length - at);
      System.arraycopy(now, at, octets, from, count);
      at += count;
      return count;
    }

    private byte @Nullable [] next() throws IOException {
      try {
        Optional<T> item = items.next();
        return item.isEmpty() ? null : of(mediaType, encoding.encode(item.get()));
      } catch (IllegalArgumentException invalid) {
        throw new IOException(invalid.getMessage(), invalid);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }

    @Override
    public void close() {
      items.close();
    }
  }
}
