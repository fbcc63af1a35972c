package io.brrtrouter.openapi.read;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** URI references as documents write them (RFC 3986). */
final class Uris {
  /** What stands before the name of a host, and the name. */
  private static final Pattern HOST =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?)([^/?#:@\\[\\]]+)");

  /**
   * Characters with which a name is one host by RFC 3490, which the JDK follows, and another one by
   * its successor RFC 5891: the German sharp s, the Greek final sigma, the two zero-width joiners.
   */
  private static final Pattern OF_TWO_HOSTS = Pattern.compile("[\\u00DF\\u03C2\\u200C\\u200D]");

  private Uris() {}

  /** {@return the reference, or null when it is none} */
  static @Nullable URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  /** {@return the reference without its fragment} */
  static String withoutFragment(String reference) {
    int hash = reference.indexOf('#');
    return hash < 0 ? reference : reference.substring(0, hash);
  }

  /** {@return the fragment, still encoded; empty when there is none} */
  static String fragment(String reference) {
    int hash = reference.indexOf('#');
    return hash < 0 ? "" : reference.substring(hash + 1);
  }

  /** {@return the target of a reference without fragment (section 5.2); null when malformed} */
  static @Nullable URI resolve(URI base, String reference) {
    if (reference.isEmpty()) {
      return base;
    }
    URI parsed = parse(reference);
    return parsed == null ? null : base.resolve(parsed);
  }

  /** {@return the reference with everything percent-encoded that a URI cannot contain} */
  static String encode(String reference) {
    StringBuilder encoded = new StringBuilder();
    boolean fragment = false;
    for (byte octet : reference.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean hash = c == '#' && !fragment;
      fragment |= hash;
      if (hash || (c > ' ' && c < 0x7F && "\"<>\\^`{|}#".indexOf(c) < 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return parse(encoded.toString()) == null
        ? encoded.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25")
        : encoded.toString();
  }

  /** {@return whether every character is one of ASCII, as those of a URI are} */
  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return a URL in ASCII: the name of a host as the Domain Name System has it (RFC 3986 section
   * 3.2.2, RFC 3490 section 4.1), anything else percent-encoded; null when it is not certain which
   * host is meant}
   */
  static @Nullable String toAscii(String url) {
    Matcher host = HOST.matcher(url);
    if (!host.find() || isAscii(host.group(2))) {
      return encodeBeyondAscii(url);
    }
    if (OF_TWO_HOSTS.matcher(host.group(2)).find()) {
      return null;
    }
    try {
      return encodeBeyondAscii(host.group(1))
          + Stream.of(host.group(2).split("\\.", -1))
              .map(Uris::label)
              .collect(Collectors.joining("."))
          + encodeBeyondAscii(url.substring(host.end()));
    } catch (IllegalArgumentException noName) {
      return encodeBeyondAscii(url);
    }
  }

  /** A label that is not known as a whole, because of a variable in it, cannot be converted. */
  private static String label(String text) {
    if (isAscii(text)) {
      return text;
    }
    return text.indexOf('{') >= 0 ? encodeBeyondAscii(text) : IDN.toASCII(text);
  }

  private static String encodeBeyondAscii(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet >= 0) {
        encoded.append((char) octet);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
      }
    }
    return encoded.toString();
  }

  /** {@return a text as it stands in a fragment (RFC 3986 section 3.5)} */
  static String encodeFragment(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean plain = Names.isAlphanumeric(c) || "-._~!$&'()*+,;=:@/?".indexOf(c) >= 0;
      encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return encoded.toString();
  }

  /** {@return the text with percent-encoded octets decoded as UTF-8; null when malformed} */
  static @Nullable String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '%') {
        int octet = i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
        if (octet < 0) {
          return null;
        }
        octets.write(octet);
        i += 3;
      } else {
        octets.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.toByteArray()))
          .toString();
    } catch (CharacterCodingException malformed) {
      return null;
    }
  }

  private static int hex(char high, char low) {
    int h = high < 128 ? Character.digit(high, 16) : -1;
    int l = low < 128 ? Character.digit(low, 16) : -1;
    return h < 0 || l < 0 ? -1 : h * 16 + l;
  }
}
