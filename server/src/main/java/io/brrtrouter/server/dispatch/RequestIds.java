package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Request ids: the client's own when it is harmless, else a new ULID. */
final class RequestIds {
  /** The field that carries the id, in both directions. */
  static final String HEADER = "X-Request-ID";

  /** Long enough for every common scheme, short enough for a log line. */
  private static final int LONGEST = 128;

  private static final byte[] CROCKFORD =
      "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.ISO_8859_1);

  private RequestIds() {}

  static String of(Headers headers) {
    String given = headers.combined(HEADER); // several have a comma between, and are replaced
    return given != null && isSafe(given) ? given : next();
  }

  /**
   * Letters, digits and what stands in UUIDs, ULIDs, base64 and trace ids: nothing a log or a page
   * interprets.
   */
  private static boolean isSafe(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "-_.~:+/=@".indexOf(c) < 0) {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= LONGEST;
  }

  /** 48 bits of milliseconds and 80 random bits, five bits a character. */
  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] text = new byte[26];
    encode(System.currentTimeMillis(), text, 0, 10);
    encode(random.nextLong(), text, 10, 8);
    encode(random.nextLong(), text, 18, 8);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void encode(long bits, byte[] text, int from, int count) {
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = CROCKFORD[(int) bits & 31];
      bits >>>= 5;
    }
  }
}
