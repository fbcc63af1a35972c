package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules on pairs of paths: the same path twice, paths that match the same requests, paths that
 * differ in a slash only (OpenAPI 3.1.1 section 4.8.8).
 */
final class PathRules {
  /** Stands for the beginning of paths whose first segment is no fixed text. */
  private static final String ANYTHING = "{}";

  /** Overlaps are looked for in pairs; 3,000 paths that begin alike take no more comparisons. */
  private static final int MAX_COMPARISONS = 5_000_000;

  /** Grouping overlaps is work for every group with all that are left. */
  private static final int MAX_OVERLAPS = 10_000;

  private final Report report;
  private final Map<String, Path> bySignature = new HashMap<>();

  /** Each list, and the lists, in document order. */
  private final Map<String, List<Path>> byBeginning = new LinkedHashMap<>();

  /** Both ways round, in document order. */
  private final Map<Path, Set<Path>> overlaps = new LinkedHashMap<>();

  private int comparisons;
  private int overlapCount;

  /** How many paths are listed in {@link #byBeginning}. */
  private int listed;

  /** Pairs of paths that were not compared, and the first path of which some were not. */
  private long left;

  private @Nullable Path firstLeft;

  PathRules(Report report) {
    this.report = report;
  }

  private record Path(LocatedNode entry, List<Segment> segments) {
    String template() {
      return entry.key();
    }

    /** An entry is one path; its segments need not be looked at to find it in a map. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Path that && entry.equals(that.entry);
    }

    @Override
    public int hashCode() {
      return entry.hashCode();
    }
  }

  void check(LocatedNode root) {
    for (LocatedNode entry : Tree.entries(root, "paths")) {
      if (entry.key().startsWith("/")) {
        Path path = new Path(entry, Segment.split(entry.key()));
        ambiguous(path);
        trailingSlash(path);
        overlapping(path);
      }
    }
    overlaps();
    incomplete();
  }

  private void ambiguous(Path path) {
    Path first = bySignature.putIfAbsent(signature(path.template()), path);
    if (first != null) {
      report.add(
          Rule.AMBIGUOUS_PATHS,
          path.entry().nameLocation(),
          path.template()
              + " is the same path as "
              + first.template()
              + " "
              + elsewhere(first, path)
              + ": names of parameters do not tell paths apart",
          "merge the two path items");
    }
  }

  private static String signature(String template) {
    return template.replaceAll("\\{[^{}]*\\}", "{}");
  }

  private void trailingSlash(Path path) {
    String template = path.template();
    String other =
        template.endsWith("/") ? template.substring(0, template.length() - 1) : template + "/";
    Path first = bySignature.get(signature(other));
    if (first != null) {
      report.add(
          Rule.TRAILING_SLASH,
          path.entry().nameLocation(),
          template
              + " and "
              + first.template()
              + " "
              + elsewhere(first, path)
              + " differ only in the slash at the end",
          "keep one of them; clients mix them up");
    }
  }

  private void overlapping(Path path) {
    Segment first = path.segments().getFirst();
    String beginning = first.isLiteral() ? first.text() : ANYTHING;
    int pairs =
        first.isLiteral()
            ? beginningWith(beginning).size() + beginningWith(ANYTHING).size()
            : listed;
    if (comparisons > MAX_COMPARISONS || overlapCount >= MAX_OVERLAPS) {
      leave(path, pairs);
    } else if (first.isLiteral()) {
      compare(path, List.of(beginningWith(beginning), beginningWith(ANYTHING)), pairs);
    } else {
      compare(path, byBeginning.values(), pairs);
    }
    byBeginning.computeIfAbsent(beginning, _ -> new ArrayList<>()).add(path);
    listed++;
  }

  private List<Path> beginningWith(String text) {
    return byBeginning.getOrDefault(text, List.of());
  }

  private void compare(Path path, Collection<List<Path>> candidates, int pairs) {
    int compared = 0;
    for (List<Path> others : candidates) {
      for (Path other : others) {
        if (overlapCount == MAX_OVERLAPS) {
          leave(path, pairs - compared);
          return;
        }
        compared++;
        if (overlap(other, path)) {
          overlapCount++;
          overlaps.computeIfAbsent(path, _ -> new LinkedHashSet<>()).add(other);
          overlaps.computeIfAbsent(other, _ -> new LinkedHashSet<>()).add(path);
        }
      }
    }
    comparisons += compared;
  }

  private void leave(Path path, int pairs) {
    left += pairs;
    if (pairs > 0 && firstLeft == null) {
      firstLeft = path;
    }
  }

  /** Whoever reads no more findings must not believe that there are no more overlaps. */
  private void incomplete() {
    if (firstLeft != null) {
      report.add(
          Rule.OVERLAPPING_PATHS,
          firstLeft.entry().nameLocation(),
          String.format(
              Locale.ROOT,
              "from here on %,d pairs of paths that may overlap were not compared: there are too many",
              left),
          "let paths begin with different words; then fewer have to be compared");
    }
  }

  /**
   * {@return whether some request matches both, and neither is the more concrete one throughout}
   */
  private static boolean overlap(Path a, Path b) {
    if (a.segments().size() != b.segments().size()) {
      return false;
    }
    boolean first = false;
    boolean second = false;
    for (int i = 0; i < a.segments().size(); i++) {
      Segment ofA = a.segments().get(i);
      Segment ofB = b.segments().get(i);
      if (!ofA.meets(ofB)) {
        return false;
      }
      first |= ofA.concreteness() > ofB.concreteness();
      second |= ofB.concreteness() > ofA.concreteness();
    }
    return first && second;
  }

  /** How many overlaps a path had when this was noted; its place among paths that overlap. */
  private record Busy(Path path, int count, int place) {
    static final Comparator<Busy> MOST_FIRST =
        Comparator.comparingInt(Busy::count).reversed().thenComparingInt(Busy::place);
  }

  /** Most overlaps have one path in common: that path is reported, with how many it overlaps. */
  private void overlaps() {
    Map<Path, Integer> places = new HashMap<>();
    PriorityQueue<Busy> queue = new PriorityQueue<>(Busy.MOST_FIRST);
    overlaps.forEach((path, others) -> {
      places.put(path, places.size());
      queue.add(new Busy(path, others.size(), places.size() - 1));
    });
    while (!queue.isEmpty()) {
      Busy next = queue.remove();
      Path busiest = next.path();
      Set<Path> others = overlaps.get(busiest);
      if (others == null || others.size() < next.count()) {
        // Noted again with what was left.
        continue;
      }
      overlaps.remove(busiest);
      for (Path other : others) {
        Set<Path> rest = Objects.requireNonNull(overlaps.get(other));
        rest.remove(busiest);
        if (rest.isEmpty()) {
          overlaps.remove(other);
        } else {
          int place = Objects.requireNonNull(places.get(other));
          queue.add(new Busy(other, rest.size(), place));
        }
      }
      Path first = others.iterator().next();
      report.add(
          Rule.OVERLAPPING_PATHS,
          busiest.entry().nameLocation(),
          Segment.example(first.segments(), busiest.segments())
              + " matches both "
              + busiest.template()
              + " and "
              + first.template()
              + " "
              + elsewhere(first, busiest)
              + more(others.size() - 1),
          "rename a segment; otherwise the path with the first concrete segment answers");
    }
  }

  private static String more(int count) {
    return switch (count) {
      case 0 -> "";
      case 1 -> ", and one more path likewise";
      default -> ", and " + count + " more paths likewise";
    };
  }

  private static String elsewhere(Path other, Path from) {
    return Report.elsewhere(other.entry().nameLocation(), from.entry().nameLocation());
  }
}
