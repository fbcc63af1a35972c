package io.brrtrouter.server.http;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of media types, as in an {@code Accept} field or a key of an OpenAPI {@code content} map:
 * {@code *}{@code /*}, {@code text/*}, {@code text/html} or {@code text/html; level=1} (RFC 9110
 * section 12.5.1). Immutable.
 *
 * @param type the type, in lower case, or {@code *}
 * @param subtype the subtype, in lower case, or {@code *}
 * @param parameters the parameters a type must have to be in the range
 */
public record MediaRange(String type, String subtype, List<ContentType.Parameter> parameters) {
  /** Every media type. */
  public static final MediaRange ANY = new MediaRange("*", "*", List.of());

  /** Refuses a subtype of any type. */
  public MediaRange {
    if (type.equals("*") && !subtype.equals("*")) {
      throw new IllegalArgumentException(
          "a range of any type has any subtype: */*, not */" + subtype);
    }
    parameters = List.copyOf(parameters);
  }

  /**
   * {@return the range of a text, or nothing if it is none}
   *
   * @param text the range, such as {@code text/*}
   */
  public static Optional<MediaRange> parse(String text) {
    FieldReader reader = new FieldReader(text);
    reader.skipSpace();
    MediaRange range = readTypes(reader);
    List<ContentType.Parameter> parameters =
        range == null ? null : ContentType.readParameters(reader);
    if (range == null || parameters == null || !reader.atEnd()) {
      return Optional.empty();
    }
    return Optional.of(range.with(parameters));
  }

  /** {@return the range without parameters that is next, or null} */
  static @Nullable MediaRange readTypes(FieldReader reader) {
    String type = reader.readLowerToken();
    if (type != null && type.equals("*") && !reader.isNext('/')) {
      return ANY; // "*" alone is no range, but java.net.HttpURLConnection sent it for long.
    }
    String subtype = type != null && reader.read('/') ? reader.readLowerToken() : null;
    if (type == null || subtype == null || (type.equals("*") && !subtype.equals("*"))) {
      return null;
    }
    return type.equals("*") ? ANY : new MediaRange(type, subtype, List.of());
  }

  MediaRange with(List<ContentType.Parameter> added) {
    return added.isEmpty() ? this : new MediaRange(type, subtype, added);
  }

  /**
   * {@return the most specific of the ranges that a media type is in; the first of equals}
   *
   * @param ranges the ranges
   * @param contentType the media type
   */
  public static Optional<MediaRange> mostSpecific(
      Collection<MediaRange> ranges, ContentType contentType) {
    MediaRange best = null;
    for (MediaRange range : ranges) {
      if (range.contains(contentType)
          && (best == null || range.specificity() > best.specificity())) {
        best = range;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * {@return whether a media type is in this range: types agree and it has every parameter of the
   * range with the same value, that of {@code charset} in any case}
   *
   * @param contentType the media type
   */
  public boolean contains(ContentType contentType) {
    if (!type.equals("*") && !type.equals(contentType.type())) {
      return false;
    }
    if (!subtype.equals("*") && !subtype.equals(contentType.subtype())) {
      return false;
    }
    for (ContentType.Parameter parameter : parameters) {
      String value = contentType.parameter(parameter.name()).orElse(null);
      boolean same =
          parameter.name().equals("charset")
              ? parameter.value().equalsIgnoreCase(value)
              : parameter.value().equals(value);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return whether a media type can be in this range and in another, parameters aside}
   *
   * @param other the other range
   */
  public boolean overlaps(MediaRange other) {
    return overlap(type, other.type) && overlap(subtype, other.subtype);
  }

  private static boolean overlap(String one, String other) {
    return one.equals("*") || other.equals("*") || one.equals(other);
  }

  /**
   * {@return how specific this range is: 0 for {@code *}{@code /*}, 1 for {@code text/*}, 2 for
   * {@code text/html}, and one more for each parameter}
   */
  public int specificity() {
    if (subtype.equals("*")) {
      return (type.equals("*") ? 0 : 1) + parameters.size();
    }
    return 2 + parameters.size();
  }

  /** {@return the range as text} */
  @Override
  public String toString() {
    return ContentType.render(type + "/" + subtype, parameters);
  }
}
