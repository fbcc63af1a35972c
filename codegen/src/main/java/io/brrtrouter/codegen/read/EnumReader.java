package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Declaration.EnumEntry;
import io.brrtrouter.codegen.model.Declaration.TextEnum;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.List;

/** Reads strings of known values as enums. */
final class EnumReader {
  private final TypeReader types;

  EnumReader(TypeReader types) {
    this.types = types;
  }

  /** {@return whether strings of known values deserve a class: a single {@code const} does not} */
  static boolean isEnum(Facets facets) {
    return facets.allowed != null && !(facets.constant && facets.allowed.size() == 1);
  }

  /** {@return whether a class file has room for the values} */
  static boolean fits(Facets facets) {
    return facets.allowed == null
        || (facets.allowed.size() <= Limits.ENUM_VALUES
            && facets.allowed.values().stream()
                .map(Facets.Choice::value)
                .allMatch(value -> value.asString("").length() <= Limits.CONSTANT_CHARACTERS));
  }

  Value read(Group group, Facets facets, Hint hint) {
    List<EnumEntry> entries = entries(facets);
    List<Unfusable> unfusable = facets.unfusable();
    facets.text.forEach(check ->
        unfusable.add(
            new Unfusable(
                Constraints.keyword(check), "a demand on the values of an enum", check.origin())));
    facets.formats.forEach(format ->
        unfusable.add(
            new Unfusable("format", "a demand on the values of an enum", format.origin())));
    Draft draft =
        types.declare(
            group,
            hint,
            View.PLAIN,
            Draft.Kind.ENUM,
            any ->
                new TextEnum(
                    any.name,
                    new Docs(facets.title, facets.description, facets.deprecated),
                    group.first().origin(),
                    entries,
                    types.choices.openEnums()));
    return new Value(
        new JavaType.Declared(draft.name),
        facets.isNullable(),
        List.of(),
        unfusable,
        group.first().origin());
  }

  private static List<EnumEntry> entries(Facets facets) {
    Names.Scope scope = Names.Scope.ofMembers();
    List<EnumEntry> entries = new ArrayList<>();
    if (facets.allowed != null) {
      for (Facets.Choice choice : facets.allowed.values()) {
        if (choice.value().isString()) {
          String value = choice.value().stringValue();
          entries.add(
              new EnumEntry(
                  scope.take(Names.constant(value)),
                  value,
                  new Docs(choice.title(), choice.description(), false)));
        }
      }
    }
    return entries;
  }
}
