package io.brrtrouter.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client wants to receive: the media ranges of its {@code Accept} fields with their weights
 * (RFC 9110 section 12.5.1). Immutable.
 *
 * @param preferences the weighted ranges, in order
 */
public record Accept(List<Preference> preferences) {
  /** Whatever comes: no {@code Accept} field. */
  public static final Accept ANYTHING =
      new Accept(List.of(new Preference(MediaRange.ANY, Preference.MOST)));

  /**
   * A media range and its weight.
   *
   * @param range the range
   * @param weight the weight in thousandths, 0 (not acceptable) to {@link #MOST}
   */
  public record Preference(MediaRange range, int weight) {
    /** The greatest weight, {@code q=1}. */
    public static final int MOST = 1000;

    /** Refuses a weight outside 0 to {@link #MOST}. */
    public Preference {
      if (weight < 0 || weight > MOST) {
        throw new IllegalArgumentException("a weight is 0 to " + MOST + ", not " + weight);
      }
    }
  }

  /** Copies the preferences. */
  public Accept {
    preferences = List.copyOf(preferences);
  }

  /**
   * {@return what the {@code Accept} fields of a request ask for}
   *
   * @param headers the header fields of the request
   */
  public static Accept of(Headers headers) {
    String first = headers.get("Accept");
    if (first == null || first.equals("*/*")) {
      return ANYTHING;
    }
    return parse(String.join(",", headers.all("Accept")));
  }

  /**
   * {@return what a field value asks for}
   *
   * <p>A malformed element is skipped; when none is left, anything is acceptable, as without the
   * field (a server may disregard the field, RFC 9110 section 12.5.1).
   *
   * @param value the value of an {@code Accept} field
   */
  public static Accept parse(String value) {
    List<Preference> preferences = new ArrayList<>();
    FieldReader reader = new FieldReader(value);
    while (!reader.atEnd()) {
      reader.skipSpace();
      readPreference(reader, preferences);
      reader.skipElement();
    }
    return preferences.isEmpty() ? ANYTHING : new Accept(preferences);
  }

  private static void readPreference(FieldReader reader, List<Preference> preferences) {
    MediaRange range = MediaRange.readTypes(reader);
    List<ContentType.Parameter> all = range == null ? null : ContentType.readParameters(reader);
    if (range == null || all == null || !(reader.atEnd() || reader.isNext(','))) {
      return;
    }
    List<ContentType.Parameter> parameters = new ArrayList<>();
    int weight = Preference.MOST;
    for (ContentType.Parameter parameter : all) {
      if (parameter.name().equals("q")) {
        weight = weight(parameter.value());
        break; // What follows the weight was accept-ext in RFC 7231 and means nothing now.
      }
      parameters.add(parameter);
    }
    if (weight >= 0) {
      preferences.add(new Preference(range.with(parameters), weight));
    }
  }

  /** {@return a {@code qvalue} (RFC 9110 section 12.4.2) in thousandths, or -1 if it is none} */
  private static int weight(String qvalue) {
    String text = qvalue.startsWith(".") ? "0" + qvalue : qvalue; // ".2" is common, if wrong
    if (text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.charAt(1) != '.')) {
      return -1;
    }
    int thousandths = 0;
    int unit = 1000;
    for (int i = 0; i < text.length(); i++) {
      if (i != 1) {
        int digit = text.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return -1;
        }
        thousandths += digit * unit;
        unit /= 10;
      }
    }
    return thousandths > Preference.MOST ? -1 : thousandths;
  }

  /**
   * {@return the weight of a media type in thousandths, by the most specific range it is in; 0 if
   * it is in none}
   *
   * @param contentType the media type
   */
  public int weight(ContentType contentType) {
    int weight = 0;
    int specificity = -1;
    for (Preference preference : preferences) {
      MediaRange range = preference.range();
      if (range.specificity() > specificity && range.contains(contentType)) {
        specificity = range.specificity();
        weight = preference.weight();
      }
    }
    return weight;
  }

  /**
   * {@return the weight of the best media type that may be in a range, in thousandths; 0 if none is
   * acceptable}
   *
   * @param offered a range of media types, none of them certain
   */
  public int weight(MediaRange offered) {
    int most = 0;
    for (Preference preference : preferences) {
      if (preference.range().overlaps(offered)) {
        most = Math.max(most, preference.weight());
      }
    }
    return most;
  }

  /**
   * {@return the media type to send: that of the greatest weight, the first of equals, or nothing
   * if none is acceptable}
   *
   * @param offers what the server can send, in the order it prefers
   */
  public Optional<ContentType> choose(List<ContentType> offers) {
    ContentType best = null;
    int most = 0;
    for (ContentType offer : offers) {
      int weight = weight(offer);
      if (weight > most) {
        most = weight;
        best = offer;
      }
    }
    return Optional.ofNullable(best);
  }
}
