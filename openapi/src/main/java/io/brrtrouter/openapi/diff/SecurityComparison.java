package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares who may call an operation: whoever satisfied one of the old alternatives must satisfy
 * one of the new (OpenAPI 3.1.1 section 4.8.30).
 */
final class SecurityComparison {
  private static final SecurityRequirement ANONYMOUS =
      new SecurityRequirement(new SourceLocation("", 0, 0), Map.of());

  private final Map<String, SecurityScheme> before;
  private final Map<String, SecurityScheme> after;
  private final Changes changes;
  private final SchemeComparison schemes;

  /** New names of schemes that are called otherwise but are the same, by their old names. */
  private final Map<String, String> renamed = new HashMap<>();

  SecurityComparison(
      Map<String, SecurityScheme> before, Map<String, SecurityScheme> after, Changes changes) {
    this.before = before;
    this.after = after;
    this.changes = changes;
    schemes = new SchemeComparison(changes);
    Set<String> free = new HashSet<>(after.keySet());
    free.removeAll(before.keySet());
    before.forEach((name, scheme) -> {
      if (!after.containsKey(name)) {
        after.entrySet().stream()
            .filter(each -> free.contains(each.getKey()))
            .filter(each -> SchemeComparison.same(scheme, each.getValue()))
            .findFirst()
            .ifPresent(each -> {
              free.remove(each.getKey());
              renamed.put(name, each.getKey());
            });
      }
    });
  }

  void compare(Site site, Operation old, Operation now) {
    List<SecurityRequirement> olds =
        distinct(alternatives(old).stream().map(this::withNewNames).toList());
    List<SecurityRequirement> news = distinct(alternatives(now));
    boolean wasOpen = olds.stream().anyMatch(each -> each.schemes().isEmpty());
    boolean isOpen = news.stream().anyMatch(each -> each.schemes().isEmpty());
    if (isOpen && !wasOpen) {
      changes.add(
          site,
          SecurityRule.SECURITY_REMOVED,
          olds.getFirst().location(),
          now.location(),
          "anybody may call it; before it took " + text(olds));
    } else if (wasOpen && !isOpen) {
      changes.add(
          site,
          SecurityRule.SECURITY_ADDED,
          old.location(),
          news.getFirst().location(),
          "anybody could call it; now it takes " + text(news));
    }
    if (!isOpen) {
      olds.stream()
          .filter(each -> !each.schemes().isEmpty())
          .forEach(each -> stillServed(site, each, news, now));
    }
    if (!wasOpen) {
      news.stream()
          .filter(each -> !each.schemes().isEmpty())
          .forEach(each -> widened(site, each, olds, Owner.of(old, now)));
    }
    used(site, olds, news);
  }

  private static List<SecurityRequirement> alternatives(Operation operation) {
    return operation.security().isEmpty() ? List.of(ANONYMOUS) : operation.security();
  }

  /** Neither where an alternative stands nor the order of its scopes makes another of it. */
  private static List<SecurityRequirement> distinct(List<SecurityRequirement> alternatives) {
    Map<Map<String, Set<String>>, SecurityRequirement> distinct = new LinkedHashMap<>();
    for (SecurityRequirement each : alternatives) {
      Map<String, Set<String>> schemes = new HashMap<>();
      each.schemes().forEach((name, scopes) -> schemes.put(name, Set.copyOf(scopes)));
      distinct.putIfAbsent(schemes, each);
    }
    return List.copyOf(distinct.values());
  }

  private SecurityRequirement withNewNames(SecurityRequirement requirement) {
    Map<String, List<String>> named = new LinkedHashMap<>();
    requirement
        .schemes()
        .forEach((name, scopes) -> named.put(renamed.getOrDefault(name, name), scopes));
    return new SecurityRequirement(requirement.location(), named);
  }

  /** An old alternative is served if a new one asks for nothing more. */
  private void stillServed(
      Site site, SecurityRequirement old, List<SecurityRequirement> news, Operation now) {
    List<SecurityRequirement> sameSchemes =
        news.stream()
            .filter(each -> old.schemes().keySet().containsAll(each.schemes().keySet()))
            .toList();
    if (sameSchemes.stream().anyMatch(each -> missingScopes(old, each).isEmpty())) {
      return;
    }
    if (!sameSchemes.isEmpty()) {
      SecurityRequirement near = sameSchemes.getFirst();
      changes.add(
          site,
          SecurityRule.SECURITY_SCOPE_ADDED,
          old.location(),
          near.location(),
          text(List.of(old)) + " now needs " + Texts.quoted(missingScopes(old, near)) + " too");
      return;
    }
    news.stream()
        .filter(each -> each.schemes().keySet().containsAll(old.schemes().keySet()))
        .findFirst()
        .ifPresentOrElse(
            more ->
                changes.add(
                    site,
                    SecurityRule.SECURITY_SCHEME_ALSO_REQUIRED,
                    old.location(),
                    more.location(),
                    text(List.of(old))
                        + " is no longer enough; now it takes "
                        + text(List.of(more))),
            () ->
                changes.add(
                    site,
                    SecurityRule.SECURITY_ALTERNATIVE_REMOVED,
                    old.location(),
                    now.location(),
                    text(List.of(old)) + " no longer counts; now it takes " + text(news)));
  }

