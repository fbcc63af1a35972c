package io.brrtrouter.codegen.client;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Media types as text: RFC 9110 section 8.3.1.
final class MediaTypes {
  private MediaTypes() {}

  /// {@return type and subtype, in lower case}
  static String bare(String mediaType) {
    int end = mediaType.indexOf(';');
    return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// {@return a parameter without quotes, or null}
  static @Nullable String parameter(String mediaType, String name) {
    for (String piece : parameters(mediaType)) {
      String[] pair = piece.split("=", 2);
      if (pair.length == 2 && pair[0].strip().equalsIgnoreCase(name)) {
        String value = pair[1].strip();
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
      }
    }
    return null;
  }

  /// {@return a media type as JSON has it} JSON is UTF-8 and its media types have no charset: RFC
  /// 8259 sections 8.1 and 11. Other media types stay.
  static String withoutCharsetOfJson(String mediaType) {
    if (!isJson(mediaType)) {
      return mediaType;
    }
    StringBuilder kept = new StringBuilder(pieces(mediaType).getFirst());
    for (String piece : parameters(mediaType)) {
      if (!isCharset(piece)) {
        kept.append(';').append(piece);
      }
    }
    return kept.toString();
  }

  private static boolean isCharset(String parameter) {
    return parameter.split("=", 2)[0].strip().equalsIgnoreCase("charset");
  }

  private static List<String> parameters(String mediaType) {
    List<String> pieces = pieces(mediaType);
    return pieces.subList(1, pieces.size());
  }

  /// What semicolons separate, of which quoted values may have some of their own.
  private static List<String> pieces(String mediaType) {
    List<String> pieces = new ArrayList<>();
    boolean isQuoted = false;
    int begin = 0;
    for (int i = 0; i < mediaType.length(); i++) {
      char c = mediaType.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == '\\' && isQuoted) {
        i++;
      } else if (c == ';' && !isQuoted) {
        pieces.add(mediaType.substring(begin, i));
        begin = i + 1;
      }
    }
    pieces.add(mediaType.substring(begin));
    return pieces;
  }

  /// {@return the charset of a text, UTF-8 unless it says another}
  ///
  /// @throws UnsupportedCharsetException when it says one that nobody knows
  static Charset charset(String mediaType) {
    String name = parameter(mediaType, "charset");
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new UnsupportedCharsetException(String.valueOf(name));
    }
  }

  /// {@return whether it is JSON}
  static boolean isJson(String mediaType) {
    String bare = bare(mediaType);
    return bare.endsWith("/json") || bare.endsWith("+json");
  }

  /// {@return a text in the charset that a media type says}
  ///
  /// @param what what is written, for messages
  static byte[] octets(String what, String text, String mediaType) {
    try {
      return octets(what, text, charset(mediaType));
    } catch (UnsupportedCharsetException | UnsupportedOperationException unknown) {
      throw new IllegalArgumentException(
          what + " cannot be written in the charset of " + mediaType + "; utf-8 can be written",
          unknown);
    }
  }

  /// {@return a text in a charset}
  ///
  /// @param what what is written, for messages
  static byte[] octets(String what, String text, Charset charset) {
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] octets = new byte[encoded.remaining()];
      encoded.get(octets);
      return octets;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          what + " cannot have a character that the charset " + charset.name() + " does not have");
    }
  }

  /// {@return whether a media type is the declared one, or in the declared range} A charset makes
  /// no difference, other parameters only where they are declared.
  static boolean isOf(String actual, String declared) {
    return isIn(bare(actual), bare(declared)) && hasParameters(actual, declared);
  }

  private static boolean isIn(String actual, String declared) {
    return declared.equals("*/*")
        || actual.equals(declared)
        || (declared.endsWith("/*")
            && actual.startsWith(declared.substring(0, declared.length() - 1)));
  }

  private static boolean hasParameters(String actual, String declared) {
    for (String piece : parameters(declared)) {
      String name = piece.split("=", 2)[0].strip();
      String wanted = parameter(declared, name);
      if (!name.equalsIgnoreCase("charset")
          && wanted != null
          && !wanted.equals(parameter(actual, name))) {
        return false;
      }
    }
    return true;
  }
}
