package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.stream.ItemSink;
import io.brrtrouter.schema.stream.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/// Items as they are sent: JSON texts on lines, or behind RS (RFC 7464).
///
/// @param <T> what an item is
/// @param items the items
/// @param mediaType how they stand one behind the other
/// @param encoding writes an item
record ItemText<T>(Items<T> items, String mediaType, Encoding<T> encoding) {
  private static final byte RS = 0x1E;

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
    ///
    /// @throws IllegalArgumentException if it is none that may be sent
    byte[] encode(T item);
  }

  /// {@return the JSON text of an item}
  ///
  /// @param number its number, from 1
  /// @throws IllegalArgumentException if it is none that may be sent, with its number
  static <T> byte[] encoded(T item, long number, Encoding<T> encoding) {
    try {
      return encoding.encode(item);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("item " + number + ": " + wrong.getMessage(), wrong);
    }
  }

  /// Takes octets.
  interface Octets {
    /// Waits until somebody wants them.
    void put(byte[] octets) throws IOException, InterruptedException;

    /// {@return whether somebody may still want them}
    boolean isOpen();
  }

  /// Writes each item as soon as it is made.
  void writeTo(Octets octets) throws Exception {
    AtomicLong number = new AtomicLong();
    items.sendTo(
        new ItemSink<T>() {
          @Override
          public void send(T item) throws IOException, InterruptedException {
            octets.put(of(mediaType, encoded(item, number.incrementAndGet(), encoding)));
          }

          @Override
          public boolean isOpen() {
            return octets.isOpen();
          }
        });
  }
}
