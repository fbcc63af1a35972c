package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.Construct;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects which constructs occur where. */
final class Report {
  /** By construct and by what tells its variants apart. */
  private final Map<Feature, Map<String, List<SourceLocation>>> places =
      new EnumMap<>(Feature.class);

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
    places
        .computeIfAbsent(feature, _ -> new TreeMap<>())
        .computeIfAbsent(detail, _ -> new ArrayList<>())
        .add(at);
  }

  /** {@return what was collected, in the order of {@link Feature}, then by detail} */
  List<Construct> constructs() {
    List<Construct> constructs = new ArrayList<>();
    places.forEach((feature, details) ->
        details.forEach((detail, at) ->
            constructs.add(
                new Construct(name(feature, detail), feature.treatment(), feature.note(), at))));
    return constructs;
  }

  private static String name(Feature feature, String detail) {
    return detail.isEmpty() ? feature.construct() : feature.construct() + " " + detail;
  }
}
