package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.ContentType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Text in the charset that a media type says: a character that it does not have is not replaced.
 */
final class WrittenText {
  private WrittenText() {}

  /** {@return the charset that a media type says, if it says one} */
  static Optional<String> charset(String mediaType) {
    return ContentType.parse(mediaType).flatMap(type -> type.parameter("charset"));
  }

  /** {@return the charset of a name; empty if nobody knows it, or it can only be read} */
  static Optional<Charset> named(String name) {
    try {
      return Optional.of(Charset.forName(name)).filter(Charset::canEncode);
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /** {@return a text in a charset, null if that does not have all of its characters} */
  static byte @Nullable [] octets(String text, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      return hasMore(octets, text) ? null : octets;
    }
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] octets = new byte[encoded.remaining()];
      encoded.get(octets);
      return octets;
    } catch (CharacterCodingException lacking) {
      return null;
    }
  }

  /**
   * {@return whether octets have more question marks than their text} Half of a surrogate pair
   * becomes one. Copies and searches are what the JVM does for many characters at once: a loop over
   * them, or an encoder, takes several times as long.
   */
  private static boolean hasMore(byte[] octets, String text) {
    return marks(new String(octets, StandardCharsets.ISO_8859_1)) > marks(text);
  }

  private static int marks(String text) {
    int marks = 0;
    for (int at = text.indexOf('?'); at >= 0; at = text.indexOf('?', at + 1)) {
      marks++;
    }
    return marks;
  }
}
