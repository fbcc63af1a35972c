package io.brrtrouter.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which content codings a client accepts: its {@code Accept-Encoding} fields with their weights
 * (RFC 9110 section 12.5.3). A client without one is taken to understand none. Immutable.
 *
 * @param preferences what it names, in order
 */
public record AcceptEncoding(List<Preference> preferences) {
  /** The name of the field. */
  public static final String FIELD = "Accept-Encoding";

  /** No coding: content as it is. */
  public static final String IDENTITY = "identity";

  /** The weight of what is acceptable though nobody asks for it: less than all that is named. */
  private static final int LEAST = 1;

  private static final AcceptEncoding NONE = new AcceptEncoding(List.of());

  /**
   * A coding, or {@code *} for all others, and its weight.
   *
   * @param coding in small letters
   * @param weight in thousandths, 0 (not acceptable) to {@link Accept.Preference#MOST}
   */
  public record Preference(String coding, int weight) {
    /** Refuses a weight that there is none of. */
    public Preference {
      if (weight < 0 || weight > Accept.Preference.MOST) {
        throw new IllegalArgumentException(
            "a weight is 0 to " + Accept.Preference.MOST + ", not " + weight);
      }
    }
  }

  /** Copies the preferences. */
  public AcceptEncoding {
    preferences = List.copyOf(preferences);
  }

  /**
   * {@return what a request accepts}
   *
   * @param headers its header fields
   */
  public static AcceptEncoding of(Headers headers) {
    String field = headers.combined(FIELD);
    return field == null ? NONE : parse(field);
  }

  /**
   * {@return what a field value accepts} A coding with a weight that nobody can understand is not
   * acceptable: to send it would be a guess.
   *
   * @param value the value of an {@code Accept-Encoding} field
   */
  public static AcceptEncoding parse(String value) {
    List<Preference> preferences = new ArrayList<>();
    for (String element : value.split(",", -1)) {
      String[] parts = element.split(";", -1);
      String coding = parts[0].strip().toLowerCase(Locale.ROOT);
      if (!coding.isEmpty()) {
        preferences.add(new Preference(canonical(coding), weight(parts)));
      }
    }
    return new AcceptEncoding(preferences);
  }

  /** Section 8.4.1: what it was called when it was an experiment. */
  private static String canonical(String coding) {
    return coding.equals("x-gzip") ? "gzip" : coding;
  }

  private static int weight(String[] parts) {
    int weight = Accept.Preference.MOST;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals >= 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase("q")) {
        weight = Math.min(weight, qvalue(parts[i].substring(equals + 1).strip()));
      }
    }
    return weight;
  }

  /** {@return a {@code qvalue} (section 12.4.2) in thousandths, 0 if it is none} */
  private static int qvalue(String text) {
    boolean sound =
        !text.isEmpty()
            && text.length() <= 5
            && (text.charAt(0) == '0' || text.charAt(0) == '1')
            && (text.length() == 1 || text.charAt(1) == '.');
    int thousandths = 0;
    int unit = Accept.Preference.MOST;
    for (int i = 0; sound && i < text.length(); i++) {
      if (i != 1) {
        int digit = text.charAt(i) - '0';
        sound = digit >= 0 && digit <= 9;
        thousandths += digit * unit;
        unit /= 10;
      }
    }
    return sound && thousandths <= Accept.Preference.MOST ? thousandths : 0;
  }

  /**
   * {@return the weight of a coding in thousandths, 0 if it is not acceptable}
   *
   * @param coding the coding, in small letters, not {@link #IDENTITY}
   */
  public int weight(String coding) {
    int any = 0;
    for (Preference preference : preferences) {
      if (preference.coding().equals(coding)) {
        return preference.weight();
      }
      if (preference.coding().equals("*")) {
        any = preference.weight();
      }
    }
    return any;
  }

  /**
   * {@return the weight of content as it is, in thousandths: least of all unless it is named, 0 if
   * it is not acceptable, by name or with all that is not named}
   */
  public int identity() {
    int weight = LEAST;
    for (Preference preference : preferences) {
      if (preference.coding().equals(IDENTITY)) {
        return preference.weight();
      }
      if (preference.coding().equals("*") && preference.weight() == 0) {
        weight = 0;
      }
    }
    return weight;
  }

  /**
   * {@return the coding to send: that of the greatest weight, the first of equals; empty where none
   * is acceptable, or content as it is would be preferred}
   *
   * @param <T> what stands for a coding
   * @param offers what the server can send, in the order it prefers
   * @param token the name of a coding, in small letters
   */
  public <T> Optional<T> choose(List<T> offers, Function<T, String> token) {
    Optional<T> best = Optional.empty();
    int most = Math.max(LEAST, identity());
    for (T offer : offers) {
      int weight = weight(token.apply(offer));
      if (best.isEmpty() ? weight >= most : weight > most) {
        best = Optional.of(offer);
        most = weight;
      }
    }
    return best;
  }
}
