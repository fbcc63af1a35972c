package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.SourceLocation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects changes; what is found again for another operation counts once. */
final class Changes {
  private final Map<Key, Found> found = new LinkedHashMap<>();

  private record Key(
      ChangeRule rule,
      Optional<SourceLocation> before,
      Optional<SourceLocation> after,
      String message) {}

  private record Found(String path, Set<String> subjects) {}

  void add(
      Site site,
      ChangeRule rule,
      @Nullable SourceLocation before,
      @Nullable SourceLocation after,
      String message) {
    Key key = new Key(rule, Optional.ofNullable(before), Optional.ofNullable(after), message);
    found
        .computeIfAbsent(key, any -> new Found(site.path(), new LinkedHashSet<>()))
        .subjects()
        .add(site.subject());
  }

  List<Change> list() {
    return found.entrySet().stream()
        .map(entry -> change(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Change change(Key key, Found where) {
    return new Change(
        key.rule(),
        List.copyOf(where.subjects()),
        where.path(),
        key.before(),
        key.after(),
        key.message());
  }
}
