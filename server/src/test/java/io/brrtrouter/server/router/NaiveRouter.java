package io.brrtrouter.server.router;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@link Router} in the slowest and plainest way: every template against every path,
 * every division of a segment, the first by the written order.
 */
final class NaiveRouter {
  private static final Pattern PIECE =
      Pattern.compile("\\{[^}]*}|%[0-9A-Fa-f]{2}(?:%[89abAB][0-9A-Fa-f])*|.");

  private record Template(String text, List<List<String>> segments) {}

  private record Hit(Template template, List<String> values) {}

  private final List<Template> templates = new ArrayList<>();

  NaiveRouter(List<String> texts) {
    for (String text : texts) {
      templates.add(new Template(text, segments(text)));
    }
  }

  /** {@return the template and its raw values, or nothing} */
  List<String> match(String path) {
    List<Hit> hits = hits(path);
    if (hits.isEmpty()) {
      return List.of();
    }
    Hit best = hits.stream().min(Comparator.comparing(Hit::template, NaiveRouter::order)).get();
    List<String> result = new ArrayList<>();
    result.add(best.template().text());
    result.addAll(best.values());
    return result;
  }

  int candidates(String path) {
    return hits(path).size();
  }

  private List<Hit> hits(String path) {
    List<List<String>> segments = segments(path);
    List<Hit> hits = new ArrayList<>();
    for (Template template : templates) {
      if (template.segments().size() == segments.size()) {
        List<String> values = new ArrayList<>();
        boolean all = true;
        for (int i = 0; i < segments.size() && all; i++) {
          List<String> divided = divide(template.segments().get(i), segments.get(i));
          all = divided != null;
          if (divided != null) {
            values.addAll(divided);
          }
        }
        if (all) {
          hits.add(new Hit(template, values));
        }
      }
    }
    return hits;
  }

  private static List<List<String>> segments(String text) {
    List<List<String>> segments = new ArrayList<>();
    for (String segment : text.substring(1).split("/", -1)) {
      List<String> pieces = new ArrayList<>();
      Matcher matcher = PIECE.matcher(segment);
      while (matcher.find()) {
        pieces.add(matcher.group());
      }
      segments.add(pieces);
    }
    return segments;
  }

  /**
   * {@return the values of the division with the shortest first, then second ... value, or null}
   */
  private static @Nullable List<String> divide(List<String> template, List<String> pieces) {
    if (template.isEmpty()) {
      return pieces.isEmpty() ? List.of() : null;
    }
    String first = template.getFirst();
    List<String> rest = template.subList(1, template.size());
    if (!first.startsWith("{")) {
      return pieces.isEmpty() || !same(first, pieces.getFirst())
          ? null
          : divide(rest, pieces.subList(1, pieces.size()));
    }
    for (int length = 1; length <= pieces.size(); length++) {
      List<String> divided = divide(rest, pieces.subList(length, pieces.size()));
      if (divided != null) {
        List<String> values = new ArrayList<>();
        values.add(String.join("", pieces.subList(0, length)));
        values.addAll(divided);
        return values;
      }
    }
    return null;
  }

  private static boolean same(String one, String two) {
    return normal(one).equals(normal(two));
  }

  private static String normal(String piece) {
    return switch (piece.toUpperCase(java.util.Locale.ROOT)) {
      case "%7E" -> "~";
      case "%2D" -> "-";
      case "%C3%A9" -> "é";
      default -> piece;
    };
  }

  private static int order(Template one, Template two) {
    for (int i = 0; i < one.segments().size(); i++) {
      int order = orderOfSegments(one.segments().get(i), two.segments().get(i));
      if (order != 0) {
        return order;
      }
    }
    throw new AssertionError(one + " and " + two + " are equal");
  }

  private static int orderOfSegments(List<String> one, List<String> two) {
    int order = Boolean.compare(parameters(one) > 0, parameters(two) > 0);
    if (order != 0 || parameters(one) == 0) {
      return order;
    }
    order = Integer.compare(texts(two).getFirst().size(), texts(one).getFirst().size());
    if (order == 0) {
      order = Integer.compare(texts(two).getLast().size(), texts(one).getLast().size());
    }
    if (order == 0) {
      order = Integer.compare(two.size() - parameters(two), one.size() - parameters(one));
    }
    if (order == 0) {
      order = Integer.compare(parameters(two), parameters(one));
    }
    for (int i = 1; order == 0 && i < texts(one).size(); i++) {
      String left = String.join("", texts(one).get(i));
      String right = String.join("", texts(two).get(i));
      order = left.compareTo(right);
    }
    return order;
  }

  private static int parameters(List<String> segment) {
    return (int) segment.stream().filter(piece -> piece.startsWith("{")).count();
  }

  /** {@return the texts before, between and behind the parameters} */
  private static List<List<String>> texts(List<String> segment) {
    List<List<String>> texts = new ArrayList<>();
    texts.add(new ArrayList<>());
    for (String piece : segment) {
      if (piece.startsWith("{")) {
        texts.add(new ArrayList<>());
      } else {
        texts.getLast().add(normal(piece));
      }
    }
    return texts;
  }
}
