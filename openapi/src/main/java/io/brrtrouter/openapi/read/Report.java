package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.Construct;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects which constructs occur where. */
final class Report {
  private final Map<Row, List<SourceLocation>> places = new HashMap<>();

  private record Row(Feature feature, String detail) {
    String name() {
      return detail.isEmpty() ? feature.construct() : feature.construct() + " " + detail;
    }
  }

  void add(Feature feature, SourceLocation at) {
    add(feature, "", at);
  }

  /**
   * Notes one occurrence.
   *
   * @param feature the construct
   * @param detail what tells variants apart, for example a media type
   * @param at where
   */
  void add(Feature feature, String detail, SourceLocation at) {
    places.computeIfAbsent(new Row(feature, detail), row -> new ArrayList<>()).add(at);
  }

  /** {@return what was collected, in the order of {@link Feature}, then by detail} */
  List<Construct> constructs() {
    return places.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(Comparator.comparing(Row::feature).thenComparing(Row::detail)))
        .map(entry ->
            new Construct(
                entry.getKey().name(),
                entry.getKey().feature().treatment(),
                entry.getKey().feature().note(),
                entry.getValue()))
        .toList();
  }
}
