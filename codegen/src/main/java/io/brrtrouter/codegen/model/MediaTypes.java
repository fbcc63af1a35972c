package io.brrtrouter.codegen.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Media types as documents write them: RFC 9110 section 8.3.1. */
public final class MediaTypes {
  private static final String CHARSET = "charset";

  private MediaTypes() {}

  /**
   * {@return type and subtype in small letters, without parameters}
   *
   * @param mediaType the media type or range
   */
  public static String bare(String mediaType) {
    return pieces(mediaType).getFirst().strip().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return whether it is JSON}
   *
   * @param mediaType the media type or range
   */
  public static boolean isJson(String mediaType) {
    String bare = bare(mediaType);
    return bare.endsWith("/json") || bare.endsWith("+json");
  }

  /**
   * {@return the first charset it says, without quotes}
   *
   * @param mediaType the media type or range
   */
  public static Optional<String> charset(String mediaType) {
    return parameters(mediaType).stream()
        .filter(MediaTypes::isCharset)
        .map(piece -> piece.substring(piece.indexOf('=') + 1).strip().replace("\"", ""))
        .findFirst();
  }

  /**
   * {@return the media type with another charset where it says one}
   *
   * @param mediaType the media type or range
   * @param charset the name of the charset
   */
  public static String withCharset(String mediaType, String charset) {
    StringBuilder text = new StringBuilder(pieces(mediaType).getFirst());
    parameters(mediaType)
        .forEach(piece ->
            text.append(';').append(isCharset(piece) ? " " + CHARSET + "=" + charset : piece));
    return text.toString();
  }

  /**
   * {@return the media type without a charset} JSON is UTF-8 and its media types have none: RFC
   * 8259 sections 8.1 and 11.
   *
   * @param mediaType the media type or range
   */
  public static String withoutCharset(String mediaType) {
    StringBuilder text = new StringBuilder(pieces(mediaType).getFirst());
    parameters(mediaType).stream()
        .filter(Predicate.not(MediaTypes::isCharset))
        .forEach(piece -> text.append(';').append(piece));
    return text.toString();
  }

  private static boolean isCharset(String parameter) {
    int equals = parameter.indexOf('=');
    return equals >= 0 && parameter.substring(0, equals).strip().equalsIgnoreCase(CHARSET);
  }

  private static List<String> parameters(String mediaType) {
    List<String> pieces = pieces(mediaType);
    return pieces.subList(1, pieces.size());
  }

  /** What semicolons separate, of which quoted values may have some of their own. */
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
}
