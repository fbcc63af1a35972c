package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Header;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Compares headers of responses. */
final class HeaderComparison {
  private final Changes changes;
  private final ContentComparison contents;
  private final Rules rules;

  /** What it means that headers come, go and change, in a direction. */
  record Rules(
      Direction direction,
      ChangeRule added,
      ChangeRule requiredAdded,
      ChangeRule removed,
      ChangeRule requiredRemoved,
      ChangeRule becameRequired,
      ChangeRule becameOptional,
      ChangeRule serialization) {}

  HeaderComparison(Changes changes, ContentComparison contents, Rules rules) {
    this.changes = changes;
    this.contents = contents;
    this.rules = rules;
  }

  void compare(Site site, Owner owner, Map<String, Header> before, Map<String, Header> after) {
    Map<String, Named> old = byName(before);
    byName(after)
        .forEach((key, named) -> {
          Named match = old.remove(key);
          if (match == null) {
            boolean required = named.header().required();
            changes.added(
                site,
                required ? rules.requiredAdded() : rules.added(),
                owner,
                named.header().location(),
                named.text() + " was added");
          } else {
            compare(site.in("header " + named.name()), match.header(), named.header());
          }
        });
    old.values()
        .forEach(named ->
            changes.removed(
                site,
                named.header().required() ? rules.requiredRemoved() : rules.removed(),
                named.header().location(),
                owner,
                named.text() + " was removed"));
  }

  /** A header with its name as it is written. */
  private record Named(String name, Header header) {
    String text() {
      return (header.required() ? "the required header " : "the header ") + name;
    }
  }

  private static Map<String, Named> byName(Map<String, Header> headers) {
    Map<String, Named> byName = new LinkedHashMap<>();
    headers.forEach((name, header) -> {
      // Section 4.8.17: Content-Type is not described by a header.
      if (!name.equalsIgnoreCase("content-type")) {
        byName.put(name.toLowerCase(Locale.ROOT), new Named(name, header));
      }
    });
    return byName;
  }

  private void compare(Site site, Header before, Header after) {
    if (before.required() != after.required()) {
      changes.add(
          site,
          after.required() ? rules.becameRequired() : rules.becameOptional(),
          before.location(),
          after.location(),
          "the header became " + (after.required() ? "required" : "optional"));
    }
    if (before.deprecated() != after.deprecated()) {
      changes.add(
          site,
          ResponseRule.RESPONSE_HEADER_DEPRECATED,
          before.location(),
          after.location(),
          "deprecated changed from " + before.deprecated() + " to " + after.deprecated());
    }
    boolean respread =
        before.explode() != after.explode()
            && contents.mayBeComposite(before.schema(), after.schema());
    if (respread || !ContentComparison.sameForm(before.content(), after.content())) {
      changes.add(
          site,
          rules.serialization(),
          before.location(),
          after.location(),
          "the value changed from %s, explode %s to %s, explode %s"
              .formatted(
                  ContentComparison.form(before.content()),
                  before.explode(),
                  ContentComparison.form(after.content()),
                  after.explode()));
    }
    contents.value(site, Valued.of(before), Valued.of(after), rules.direction());
  }
}
