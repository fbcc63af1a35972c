package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;

/** The keywords of checks. */
final class Constraints {
  private Constraints() {}

  static String keyword(Check check) {
    return switch (check) {
      case Check.MinLength _ -> "minLength";
      case Check.MaxLength _ -> "maxLength";
      case Check.Matches _ -> "pattern";
      case Check.HasFormat _ -> "format";
      case Check.Minimum minimum -> minimum.exclusive() ? "exclusiveMinimum" : "minimum";
      case Check.Maximum maximum -> maximum.exclusive() ? "exclusiveMaximum" : "maximum";
      case Check.MultipleOf _ -> "multipleOf";
      case Check.Allowed _ -> "enum";
      case Check.MinItems _ -> "minItems";
      case Check.MaxItems _ -> "maxItems";
      case Check.Untyped _, Check.Nothing _ -> "type";
      case Check.Judged judged -> judged.keyword();
      case Check.Obeys obeys -> obeys.keyword();
      case Check.UniqueItems _ -> "uniqueItems";
      case Check.MinProperties _ -> "minProperties";
      case Check.MaxProperties _ -> "maxProperties";
    };
  }
}
