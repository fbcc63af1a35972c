package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the parameters of operations that clients call. */
final class ParameterComparison {
  private final Changes changes;
  private final ContentComparison contents;
  private final Notes notes;

  ParameterComparison(Changes changes, ContentComparison contents, Notes notes) {
    this.changes = changes;
    this.contents = contents;
    this.notes = notes;
  }

  void compare(Site site, Operation before, Operation after) {
    Map<String, Parameter> old = new LinkedHashMap<>();
    Map<String, String> names = Templates.names(before.path(), after.path());
    for (Parameter each : before.parameters()) {
      boolean inPath = each.in() == ParameterLocation.PATH;
      old.put(key(each, inPath ? names.getOrDefault(each.name(), each.name()) : each.name()), each);
    }
    Owner owner = Owner.of(before, after);
    List<Parameter> added = new ArrayList<>();
    for (Parameter each : after.parameters()) {
      Parameter match = old.remove(key(each, each.name()));
      if (match == null) {
        added.add(each);
      } else {
        compare(site.in(name(each)), match, each);
      }
    }
    for (Parameter each : added) {
      Parameter moved = takeNamed(each.name(), old.values().iterator());
      if (moved == null) {
        added(site.in(name(each)), each, owner);
      } else {
        moved(site.in(name(each)), moved, each);
      }
    }
    old.values().forEach(each -> removed(site.in(name(each)), each, owner));
  }

  static String key(Parameter parameter, String name) {
    boolean anyCase = parameter.in() == ParameterLocation.HEADER;
    return parameter.in() + " " + (anyCase ? name.toLowerCase(Locale.ROOT) : name);
  }

  static String name(Parameter parameter) {
    return parameter.in().word() + " parameter " + parameter.name();
  }

  private static @Nullable Parameter takeNamed(String name, Iterator<Parameter> parameters) {
    while (parameters.hasNext()) {
      Parameter each = parameters.next();
      if (each.name().equals(name)) {
        parameters.remove();
        return each;
      }
    }
    return null;
  }

  private void added(Site site, Parameter parameter, Owner owner) {
    changes.added(
        site,
        parameter.required()
            ? ParameterRule.PARAMETER_ADDED_REQUIRED
            : ParameterRule.PARAMETER_ADDED_OPTIONAL,
        owner,
        parameter.location(),
        (parameter.required() ? "the required " : "the optional ")
            + name(parameter)
            + " was added");
  }

  private void removed(Site site, Parameter parameter, Owner owner) {
    changes.removed(
        site,
        ParameterRule.PARAMETER_REMOVED,
        parameter.location(),
        owner,
        "the " + name(parameter) + " was removed");
  }

  private void moved(Site site, Parameter before, Parameter after) {
    changes.add(
        site,
        ParameterRule.PARAMETER_LOCATION_CHANGED,
        before.location(),
        after.location(),
        "\"%s\" moved from %s to %s"
            .formatted(after.name(), before.in().word(), after.in().word()));
    compare(site, before, after);
  }

  private void compare(Site site, Parameter before, Parameter after) {
    flag(
        site,
        before,
        after,
        new Flag(
            "required",
            before.required(),
            after.required(),
            ParameterRule.PARAMETER_BECAME_REQUIRED,
            ParameterRule.PARAMETER_BECAME_OPTIONAL));
    flag(
        site,
        before,
        after,
        new Flag(
            "allowReserved",
            before.allowReserved(),
            after.allowReserved(),
            ParameterRule.PARAMETER_RESERVED_ALLOWED,
            ParameterRule.PARAMETER_RESERVED_NO_LONGER_ALLOWED));
    flag(
        site,
        before,
        after,
        new Flag(
            "allowEmptyValue",
            before.allowEmptyValue(),
            after.allowEmptyValue(),
            ParameterRule.PARAMETER_EMPTY_ALLOWED,
            ParameterRule.PARAMETER_EMPTY_NO_LONGER_ALLOWED));
    flag(
        site,
        before,
        after,
        new Flag(
            "deprecated",
            before.deprecated(),
            after.deprecated(),
            ParameterRule.PARAMETER_DEPRECATED,
            ParameterRule.PARAMETER_DEPRECATED));
    value(site, before, after);
    notes.parameters(site, before, after);
  }

  /** A field that is true or false, and what it means that it became so. */
  private record Flag(
      String name, boolean before, boolean after, ParameterRule set, ParameterRule unset) {}

  private void flag(Site site, Parameter before, Parameter after, Flag flag) {
    if (flag.before() != flag.after()) {
      changes.add(
          site,
          flag.after() ? flag.set() : flag.unset(),
          before.location(),
          after.location(),
          "%s changed from %s to %s".formatted(flag.name(), flag.before(), flag.after()));
    }
  }

  private void value(Site site, Parameter before, Parameter after) {
    if (!ContentComparison.sameForm(before.content(), after.content())) {
      changes.add(
          site,
          ParameterRule.PARAMETER_CONTENT_CHANGED,
          before.location(),
          after.location(),
          "the value changed from %s to %s"
              .formatted(
                  ContentComparison.form(before.content()),
                  ContentComparison.form(after.content())));
      return;
    }
    if (before.in() == after.in()) {
      serialization(site, before, after);
    }
    contents.value(site, Valued.of(before), Valued.of(after), Direction.REQUEST);
  }

  private void serialization(Site site, Parameter before, Parameter after) {
    boolean restyled = before.style() != after.style();
    boolean respread = before.explode() != after.explode();
    if (!after.content().isEmpty() || (!restyled && !respread)) {
      return;
    }
    boolean matters =
        (restyled && Styles.differForScalars(before.style(), after.style()))
            || contents.mayBeComposite(before.schema(), after.schema());
    changes.add(
        site,
        matters
            ? ParameterRule.PARAMETER_SERIALIZATION_CHANGED
            : ParameterRule.PARAMETER_SERIALIZATION_WITHOUT_EFFECT,
        before.location(),
        after.location(),
        "the serialization changed from %s to %s"
            .formatted(Styles.text(before), Styles.text(after)));
  }
}
