package io.brrtrouter.schema;

import java.util.Map;

/** What a value of a format looks like, for messages. */
final class FormatExample {
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("date", "2026-01-31"),
          Map.entry("time", "09:30:00Z"),
          Map.entry("date-time", "2026-01-31T09:30:00Z"),
          Map.entry("duration", "P3DT4H"),
          Map.entry("email", "jane@example.com"),
          Map.entry("hostname", "api.example.com"),
          Map.entry("ipv4", "192.0.2.1"),
          Map.entry("ipv6", "2001:db8::1"),
          Map.entry("uri", "https://example.com/a"),
          Map.entry("uri-reference", "/a/b"),
          Map.entry("uuid", "123e4567-e89b-12d3-a456-426614174000"),
          Map.entry("json-pointer", "/a/0"),
          Map.entry("byte", "aGVsbG8="));

  private FormatExample() {}

  /** A clause to append to a message; empty for formats without an example. */
  static String of(String format) {
    String example = EXAMPLES.get(format);
    return example == null ? "" : ", for example " + example;
  }
}
