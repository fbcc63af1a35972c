package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Rules on pairs of paths: the same path twice, paths that match the same requests, paths that
 * differ in a slash only (OpenAPI 3.1.1 section 4.8.8).
 */
final class PathRules {
  /** Overlaps are looked for in pairs; 3,000 paths that begin alike take no more comparisons. */
  private static final int MAX_COMPARISONS = 5_000_000;

  /** Grouping overlaps is work for every group with all that are left. */
  private static final int MAX_OVERLAPS = 10_000;

  private final Report report;
  private final Map<String, Path> bySignature = new HashMap<>();
  private final Map<String, List<Path>> byBeginning = new HashMap<>();

  /** Both ways round, in document order. */
  private final Map<Path, Set<Path>> overlaps = new LinkedHashMap<>();

  private int comparisons;
  private int overlapCount;

  PathRules(Report report) {
    this.report = report;
  }

  private record Path(LocatedNode entry, List<Segment> segments) {
    String template() {
      return entry.key();
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
    if (comparisons > MAX_COMPARISONS || overlapCount >= MAX_OVERLAPS) {
      return;
    }
    Segment beginning = path.segments().getFirst();
    List<Path> candidates = new ArrayList<>();
    if (beginning.isLiteral()) {
      candidates.addAll(byBeginning.getOrDefault(beginning.text(), List.of()));
      candidates.addAll(byBeginning.getOrDefault("{}", List.of()));
    } else {
      byBeginning.values().forEach(candidates::addAll);
    }
    comparisons += candidates.size();
    for (Path other : candidates) {
      if (overlapCount < MAX_OVERLAPS && overlap(other, path)) {
        overlapCount++;
        overlaps.computeIfAbsent(path, each -> new LinkedHashSet<>()).add(other);
        overlaps.computeIfAbsent(other, each -> new LinkedHashSet<>()).add(path);
      }
    }
    byBeginning
        .computeIfAbsent(beginning.isLiteral() ? beginning.text() : "{}", key -> new ArrayList<>())
        .add(path);
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

  /** Most overlaps have one path in common: that path is reported, with how many it overlaps. */
  private void overlaps() {
    while (!overlaps.isEmpty()) {
      Path busiest =
          overlaps.entrySet().stream()
              .max(Comparator.comparingInt(entry -> entry.getValue().size()))
              .orElseThrow()
              .getKey();
      Set<Path> others = Objects.requireNonNull(overlaps.remove(busiest));
      for (Path other : others) {
        Set<Path> rest = Objects.requireNonNull(overlaps.get(other));
        rest.remove(busiest);
        if (rest.isEmpty()) {
          overlaps.remove(other);
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
