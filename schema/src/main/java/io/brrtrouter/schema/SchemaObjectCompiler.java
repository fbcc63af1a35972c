package io.brrtrouter.schema;

import io.brrtrouter.schema.pattern.EcmaPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Compiles one schema: here the keywords that look at a value as a whole. */
final class SchemaObjectCompiler {
  private final SchemaCompilation compilation;
  private final SchemaObject schema;
  private final Subschema target;
  private final List<Keyword> keywords = new ArrayList<>();
  private int allowedKinds = Kind.ALL;

  private SchemaObjectCompiler(SchemaCompilation compilation) {
    this.compilation = compilation;
    this.schema = compilation.schema();
    this.target = compilation.target();
  }

  static void compile(
      ProgramBuilder builder, CompilerOptions options, ProgramBuilder.Key key, Subschema target) {
    Location location = key.location();
    JsonNode value = location.value();
    if (value != null && value.isBoolean()) {
      boolean everything = value.booleanValue();
      target.complete(
          everything ? List.of() : List.of(new Never(target)), everything ? Kind.ALL : 0);
    } else if (value == null || !value.isObject()) {
      builder
          .problems()
          .addAt(
              location,
              Pointers.lastToken(location.pointer()),
              "a schema must be an object, true or false");
    } else {
      Dialect dialect = location.document().site(location.pointer()).dialect();
      SchemaObject schema = new SchemaObject(location, value, dialect, builder.problems());
      new SchemaObjectCompiler(
              new SchemaCompilation(builder, options, schema, key.context(), target))
          .compile();
    }
  }

  private void compile() {
    type();
    if (schema.mentions(Topic.SCALARS)) {
      values();
      numbers();
      strings();
      format();
    }
    InPlaceKeywords inPlace = new InPlaceKeywords(compilation);
    keywords.addAll(inPlace.compile());
    ShapeKeywords shapes = new ShapeKeywords(compilation, inPlace.evaluates());
    keywords.addAll(shapes.compile());
    target.complete(keywords, allowedKinds);
    target.completeUnevaluated(shapes.unevaluatedItems(), shapes.unevaluatedProperties());
  }

  private void type() {
    JsonNode type = schema.value("type", Vocabulary.VALIDATION);
    if (type == null) {
      return;
    }
    int kinds = 0;
    boolean integer = false;
    boolean number = false;
    for (JsonNode name : type.isArray() ? type.values() : List.of(type)) {
      int kind = name.isString() ? kindNamed(name.stringValue()) : Kind.NONE;
      if (kind == Kind.NONE) {
        unknownType(name);
        return;
      }
      kinds |= 1 << kind;
      integer |= name.stringValue().equals("integer");
      number |= name.stringValue().equals("number");
    }
    if (kinds == 0) {
      schema.problem("type", "\"type\" must name at least one type");
      return;
    }
    allowedKinds = kinds;
    keywords.add(new TypeKeyword(target, kinds, integer && !number, type));
  }

  private void unknownType(JsonNode name) {
    schema.problem(
        "type",
        Wording.value(name)
            + " is not a type; use \"string\", \"number\", \"integer\", \"boolean\", \"array\","
            + " \"object\" or \"null\"");
  }

  private static int kindNamed(String type) {
    return switch (type) {
      case "null" -> Kind.NULL;
      case "boolean" -> Kind.BOOLEAN;
      case "number", "integer" -> Kind.NUMBER;
      case "string" -> Kind.STRING;
      case "array" -> Kind.ARRAY;
      case "object" -> Kind.OBJECT;
      default -> Kind.NONE;
    };
  }

  private void values() {
    JsonNode values = schema.array("enum", Vocabulary.VALIDATION);
    if (values != null) {
      keywords.add(EnumKeyword.ofEnum(target, values));
    }
    JsonNode value = schema.value("const", Vocabulary.VALIDATION);
    if (value != null) {
      keywords.add(EnumKeyword.ofConst(target, value));
    }
  }

  private void numbers() {
    List<NumberRange.Bound> bounds = new ArrayList<>();
    for (NumberRange.Limit limit : NumberRange.Limit.values()) {
      JsonNode written = schema.number(limit.keyword);
      if (written != null) {
        bounds.add(new NumberRange.Bound(limit, written));
      }
    }
    if (!bounds.isEmpty()) {
      keywords.add(new NumberRange(target, bounds));
    }
    JsonNode divisor = schema.number("multipleOf");
    if (divisor == null) {
      return;
    }
    if (Numbers.decimal(divisor).signum() <= 0) {
      schema.problem("multipleOf", "\"multipleOf\" must be greater than 0");
    } else if (!Numbers.isTractable(Numbers.decimal(divisor))) {
      schema.problem(
          "multipleOf",
          "\"multipleOf\" must have an exponent between -"
              + Numbers.MAX_EXPONENT
              + " and "
              + Numbers.MAX_EXPONENT);
    } else {
      keywords.add(new MultipleOf(target, divisor, compilation.options().mostExponent()));
    }
  }

  private void strings() {
    JsonNode minimum = schema.size("minLength");
    JsonNode maximum = schema.size("maxLength");
    if (minimum != null || maximum != null) {
      keywords.add(new StringLength(target, minimum, maximum));
    }
    String text = schema.text("pattern", Vocabulary.VALIDATION);
    EcmaPattern pattern =
        text == null
            ? null
            : compilation.pattern(schema.location.child("pattern"), "pattern", text);
    if (text != null && pattern != null) {
      keywords.add(new PatternKeyword(target, pattern, StringNode.valueOf(text)));
    }
  }

  /** An unknown format is an annotation. */
  private void format() {
    boolean always = schema.has(Vocabulary.FORMAT_ASSERTION);
    String name =
        schema.text("format", always ? Vocabulary.FORMAT_ASSERTION : Vocabulary.FORMAT_ANNOTATION);
    if (name == null || (!always && !compilation.options().assertFormats())) {
      return;
    }
    Optional<NumericFormat.Range> range = NumericFormat.Range.named(name);
    range.ifPresent(r -> keywords.add(new NumericFormat(target, r)));
    @Nullable Format format = compilation.options().format(name).orElse(null);
    if (format != null) {
      keywords.add(new FormatKeyword(target, format, StringNode.valueOf(name)));
    }
  }
}
