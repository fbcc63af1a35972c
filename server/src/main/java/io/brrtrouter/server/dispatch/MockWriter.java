package io.brrtrouter.server.dispatch;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes what mocks answer in one media type: text in the charset that it announces, JSON in UTF-8,
 * whatever it announces (RFC 8259 section 8.1). Confined to a thread.
 */
final class MockWriter {
  private final Optional<Charset> charset;
  private boolean lacked;

  private MockWriter(Optional<Charset> charset) {
    this.charset = charset;
  }

  static MockWriter of(MockSyntax syntax, String type) {
    Optional<String> said =
        syntax == MockSyntax.JSON ? Optional.empty() : WrittenText.charset(type);
    return new MockWriter(WrittenText.named(said.orElse(StandardCharsets.UTF_8.name())));
  }

  /** {@return a text, null if the charset does not have all of its characters} */
  byte @Nullable [] octets(String text) {
    byte[] octets = charset.isEmpty() ? null : WrittenText.octets(text, charset.get());
    lacked |= octets == null;
    return octets;
  }

  /** {@return whether some text could not be written} */
  boolean lacked() {
    return lacked;
  }
}
