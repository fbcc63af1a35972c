package io.brrtrouter.codegen.model;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]*)\"?", Pattern.CASE_INSENSITIVE);

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
    Matcher said = PARAMETER.matcher(mediaType);
    // One of a range is sent, without parameters.
    if (mediaType.contains("*") || !said.find()) {
      return Optional.of(UTF_8);
    }
    try {
      Charset named = Charset.forName(said.group(1));
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
    return of(mediaType).isPresent()
        ? mediaType
        : PARAMETER.matcher(mediaType).replaceFirst("; charset=utf-8");
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
