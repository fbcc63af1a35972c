package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Constant;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.Declaration.EnumEntry;
import io.brrtrouter.codegen.model.Declaration.ObjectRecord;
import io.brrtrouter.codegen.model.Declaration.TextEnum;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints how alternatives that have to be tried are sieved first: by a property that most of them
 * allow certain texts only. It need not be required, so it does not tell them apart by itself.
 */
final class Sieve {
  /** Where no text decides, fewer are tried as quickly. */
  private static final int LEAST = 3;

  private final CodecBody body;
  private final String property;
  private final List<Texts> texts;
  private @Nullable String constant;

  /**
   * What an alternative allows for the property.
   *
   * @param values the texts; empty for all of them, and whatever is no text
   * @param accessor how the record is asked for what it has
   * @param mayBeNull whether it can have none
   */
  private record Texts(List<String> values, String accessor, boolean mayBeNull) {
    static final Texts ALL = new Texts(List.of(), "", true);
  }

  private Sieve(CodecBody body, String property, List<Texts> texts) {
    this.body = body;
    this.property = property;
    this.texts = texts;
  }

  /** {@return a sieve for alternatives, if there is a property that is worth looking for} */
  static Optional<Sieve> of(CodecBody body, List<Value> alternatives) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<Map<String, Texts>> each = new ArrayList<>();
    for (Value alternative : alternatives) {
      Map<String, Texts> own = texts(body, alternative);
      own.keySet().forEach(property -> counts.merge(property, 1, Integer::sum));
      each.add(own);
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(entry ->
            new Sieve(
                body,
                entry.getKey(),
                each.stream().map(own -> own.getOrDefault(entry.getKey(), Texts.ALL)).toList()))
        .filter(sieve -> sieve.decides() || sieve.isWorthIt())
        .findFirst();
  }

  private boolean isWorthIt() {
    long closed = texts.stream().filter(some -> !some.values().isEmpty()).count();
    return closed >= LEAST && texts.stream().map(Texts::values).distinct().count() > 1;
  }

  /** {@return the properties of a record that can have certain texts only} */
  private static Map<String, Texts> texts(CodecBody body, Value alternative) {
    Map<String, Texts> texts = new LinkedHashMap<>();
    if (alternative.type() instanceof JavaType.Declared(var name)
        && body.printing.known().get(name) instanceof ObjectRecord record) {
      for (Constant constant : record.constants()) {
        if (constant.scalar() == Scalar.STRING) {
          texts.put(
              constant.property(),
              new Texts(List.of(constant.value().stringValue()), constant.name(), false));
        }
      }
      for (Component component : record.components()) {
        Declaration declared =
            component.value().type() instanceof JavaType.Declared(var type)
                ? body.printing.known().get(type)
                : null;
        if (declared instanceof TextEnum some && !some.open() && !component.value().nullable()) {
          texts.put(
              component.property(),
              new Texts(
                  some.entries().stream().map(EnumEntry::value).toList(),
                  component.name(),
                  component.form() == Component.Form.NULLABLE));
        }
      }
    }
    return texts;
  }

  /** {@return the constant that says which texts each alternative allows} */
  String constant() {
    if (constant == null) {
      String type = body.codec("Candidates");
      String list = body.file.use("java.util.List") + ".of";
      List<Piece> arguments = new ArrayList<>();
      arguments.add(word(Literals.string(property)));
      for (Texts some : texts) {
        arguments.add(
            call(list, some.values().stream().map(Literals::string).toArray(String[]::new)));
      }
      constant =
          body.constant(type, "BY_" + CodecBody.upper(accessor()), call(type + ".of", arguments));
    }
    return constant;
  }

  private String accessor() {
    return texts.stream().map(Texts::accessor).filter(name -> !name.isEmpty()).findFirst().get();
  }

  /** Prints the line that looks. */
  void print(Code code) {
    code.line("long[] candidates = in.candidates(" + constant() + ");");
  }

  /** {@return the condition that an alternative is worth trying and fits} */
  Piece accepts(int index, String decoder) {
    return group(
        word("if (" + body.codec("Candidates") + ".has(candidates, " + index + ")"),
        space(4),
        word("&& in.accepts(" + decoder + ")) {"));
  }

  /** {@return whether a text that one of the alternatives has is no other's} */
  boolean decides() {
    return IntStream.range(0, texts.size()).anyMatch(this::decides);
  }

  private boolean decides(int index) {
    List<String> own = texts.get(index).values();
    return !own.isEmpty()
        && IntStream.range(0, texts.size())
            .filter(other -> other != index)
            .mapToObj(other -> texts.get(other).values())
            .noneMatch(others -> others.isEmpty() || !Collections.disjoint(own, others));
  }

  /**
   * Prints how an encoder reports that others may take a value of an alternative: always, or while
   * it has no text.
   */
  void printUndecided(Code code, int index, String value) {
    if (!decides(index)) {
      code.line("out.undecided();");
    } else if (texts.get(index).mayBeNull()) {
      code.open("if (%s.%s() == null) {".formatted(value, texts.get(index).accessor()))
          .line("out.undecided();")
          .close();
    }
  }
}
