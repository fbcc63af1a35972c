package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.Declaration.Alternative;
import io.brrtrouter.codegen.model.Declaration.ObjectRecord;
import io.brrtrouter.codegen.model.Declaration.Tag;
import io.brrtrouter.codegen.model.Declaration.Union;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.codegen.print.ValueCodecs.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Prints how alternatives are told apart, and how each is read and written. */
final class UnionCodecPrinter {
  private final CodecBody body;
  private final Union union;
  private final ValueCodecs values;
  private final String type;

  UnionCodecPrinter(CodecBody body, Union union) {
    this.body = body;
    this.union = union;
    this.values = new ValueCodecs(body);
    this.type = body.file.use(union.name().qualified());
  }

  void print() {
    if (!(union.tag() instanceof Tag.ByKind) && isUntyped(union, 0)) {
      values.untyped(body.read, List.of(new Check.Untyped(union.origin())), "OBJECT");
    }
    switch (union.tag()) {
      case Tag.ByProperty(var property, var tags, var _) -> {
        List<JsonNode> each = List.copyOf(tags.keySet());
        List<Integer> indexes = List.copyOf(tags.values());
        table("TAG", List.of(property));
        if (each.getFirst().isString()) {
          table("TAGS", each.stream().map(JsonNode::stringValue).toList());
          choose("in.tag(TAG, TAGS)", indexes);
        } else {
          integers(each, indexes);
        }
      }
      case Tag.ByKind(var kinds) -> {
        body.read.open("return switch (in.peek()) {");
        kinds.forEach((kind, index) -> alternative(kind.name(), index));
        body.read.line("default -> throw in.refuse();").close("};");
      }
      case Tag.ByTrial(var exactlyOne, var _) -> {
        Optional<Sieve> sieve =
            Sieve.of(body, union.alternatives().stream().map(Alternative::value).toList());
        trial(exactlyOne, sieve);
        writeTried(exactlyOne, sieve);
      }
      case Tag.ByPresence(var properties, var otherwise) -> {
        table("NAMES", List.copyOf(properties.keySet()));
        body.read.open("return switch (in.firstOf(NAMES)) {");
        List<Integer> indexes = List.copyOf(properties.values());
        cases(indexes);
        if (otherwise.isPresent()) {
          body.read.line(rule("default", group(read(otherwise.get()), word(";"))));
        } else {
          body.read.line("default -> throw in.refuse();");
        }
        body.read.close("};");
      }
    }
    if (!(union.tag() instanceof Tag.ByTrial)) {
      write(body.write, Optional.empty());
    }
  }

  /** Tries every alternative that the sieve leaves; answers which fits first. */
  private void trial(boolean exactlyOne, Optional<Sieve> sieve) {
    Optional<Sieve> deciding = sieve.filter(Sieve::decides);
    if (deciding.isPresent()) {
      body.read.line("int only = in.only(" + deciding.get().constant() + ");");
      body.read.open("return switch (only >= 0 ? only : choose(in)) {");
    } else {
      body.read.open("return switch (choose(in)) {");
    }
    for (int i = 0; i < union.alternatives().size() - 1; i++) {
      alternative(Integer.toString(i), i);
    }
    int last = union.alternatives().size() - 1;
    body.read.line(rule("default", group(read(last), word(";")))).close("};");
    Code code = body.reading();
    CodecBody.open(code, "int", body.take("choose"), body.in());
    if (exactlyOne) {
      code.line("int chosen = -1;");
    }
    sieve.ifPresent(found -> found.print(code));
    for (int i = 0; i <= last; i++) {
      code.open(ValueCodecs.accepts(sieve, i, values.decoderMethod(named(i))));
      if (!exactlyOne) {
        code.line("return " + i + ";").close();
        continue;
      }
      if (i > 0) {
        code.open("if (chosen >= 0) {").line("throw in.refuse();").close();
      }
      code.line("chosen = " + i + ";").close();
    }
    if (exactlyOne) {
      code.open("if (chosen < 0) {").line("throw in.refuse();").close().line("return chosen;");
    } else {
      code.line("throw in.refuse();");
    }
    code.close();
  }

  /**
   * Any alternative may accept what is written, whatever the one of the value says: where its own
   * verdict does not decide, the text is read.
   */
  private void writeTried(boolean exactlyOne, Optional<Sieve> sieve) {
    Optional<Sieve> deciding = sieve.filter(Sieve::decides).filter(_ -> exactlyOne);
    String chosen = body.simpleName() + "::writeChosen";
    List<Piece> conditions = new ArrayList<>();
    body.write.line("int start = out.position();");
    if (exactlyOne && deciding.isEmpty()) {
      body.write.line("out.writeUnchecked(" + chosen + ", value);");
      conditions.add(word("out.checking()"));
    } else {
      body.write.line("boolean fits = out.fits(" + chosen + ", value);");
      conditions.add(word("!fits"));
    }
    if (deciding.isPresent()) {
      conditions.addFirst(word("out.checking()"));
    }
    conditions.add(group(word("!"), call("out.accepts", "start", body.simpleName() + "::choose")));
    body.write
        .open(group(Tests.joined("if (", "&& ", conditions), word(") {")))
        .line("out.violation();")
        .close();
    Code code = body.writing();
    CodecBody.open(code, "void", body.take("writeChosen"), word(type + " value"), body.out());
    write(code, deciding);
    code.close();
  }

