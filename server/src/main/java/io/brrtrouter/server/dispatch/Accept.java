package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.MediaRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client is willing to take: the {@code Accept} field (RFC 9110 section 12.5.1), parsed.
 * Elements that are no media range are skipped; nothing left means anything is welcome.
 */
final class Accept {
  private static final Accept ANYTHING = new Accept(List.of());

  private final List<Wish> wishes;

  private record Wish(MediaRange range, double quality, int specificity) {}

  private Accept(List<Wish> wishes) {
    this.wishes = wishes;
  }

  /**
   * {@return what the fields say}
   *
   * @param fields the values of all {@code Accept} fields; none means anything
   */
  static Accept parse(List<String> fields) {
    List<Wish> wishes = new ArrayList<>();
    for (String field : fields) {
      for (String element : elements(field)) {
        MediaRange.parse(element).ifPresent(range -> wishes.add(wish(range)));
      }
    }
    return wishes.isEmpty() ? ANYTHING : new Accept(wishes);
  }

  /** Splits at commas outside quoted strings. */
  private static List<String> elements(String field) {
    List<String> elements = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ',' && !quoted) {
        elements.add(field.substring(from, i));
        from = i + 1;
      }
    }
    elements.add(field.substring(from));
    return elements;
  }

  private static Wish wish(MediaRange range) {
    Map<String, String> parameters = new TreeMap<>(range.parameters());
    String weight = parameters.remove("q");
    MediaRange plain = new MediaRange(range.type(), range.subtype(), parameters);
    int specificity = range.type().equals("*") ? 0 : range.isRange() ? 1 : 2 + parameters.size();
    return new Wish(plain, quality(weight == null ? "1" : weight), specificity);
  }

  /** RFC 9110 section 12.4.2: 0 to 1 with up to three decimals; what is not is 1. */
  private static double quality(String weight) {
    boolean sound = weight.length() <= 5 && !weight.isEmpty();
    for (int i = 0; i < weight.length(); i++) {
      char c = weight.charAt(i);
      sound &= i == 1 ? c == '.' : c >= '0' && c <= '9';
    }
    return sound ? Math.min(1, Double.parseDouble(weight)) : 1;
  }

  /**
   * {@return how welcome a media type is, from 0 for not at all to 1}
   *
   * @param declared the media type or range the document declares
   */
  double quality(MediaRange declared) {
    if (wishes.isEmpty()) {
      return 1;
    }
    double quality = 0;
    int best = -1;
    for (Wish wish : wishes) {
      if (wish.specificity > best && wish.range.intersects(declared)) {
        best = wish.specificity;
        quality = wish.quality;
      }
    }
    return quality;
  }

  /**
   * {@return the index of the most welcome media type, the first of equals; -1 if none is}
   *
   * @param declared what there is, the server's favourite first
   */
  int choose(List<MediaRange> declared) {
    int chosen = -1;
    double best = 0;
    for (int i = 0; i < declared.size(); i++) {
      double quality = quality(declared.get(i));
      if (quality > best) {
        best = quality;
        chosen = i;
      }
    }
    return chosen;
  }
}
