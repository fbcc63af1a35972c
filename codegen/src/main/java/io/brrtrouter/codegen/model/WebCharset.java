package io.brrtrouter.codegen.model;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The charsets that clients in TypeScript write. Their platforms have an encoder for UTF-8 only;
 * the others here have an octet for each of their characters.
 */
public enum WebCharset {
  /** UTF-8. */
  UTF_8(StandardCharsets.UTF_8),
  /** ISO-8859-1, Latin-1. */
  ISO_8859_1(StandardCharsets.ISO_8859_1),
  /** US-ASCII. */
  US_ASCII(StandardCharsets.US_ASCII);

  private final Charset charset;

  WebCharset(Charset charset) {
    this.charset = charset;
  }

  /**
   * {@return the charset that a media type says, UTF-8 where it says none; empty for others}
   *
   * @param mediaType the media type or range, as the document writes it
   */
  public static Optional<WebCharset> of(String mediaType) {
    Optional<String> said = MediaTypes.charset(mediaType);
    // One of a range is sent, without parameters.
    if (MediaTypes.bare(mediaType).contains("*") || said.isEmpty()) {
      return Optional.of(UTF_8);
    }
    try {
      Charset named = Charset.forName(said.get());
      for (WebCharset each : values()) {
        if (each.charset.equals(named)) {
          return Optional.of(each);
        }
      }
    } catch (IllegalArgumentException unknown) {
      // As one that is known and not written.
    }
    return Optional.empty();
  }

  /**
   * {@return a media type that says UTF-8 instead of a charset that is not written}
   *
   * @param mediaType the media type or range, as the document writes it
   */
  public static String written(String mediaType) {
    return of(mediaType).isPresent() ? mediaType : MediaTypes.withCharset(mediaType, UTF_8.label());
  }

  /** {@return its name, as the specifications of browsers write it} */
  public String label() {
    return switch (this) {
      case UTF_8 -> "utf-8";
      case ISO_8859_1 -> "iso-8859-1";
      case US_ASCII -> "us-ascii";
    };
  }
}
