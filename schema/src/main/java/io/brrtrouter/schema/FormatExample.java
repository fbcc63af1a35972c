package io.brrtrouter.schema;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a value of a format looks like. */
final class FormatExample {
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          entry("base64url", "aGVsbG8"),
          entry("binary", "hello"),
          entry("byte", "aGVsbG8="),
          entry("char", "a"),
          entry("commonmark", "*hello*"),
          entry("date", "2026-01-31"),
          entry("date-time", "2026-01-31T09:30:00Z"),
          entry("date-time-local", "2026-01-31T09:30:00"),
          entry("decimal", "12.50"),
          entry("decimal128", "12.50"),
          entry("duration", "P3DT4H"),
          entry("email", "jane@example.com"),
          entry("hostname", "api.example.com"),
          entry("html", "<p>hello</p>"),
          entry("http-date", "Sat, 31 Jan 2026 09:30:00 GMT"),
          entry("idn-email", "jane@example.com"),
          entry("idn-hostname", "api.example.com"),
          entry("ipv4", "192.0.2.1"),
          entry("ipv6", "2001:db8::1"),
          entry("iri", "https://example.com/a"),
          entry("iri-reference", "/a/b"),
          entry("json-pointer", "/a/0"),
          entry("media-range", "application/json"),
          entry("password", "secret"),
          entry("regex", "^[a-z]+$"),
          entry("relative-json-pointer", "1/a"),
          entry("sf-binary", ":aGVsbG8=:"),
          entry("sf-boolean", "?1"),
          entry("sf-string", "\"hello\""),
          entry("sf-token", "hello"),
          entry("time", "09:30:00Z"),
          entry("time-local", "09:30:00"),
          entry("uri", "https://example.com/a"),
          entry("uri-reference", "/a/b"),
          entry("uri-template", "/pets/{petId}"),
          entry("uuid", "123e4567-e89b-12d3-a456-426614174000"));

  private FormatExample() {}

  /** A value; null for formats without an example. */
  static @Nullable String text(String format) {
    return EXAMPLES.get(format);
  }

  /** A clause to append to a message; empty for formats without an example. */
  static String of(String format) {
    String example = EXAMPLES.get(format);
    return example == null ? "" : ", for example " + example;
  }
}
