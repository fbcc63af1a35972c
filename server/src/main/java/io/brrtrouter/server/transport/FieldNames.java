package io.brrtrouter.server.transport;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gives the field names that most requests have without making them anew. */
final class FieldNames {
  private static final String[] COMMON = {
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Date",
    "DNT",
    "Expect",
    "Forwarded",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "Idempotency-Key",
    "Origin",
    "Pragma",
    "Prefer",
    "Priority",
    "Range",
    "Referer",
    "Sec-CH-UA",
    "Sec-Fetch-Dest",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
    "TE",
    "Traceparent",
    "Tracestate",
    "Transfer-Encoding",
    "Upgrade-Insecure-Requests",
    "User-Agent",
    "Via",
    "X-Api-Key",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-Ip",
    "X-Request-Id"
  };

  private static final int MASK = 1023;
  private static final @Nullable String[] TABLE = new @Nullable String[MASK + 1];

  static {
    for (String name : COMMON) {
      put(name);
      put(name.toLowerCase(Locale.ROOT));
    }
  }

  private FieldNames() {}

  /** Puts a name in its slot; of two names for one slot the second is made anew each time. */
  private static void put(String name) {
    byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
    int slot = slot(octets, 0, octets.length);
    if (TABLE[slot] == null) {
      TABLE[slot] = name;
    }
  }

  private static int slot(byte[] octets, int from, int to) {
    int length = to - from;
    return (length * 37 + octets[from] * 7 + octets[to - 1] * 131 + octets[from + length / 2] * 17)
        & MASK;
  }

  static String of(byte[] octets, int from, int to) {
    String known = TABLE[slot(octets, from, to)];
    if (known != null && is(known, octets, from, to)) {
      return known;
    }
    return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean is(String name, byte[] octets, int from, int to) {
    if (name.length() != to - from) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != octets[from + i]) {
        return false;
      }
    }
    return true;
  }
}