  /** {@return scopes that one alternative asks for and another does not} */
  private static Set<String> missingScopes(
      SecurityRequirement lacking, SecurityRequirement asking) {
    Set<String> missing = new TreeSet<>();
    asking
        .schemes()
        .forEach((name, scopes) -> {
          Set<String> more = new TreeSet<>(scopes);
          more.removeAll(new HashSet<>(lacking.schemes().getOrDefault(name, List.of())));
          missing.addAll(more);
        });
    return missing;
  }

  /**
   * A new alternative lets somebody in who was not, unless an old one asked for nothing more. It is
   * an old one with fewer scopes only if all callers who had that one have it too.
   */
  private void widened(
      Site site, SecurityRequirement now, List<SecurityRequirement> olds, Owner owner) {
    if (olds.stream().anyMatch(old -> asksForNoMore(old, now))) {
      return;
    }
    olds.stream()
        .filter(old -> old.schemes().keySet().equals(now.schemes().keySet()))
        .filter(old -> asksForNoMore(now, old))
        .findFirst()
        .ifPresentOrElse(
            old ->
                changes.add(
                    site,
                    SecurityRule.SECURITY_SCOPE_REMOVED,
                    old.location(),
                    now.location(),
                    text(List.of(now))
                        + " no longer needs "
                        + Texts.quoted(missingScopes(now, old))),
            () -> alternativeAdded(site, now, olds, owner));
  }

  private void alternativeAdded(
      Site site, SecurityRequirement now, List<SecurityRequirement> olds, Owner owner) {
    olds.stream()
        .filter(old -> asksForNoMore(now, old))
        .findFirst()
        .ifPresentOrElse(
            old ->
                changes.add(
                    site,
                    SecurityRule.SECURITY_SCHEME_NO_LONGER_REQUIRED,
                    old.location(),
                    now.location(),
                    text(List.of(now)) + " is enough; before it took " + text(List.of(old))),
            () ->
                changes.added(
                    site,
                    SecurityRule.SECURITY_ALTERNATIVE_ADDED,
                    owner,
                    now.location(),
                    text(List.of(now)) + " counts too"));
  }

  /** {@return whether whoever satisfies one alternative satisfies another} */
  private static boolean asksForNoMore(SecurityRequirement it, SecurityRequirement than) {
    return than.schemes().keySet().containsAll(it.schemes().keySet())
        && missingScopes(than, it).isEmpty();
  }

  private void used(Site site, List<SecurityRequirement> olds, List<SecurityRequirement> news) {
    Set<String> used = new TreeSet<>();
    news.forEach(each -> used.addAll(each.schemes().keySet()));
    Set<String> usedBefore = new TreeSet<>();
    olds.forEach(each -> usedBefore.addAll(each.schemes().keySet()));
    used.retainAll(usedBefore);
    Map<String, String> oldNames = new HashMap<>();
    renamed.forEach((old, now) -> oldNames.put(now, old));
    for (String name : used) {
      String oldName = oldNames.getOrDefault(name, name);
      SecurityScheme old = before.get(oldName);
      SecurityScheme now = after.get(name);
      if (old == null || now == null) {
        continue;
      }
      if (!oldName.equals(name)) {
        changes.add(
            site,
            SecurityRule.SECURITY_SCHEME_RENAMED,
            old.location(),
            now.location(),
            "the security scheme \"" + oldName + "\" is now called \"" + name + "\"");
      }
      schemes.compare(site.in("security scheme " + name), old, now);
    }
  }

  private static String text(List<SecurityRequirement> alternatives) {
    List<String> texts = new ArrayList<>();
    alternatives.forEach(each -> texts.add(text(each)));
    return Texts.cut(String.join(" or ", texts));
  }

  private static String text(SecurityRequirement alternative) {
    if (alternative.schemes().isEmpty()) {
      return "nothing";
    }
    return alternative.schemes().entrySet().stream()
        .map(entry ->
            entry.getValue().isEmpty()
                ? entry.getKey()
                : entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .collect(Collectors.joining(" and "));
  }
}