  private boolean isUntyped(Union some, int depth) {
    return some.alternatives().stream()
        .anyMatch(alternative ->
            alternative.value().checks().stream().anyMatch(Check.Untyped.class::isInstance)
                || (alternative.value().type() instanceof JavaType.Declared(var name)
                    && isUntyped(body.printing.known().get(name), depth)));
  }

  private boolean isUntyped(@Nullable Declaration declaration, int depth) {
    return switch (declaration) {
      case ObjectRecord record ->
          record.checks().stream().anyMatch(Check.Untyped.class::isInstance);
      case Union nested -> depth < 8 && isUntyped(nested, depth + 1);
      case null, default -> false;
    };
  }

  private void table(String name, List<String> texts) {
    String table = body.codec("TextTable");
    body.constant(
        body.fieldConstants,
        table,
        body.take(name),
        call(table + ".of", texts.stream().map(Literals::string).toArray(String[]::new)));
  }

  private void choose(String index, List<Integer> indexes) {
    body.read.open("return switch (" + index + ") {");
    cases(indexes);
    body.read.line("default -> throw in.refuse();").close("};");
  }

  /** Prints a case for each alternative, with all indexes that lead to it. */
  private void cases(List<Integer> indexes) {
    for (int alternative = 0; alternative < union.alternatives().size(); alternative++) {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < indexes.size(); i++) {
        if (indexes.get(i) == alternative) {
          labels.add(Integer.toString(i));
        }
      }
      if (!labels.isEmpty()) {
        alternative(String.join(", ", labels), alternative);
      }
    }
  }

  private void alternative(String labels, int index) {
    body.read.line(rule("case " + labels, group(read(index), word(";"))));
  }

  /** A rule of a switch; what is broken inside its expression stands deeper than that. */
  private static Piece rule(String label, Piece expression) {
    return group(word(label + " ->"), space(4), new Layout.Group(List.of(expression), 4));
  }

  private void integers(List<JsonNode> tags, List<Integer> indexes) {
    body.read.line("long tag = in.integerTag(TAG);");
    for (int i = 0; i < tags.size(); i++) {
      body.read
          .open("if (tag == " + tags.get(i).decimalValue().toBigInteger() + "L) {")
          .line(word("return "), read(indexes.get(i)), word(";"))
          .close();
    }
    body.read.line("throw in.refuse();");
  }

  private Piece read(int index) {
    Alternative alternative = union.alternatives().get(index);
    Piece read = values.read(named(index));
    return alternative
        .wrapper()
        .map(wrapper -> call("new " + type + "." + wrapper, List.of(read)))
        .orElse(read);
  }

  private Named named(int index) {
    Alternative alternative = union.alternatives().get(index);
    return new Named(
        alternative.value(),
        "alternative",
        alternative.wrapper().orElseGet(() -> "Alternative" + (index + 1)));
  }

  /** Writes a value as the alternative that it is; says where others may take it, too. */
  private void write(Code code, Optional<Sieve> deciding) {
    code.open("switch (value) {");
    Set<ClassName> before = new HashSet<>();
    for (int i = 0; i < union.alternatives().size(); i++) {
      // Values of a class that comes twice, or belongs to a union before it, are written there.
      Alternative alternative = union.alternatives().get(i);
      if (alternative.wrapper().isPresent() || collect(alternative.value(), before)) {
        write(code, i, deciding);
      }
    }
    code.close();
  }

  /** Adds a class and, of a union, those of its alternatives; answers whether it is new. */
  private boolean collect(Value value, Set<ClassName> names) {
    if (!(value.type() instanceof JavaType.Declared(var name)) || !names.add(name)) {
      return false;
    }
    if (body.printing.known().get(name) instanceof Union nested) {
      nested.alternatives().stream()
          .filter(alternative -> alternative.wrapper().isEmpty())
          .forEach(alternative -> collect(alternative.value(), names));
    }
    return true;
  }

  private void write(Code code, int index, Optional<Sieve> deciding) {
    Alternative alternative = union.alternatives().get(index);
    String subtype =
        alternative
            .wrapper()
            .map(wrapper -> type + "." + wrapper)
            .orElseGet(() -> body.types.boxed(alternative.value().type()));
    String expression = alternative.wrapper().isPresent() ? "some.value()" : "some";
    String label = "case " + subtype + " some";
    Piece write = values.write(named(index), expression);
    Code undecided = new Code();
    deciding.ifPresent(sieve -> sieve.printUndecided(undecided, index, expression));
    if (undecided.isEmpty()) {
      code.line(rule(label, write));
    } else {
      code.open(label + " -> {").line(write).append(undecided).close();
    }
  }
}
