package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.SourceLocation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects changes; what is found again for another operation counts once. */
final class Changes {
  private final Map<Key, Found> found = new LinkedHashMap<>();

  /** Who has it where it is not there makes no other change of it. */
  private record Key(
      ChangeRule rule,
      Optional<SourceLocation> before,
      Optional<SourceLocation> after,
      String message) {}

  private record Found(
      String path, ChangeLocation before, ChangeLocation after, Set<String> subjects) {}

  /** Adds a change of what is in both documents. */
  void add(
      Site site, ChangeRule rule, SourceLocation before, SourceLocation after, String message) {
    add(site, rule, ChangeLocation.of(before), ChangeLocation.of(after), message);
  }

  /** Adds what is in the new document only. */
  void added(Site site, ChangeRule rule, Owner owner, SourceLocation after, String message) {
    add(site, rule, owner.missingBefore(), ChangeLocation.of(after), message);
  }

  /** Adds what is in the old document only. */
  void removed(Site site, ChangeRule rule, SourceLocation before, Owner owner, String message) {
    add(site, rule, ChangeLocation.of(before), owner.missingAfter(), message);
  }

  void add(
      Site site, ChangeRule rule, ChangeLocation before, ChangeLocation after, String message) {
    found
        .computeIfAbsent(
            new Key(rule, itself(before), itself(after), message),
            any -> new Found(site.path(), before, after, new LinkedHashSet<>()))
        .subjects()
        .add(site.subject());
  }

  private static Optional<SourceLocation> itself(ChangeLocation location) {
    return location.isThere() ? Optional.of(location.location()) : Optional.empty();
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
        where.before(),
        where.after(),
        key.message());
  }
}
