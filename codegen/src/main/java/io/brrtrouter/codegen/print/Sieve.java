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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prints how alternatives that have to be tried are sieved first: by a property that most of them
 * allow certain texts only. It need not be required, so it does not tell them apart by itself.
 */
final class Sieve {
  /** Fewer are tried as quickly. */
  private static final int LEAST = 3;

  private final CodecBody body;
  private final String property;
  private final List<List<String>> texts;
  private @Nullable String constant;

  private Sieve(CodecBody body, String property, List<List<String>> texts) {
    this.body = body;
    this.property = property;
    this.texts = texts;
  }

  /** {@return a sieve for alternatives, if there is a property that is worth looking for} */
  static Optional<Sieve> of(CodecBody body, List<Value> alternatives) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<Map<String, List<String>>> each = new ArrayList<>();
    for (Value alternative : alternatives) {
      Map<String, List<String>> own = texts(body, alternative);
      own.keySet().forEach(property -> counts.merge(property, 1, Integer::sum));
      each.add(own);
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= LEAST)
        .max(Map.Entry.comparingByValue())
        .map(entry ->
            new Sieve(
                body,
                entry.getKey(),
                each.stream().map(own -> own.getOrDefault(entry.getKey(), List.of())).toList()))
        .filter(sieve -> new HashSet<>(sieve.texts).size() > 1);
  }

  /** {@return the properties of a record that can have certain texts only} */
  private static Map<String, List<String>> texts(CodecBody body, Value alternative) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    if (alternative.type() instanceof JavaType.Declared(var name)
        && body.printing.known().get(name) instanceof ObjectRecord record) {
      for (Constant constant : record.constants()) {
        if (constant.scalar() == Scalar.STRING) {
          texts.put(constant.property(), List.of(constant.value().stringValue()));
        }
      }
      for (Component component : record.components()) {
        Declaration declared =
            component.value().type() instanceof JavaType.Declared(var type)
                ? body.printing.known().get(type)
                : null;
        if (declared instanceof TextEnum some && !some.open() && !component.value().nullable()) {
          texts.put(component.property(), some.entries().stream().map(EnumEntry::value).toList());
        }
      }
    }
    return texts;
  }

  /** {@return the constant that says which texts each alternative allows} */
  String constant(String suffix) {
    if (constant == null) {
      String type = body.codec("Candidates");
      String list = body.file.use("java.util.List") + ".of";
      List<Piece> arguments = new ArrayList<>();
      arguments.add(word(Literals.string(property)));
      for (List<String> some : texts) {
        arguments.add(call(list, some.stream().map(Literals::string).toArray(String[]::new)));
      }
      constant =
          body.constant(
              type, CodecBody.upper(suffix) + "_CANDIDATES", call(type + ".of", arguments));
    }
    return constant;
  }

  /** Prints the line that looks. */
  void print(Code code, String suffix) {
    code.line("long[] candidates = in.candidates(" + constant(suffix) + ");");
  }

  /** {@return the condition that an alternative is worth trying and fits} */
  Piece accepts(int index, String decoder) {
    return group(
        word("if (" + body.codec("Candidates") + ".has(candidates, " + index + ")"),
        space(4),
        word("&& in.accepts(" + decoder + ")) {"));
  }
}
