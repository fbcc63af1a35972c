package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.assign;
import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.declare;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Constant;
import io.brrtrouter.codegen.model.Declaration.ObjectRecord;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Rest;
import io.brrtrouter.codegen.model.Rule;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.codegen.print.ValueCodecs.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints how a record is read and written. */
final class RecordCodecPrinter {
  /** Bits of a set of properties seen. */
  private static final int WORD = 64;

  private final CodecBody body;
  private final ObjectRecord record;
  private final JavaFile file;
  private final ValueCodecs values;
  private final List<Member> members = new ArrayList<>();
  private final List<String> sizes;
  private final String type;

  /**
   * A property that is read into the record or compared with a constant.
   *
   * @param property its name in JSON
   * @param index the constant of its index
   * @param fragment the constant of its name to write
   * @param constant the one value it can have
   * @param component its component
   * @param local the variable that holds it
   */
  private record Member(
      String property,
      String index,
      String fragment,
      Optional<Constant> constant,
      Optional<Component> component,
      String local) {

    boolean isRequired() {
      return component.isEmpty() || component.get().presence() instanceof Presence.Required;
    }
  }

  RecordCodecPrinter(CodecBody body, ObjectRecord record) {
    this.body = body;
    this.record = record;
    this.file = body.file;
    this.values = new ValueCodecs(body);
    this.sizes = Tests.sizes(record.checks());
    this.type = file.use(record.name().qualified());
    List.of("FIELDS", "REQUIRED", "FORBIDDEN").forEach(body::take);
    record
        .constants()
        .forEach(each ->
            members.add(member(each.property(), each.name(), Optional.of(each), Optional.empty())));
    record
        .components()
        .forEach(each ->
            members.add(member(each.property(), each.name(), Optional.empty(), Optional.of(each))));
  }

  private Member member(
      String property, String name, Optional<Constant> constant, Optional<Component> component) {
    String upper = CodecBody.upper(name);
    String index = body.take(upper.equals(name) ? upper + "_INDEX" : upper);
    return new Member(
        property, index, body.take(index + "_FIELD"), constant, component, CodecBody.local(name));
  }

  /** Prints the record; answers whether reading holds nulls for a moment. */
  boolean print() {
    constants();
    read();
    write();
    return record.components().stream().anyMatch(RecordCodecPrinter::isUnset);
  }

  private static boolean isUnset(Component component) {
    boolean primitive =
        component.value().type() instanceof JavaType.Simple(var scalar) && scalar.isPrimitive();
    return component.form() == Component.Form.PLAIN
        && component.presence() instanceof Presence.Required
        && !primitive;
  }

  // Constants.

  private boolean hasFields() {
    return !members.isEmpty() || !record.dropped().isEmpty() || !record.forbidden().isEmpty();
  }

  private String table() {
    return hasFields() ? "FIELDS" : body.codec("TextTable") + ".EMPTY";
  }

  private void constants() {
    Code code = body.fieldConstants;
    for (int i = 0; i < members.size(); i++) {
      body.constant(code, "int", members.get(i).index(), word(Integer.toString(i)));
    }
    if (!record.forbidden().isEmpty()) {
      int first = members.size() + record.dropped().size();
      body.constant(code, "int", "FORBIDDEN", word(Integer.toString(first)));
    }
    if (hasFields()) {
      List<String> names = new ArrayList<>();
      members.forEach(member -> names.add(Literals.string(member.property())));
      record.dropped().forEach(name -> names.add(Literals.string(name)));
      record.forbidden().forEach(name -> names.add(Literals.string(name)));
      String texts = body.codec("TextTable");
      body.constant(code, texts, "FIELDS", call(texts + ".of", names.toArray(String[]::new)));
    }
    for (int set = 0; set < words(); set++) {
      List<Piece> bits = required(set);
      if (!bits.isEmpty()) {
        body.constant(code, "long", numbered("REQUIRED", set), Tests.joined("", "| ", bits));
      }
    }
    code.gap();
    String fragment = body.codec("JsonFragment");
    for (Member member : members) {
      body.constant(
          code,
          fragment,
          member.fragment(),
          call(fragment + ".name", Literals.string(member.property())));
    }
  }

  private int known() {
    return members.size() + record.dropped().size() + record.forbidden().size();
  }

  private int words() {
    return (known() + WORD - 1) / WORD;
  }

  private List<Piece> required(int set) {
    List<String> bits = new ArrayList<>();
    for (int i = set * WORD; i < Math.min(members.size(), (set + 1) * WORD); i++) {
      if (members.get(i).isRequired()) {
        bits.add("1L << " + members.get(i).index());
      }
    }
    return bits.stream().map(bit -> word(bits.size() == 1 ? bit : "(" + bit + ")")).toList();
  }

  private static String numbered(String name, int set) {
    return set == 0 ? name : name + (set + 1);
  }

  // Reading.

  private void read() {
    Code code = body.read;
    values.untyped(code, record.checks(), "OBJECT");
    for (Member member : members) {
      member.component().ifPresent(component -> local(code, member, component));
    }
    if (record.rest() instanceof Rest.Kept(var name, var rest)) {
      code.line(
          assign(
              declare(body.types.boxed(new JavaType.MapOf(rest)), CodecBody.local(name)),
              call("new " + file.use("java.util.LinkedHashMap") + "<>")),
          word(";"));
    }
    for (int set = 0; set < words(); set++) {
      code.line("long " + numbered("seen", set) + " = 0;");
    }
    if (!sizes.isEmpty()) {
      code.line("int size = 0;");
    }
    code.line("in.beginObject();");
    String next = "in.nextField(" + table() + ")";
    String end = body.codec("JsonInput") + ".END";
    if (hasFields()) {
      code.open("for (int field = " + next + "; field != " + end + "; field = " + next + ") {");
    } else {
      code.open("while (" + next + " != " + end + ") {");
    }
    if (!sizes.isEmpty()) {
      code.line("size++;");
    }
    seen(code);
    if (!record.forbidden().isEmpty()) {
      code.open("if (in.checking() && field >= FORBIDDEN) {").line("throw in.refuse();").close();
    }
    fields(code);
    code.close();
    demands(code);
    List<String> arguments = new ArrayList<>();
    members.stream()
        .filter(member -> member.component().isPresent())
        .forEach(member -> arguments.add(member.local()));
    if (record.rest() instanceof Rest.Kept(var name, var _)) {
      arguments.add(CodecBody.local(name));
    }
    Piece made = call("new " + type, arguments.toArray(String[]::new));
    if (rules().isEmpty()) {
      code.line(word("return "), made, word(";"));
      return;
    }
    code.line(assign(declare(type, "value"), made), word(";"));
    ValueCodecs.refuse(code, List.of(word(obeysAll() + "(value, seen)")));
    code.line("return value;");
  }

  private void local(Code code, Member member, Component component) {
    String local =
        component.form() == Component.Form.NULLABLE
            ? body.types.boxed(component.value().type())
            : body.types.of(component.value().type(), component.form());
    code.line(assign(declare(local, member.local()), initial(component)), word(";"));
  }

  private Piece initial(Component component) {
    JavaType javaType = component.value().type();
    if (component.presence() instanceof Presence.Defaulted(var value)) {
      return value.isNull() && component.value().nullable()
          ? word("null")
          : body.literals
              .of(javaType, value)
              .map(Layout::word)
              .orElseGet(() -> fallback(component, value.toString()));
    }
    if (component.form() == Component.Form.FIELD) {
      return word(body.codec("Field") + ".absent()");
    }
    boolean primitive =
        component.form() == Component.Form.PLAIN
            && javaType instanceof JavaType.Simple(var scalar)
            && scalar.isPrimitive();
    if (!primitive) {
      return word("null");
    }
    return word(javaType.equals(new JavaType.Simple(Scalar.BOOLEAN)) ? "false" : "0");
  }

  /** A default that takes a decoder; what can be changed is copied. */
  private Piece fallback(Component component, String json) {
    Named named = Named.of(component.value(), component.name()).present();
    String constant =
        body.fallback(
            body.types.boxed(component.value().type()),
            CodecBody.upper(component.name()) + "_DEFAULT",
            call(
                body.codec("Json") + ".constant",
                List.of(values.decoder(named), word(Literals.string(json)))));
    boolean octets =
        component.value().type() instanceof JavaType.Simple(var scalar)
            && (scalar == Scalar.BASE64 || scalar == Scalar.BINARY);
    boolean tree = component.value().type() instanceof JavaType.Tree;
    return word(constant + (octets ? ".clone()" : tree ? ".deepCopy()" : ""));
  }

  private void seen(Code code) {
    if (words() == 1) {
      code.line("seen = in.once(seen, field);");
      return;
    }
    for (int set = 0; set < words(); set++) {
      String name = numbered("seen", set);
      String condition = "if (field < " + (set + 1) * WORD + ") {";
      if (set == 0) {
        code.open(condition);
      } else if (set + 1 < words()) {
        code.between(word("} else " + condition));
      } else {
        code.between(word("} else {"));
      }
      code.line(name + " = in.once(" + name + ", field);");
    }
    if (words() > 1) {
      code.close();
    }
  }

  private void fields(Code code) {
    Optional<Piece> unknown = unknown();
    Piece skip = word("in.skip()");
    if (!hasFields()) {
      code.line(unknown.orElse(skip), word(";"));
      return;
    }
    code.open("switch (field) {");
    for (Member member : members) {
      Piece read =
          member
              .component()
              .map(component -> assign(word(member.local()), read(component)))
              .orElseGet(() -> call(constant(member.constant().orElseThrow()), "in"));
      code.line(
          group(
              word("case " + member.index() + " ->"),
              space(4),
              new Layout.Group(List.of(read), 4),
              word(";")));
    }
    if (unknown.isPresent() && members.size() < known()) {
      code.line(
          group(
              word("case " + body.codec("JsonInput") + ".UNKNOWN ->"),
              space(4),
              new Layout.Group(List.of(unknown.get()), 4),
              word(";")));
      code.line("default -> in.skip();");
    } else {
      code.line(
          group(
              word("default ->"),
              space(4),
              new Layout.Group(List.of(unknown.orElse(skip)), 4),
              word(";")));
    }
    code.close();
  }

  private Piece read(Component component) {
    Named named = Named.of(component.value(), component.name());
    return component.form() == Component.Form.FIELD ? call(field(named), "in") : values.read(named);
  }

  private String field(Named named) {
    String method = body.take("read" + named.suffix());
    String fieldType = body.codec("Field");
    Code code = body.reading();
    CodecBody.open(
        code, fieldType + "<" + body.types.boxed(named.value().type()) + ">", method, body.in());
    code.open("if (in.readNull()) {").line("return " + fieldType + ".ofNull();").close();
    values.readPresent(code, named.present(), fieldType + ".of");
    code.close();
    return method;
  }

  private String constant(Constant constant) {
    String suffix = CodecBody.capital(constant.name());
    String method = body.take("read" + suffix);
    Code code = body.reading();
    CodecBody.open(code, "void", method, body.in());
    code.open("if (" + differs(constant) + ") {").line("throw in.refuse();").close().close();
    return method;
  }

  private String differs(Constant constant) {
    String upper = CodecBody.upper(constant.name());
    return switch (constant.scalar()) {
      case STRING -> {
        String table = body.codec("TextTable");
        String text = Literals.string(constant.value().stringValue());
        String name = body.constant(table, upper + "_CONST", call(table + ".of", text));
        yield "in.readEnum(" + name + ") == " + body.codec("JsonInput") + ".UNKNOWN";
      }
      case BOOLEAN -> (constant.value().booleanValue() ? "!" : "") + "in.readBoolean()";
      default -> "in.readLong() != " + literal(constant);
    };
  }

  private String literal(Constant constant) {
    return body.literals.scalar(constant.scalar(), constant.value()).orElseThrow();
  }

  /** {@return what becomes of a property without a component; empty when it is passed over} */
  private Optional<Piece> unknown() {
    return switch (record.rest()) {
      case Rest.Dropped() -> Optional.empty();
      case Rest.Refused(var _) -> {
        String method = body.take("skipUnknown");
        Code code = body.reading();
        CodecBody.open(code, "void", method, body.in());
        code.open("if (in.checking()) {").line("throw in.refuse();").close();
        code.line("in.skip();").close();
        yield Optional.of(word(method + "(in)"));
      }
      case Rest.Kept(var name, var rest) ->
          Optional.of(
              call(
                  CodecBody.local(name) + ".put",
                  List.of(
                      word("in.unknownName()"), values.read(Named.of(rest, name).entry(rest)))));
    };
  }

  private void demands(Code code) {
    List<Piece> missing = new ArrayList<>();
    for (int set = 0; set < words(); set++) {
      if (!required(set).isEmpty()) {
        String required = numbered("REQUIRED", set);
        missing.add(word("(" + numbered("seen", set) + " & " + required + ") != " + required));
      }
    }
    if (!missing.isEmpty()) {
      code.open(group(Tests.joined("if (", "|| ", missing), word(") {")))
          .line("throw in.refuse();")
          .close();
    }
    if (!sizes.isEmpty()) {
      ValueCodecs.refuse(code, List.of(word(hasSize() + "(size)")));
    }
  }

  private String sizeTest = "";

  private String hasSize() {
    if (sizeTest.isEmpty()) {
      sizeTest = body.take("hasSize");
      Code code = body.testing();
      CodecBody.open(code, "boolean", sizeTest, word("int size"));
      code.line(
              Tests.all("return ", sizes.stream().map(each -> word("size " + each)).toList()),
              word(";"))
          .close();
    }
    return sizeTest;
  }

  // Rules.

  private List<Check.Obeys> rules() {
    return record.checks().stream()
        .filter(Check.Obeys.class::isInstance)
        .map(Check.Obeys.class::cast)
        .toList();
  }

  private String rulesTest = "";

  private String obeysAll() {
    if (rulesTest.isEmpty()) {
      rulesTest = body.take("obeysRules");
      Code code = body.testing();
      CodecBody.open(code, "boolean", rulesTest, word(type + " value"), word("long seen"));
      List<Piece> conditions = new ArrayList<>();
      for (Check.Obeys each : rules()) {
        conditions.add(word(rule(each.rule(), each.keyword())));
      }
      code.line(Tests.all("return ", conditions), word(";")).close();
    }
    return rulesTest;
  }

  /** {@return an expression of a rule; what is made of others is a method} */
  private String rule(Rule rule, String keyword) {
    return switch (rule) {
      case Rule.Always(var holds) -> Boolean.toString(holds);
      case Rule.Has(var property) -> bit(property) + " != 0";
      case Rule.Not(Rule.Has(var property)) -> bit(property) + " == 0";
      case Rule.Not(Rule.Passes passes) -> negated(passes);
      case Rule.Not(var inner) -> "!" + ruleMethod(inner, keyword);
      case Rule.Passes passes -> ruleMethod(passes, keyword);
      case Rule.All _, Rule.Any _, Rule.One _ -> ruleMethod(rule, keyword);
    };
  }

  private String negated(Rule.Passes passes) {
    return "!" + ruleMethod(passes, passes.property());
  }

  private String ruleMethod(Rule rule, String keyword) {
    String method = body.take("obeys" + CodecBody.capital(keyword.replaceAll("[^A-Za-z0-9]", "")));
    Code code = body.testing();
    CodecBody.open(code, "boolean", method, word(type + " value"), word("long seen"));
    switch (rule) {
      case Rule.All(var rules) ->
          code.line(Tests.joined("return ", "&& ", pieces(rules, keyword)), word(";"));
      case Rule.Any(var rules) ->
          code.line(Tests.joined("return ", "|| ", pieces(rules, keyword)), word(";"));
      case Rule.One(var rules) -> {
        code.line("int count = 0;");
        for (Rule each : rules) {
          code.open("if (" + rule(each, keyword) + ") {").line("count++;").close();
        }
        code.line("return count == 1;");
      }
      case Rule.Passes(var property, var value) -> {
        Component component = component(property);
        Named named = Named.of(value, component.name());
        List<Piece> conditions = new ArrayList<>(List.of(word(bit(property) + " == 0")));
        conditions.add(call(values.tests().method(named), "value." + component.name() + "()"));
        code.line(Tests.joined("return ", "|| ", conditions), word(";"));
      }
      case Rule.Always _, Rule.Has _, Rule.Not _ ->
          code.line("return " + rule(rule, keyword) + ";");
    }
    code.close();
    return method + "(value, seen)";
  }

  private List<Piece> pieces(List<Rule> rules, String keyword) {
    return rules.stream().map(rule -> word(rule(rule, keyword))).toList();
  }

  private Component component(String property) {
    return record.components().stream()
        .filter(each -> each.property().equals(property))
        .findFirst()
        .orElseThrow();
  }

  private String bit(String property) {
    return members.stream()
        .filter(member -> member.property().equals(property))
        .map(member -> "(seen & (1L << " + member.index() + "))")
        .findFirst()
        .orElseThrow();
  }

  private String writtenMethod() {
    String method = body.take("written");
    Code code = body.testing();
    CodecBody.open(code, "long", method, word(type + " value"));
    List<Piece> always = new ArrayList<>();
    for (Member member : members) {
      if (isAlwaysWritten(member)) {
        always.add(word("(1L << " + member.index() + ")"));
      }
    }
    code.line(
        assign(word("long seen"), always.isEmpty() ? word("0") : Tests.joined("", "| ", always)),
        word(";"));
    for (Member member : members) {
      if (!isAlwaysWritten(member)) {
        code.open("if (" + isWritten(member) + ") {")
            .line("seen |= 1L << " + member.index() + ";")
            .close();
      }
    }
    code.line("return seen;").close();
    return method;
  }

  private String isWritten(Member member) {
    Component component = member.component().orElseThrow();
    String accessor = "value." + component.name() + "()";
    return component.form() == Component.Form.FIELD
        ? "!(" + accessor + " instanceof " + body.codec("Field") + ".Absent)"
        : accessor + " != null";
  }

  // Writing.

  private void write() {
    Code code = body.write;
    if (!rules().isEmpty()) {
      ValueCodecs.violation(code, List.of(call(obeysAll(), "value", writtenMethod() + "(value)")));
    }
    if (!sizes.isEmpty()) {
      ValueCodecs.violation(code, List.of(word(hasSize() + "(" + sizeMethod() + "(value))")));
    }
    code.line("out.beginObject();");
    for (int i = 0; i < members.size(); i += WORD) {
      List<Member> some = members.subList(i, Math.min(members.size(), i + WORD));
      if (members.size() <= WORD) {
        some.forEach(member -> member(code, member));
      } else {
        String method = body.take("writeFields");
        Code part = body.writing();
        CodecBody.open(part, "void", method, word(type + " value"), body.out());
        some.forEach(member -> member(part, member));
        part.close();
        code.line(method + "(value, out);");
      }
    }
    if (record.rest() instanceof Rest.Kept(var name, var rest)) {
      code.line(rest(name, rest) + "(value." + name + "(), out);");
    }
    code.line("out.endObject();");
  }

  private void member(Code code, Member member) {
    if (member.constant().isPresent()) {
      name(code, member);
      code.line(constantWrite(member.constant().get()));
      return;
    }
    Component component = member.component().orElseThrow();
    Named named = Named.of(component.value(), component.name());
    String accessor = "value." + component.name() + "()";
    switch (component.form()) {
      case PLAIN -> {
        name(code, member);
        code.line(values.write(named, accessor));
      }
      case NULLABLE -> {
        if (component.value().nullable()) {
          name(code, member);
          code.line(values.write(named, accessor));
        } else {
          code.open("if (" + accessor + " != null) {");
          name(code, member);
          code.line(values.write(named, accessor)).close();
        }
      }
      case FIELD -> {
        String fieldType = body.codec("Field");
        code.open(
            group(
                word("if (" + accessor),
                space(4),
                word("instanceof " + fieldType + ".Value(var " + member.local() + ")) {")));
        name(code, member);
        code.line(values.write(named.present(), member.local()));
        code.between(
            group(
                word("} else if (" + accessor),
                space(4),
                word("instanceof " + fieldType + ".Null) {")));
        name(code, member);
        code.line("out.writeNull();").close();
      }
    }
  }

  private static void name(Code code, Member member) {
    code.line("out.name(" + member.fragment() + ");");
  }

  private String constantWrite(Constant constant) {
    return switch (constant.scalar()) {
      case STRING -> {
        String fragment = body.codec("JsonFragment");
        String name =
            body.constant(
                fragment,
                CodecBody.upper(constant.name()) + "_VALUE",
                call(fragment + ".value", Literals.string(constant.value().stringValue())));
        yield "out.write(" + name + ");";
      }
      case BOOLEAN -> "out.writeBoolean(" + constant.value() + ");";
      default -> "out.writeLong(" + literal(constant) + ");";
    };
  }

  private String rest(String name, Value values) {
    Named named = Named.of(values, name);
    String method = body.take("write" + named.suffix());
    Code code = body.writing();
    CodecBody.open(
        code,
        "void",
        method,
        declare(body.types.boxed(new JavaType.MapOf(values)), "others"),
        body.out());
    String map = file.use("java.util.Map");
    String string = file.use("java.lang.String");
    code.open(
        group(
            word("for (" + map + ".Entry<" + string + ", " + this.values.argument(values) + ">"),
            space(4),
            word("entry : others.entrySet()) {")));
    if (hasFields()) {
      code.open("if (FIELDS.contains(entry.getKey())) {")
          .line("out.violation();")
          .line("continue;")
          .close();
    }
    code.line("out.name(entry.getKey());");
    code.line(this.values.write(named.entry(values), "entry.getValue()")).close();
    code.close();
    return method;
  }

  private String sizeMethod() {
    String method = body.take("size");
    Code code = body.testing();
    CodecBody.open(code, "int", method, word(type + " value"));
    long always = members.stream().filter(RecordCodecPrinter::isAlwaysWritten).count();
    code.line("int size = " + always + ";");
    for (Member member : members) {
      if (!isAlwaysWritten(member)) {
        code.open("if (" + isWritten(member) + ") {").line("size++;").close();
      }
    }
    if (record.rest() instanceof Rest.Kept(var name, var _)) {
      code.line("size += value." + name + "().size();");
    }
    code.line("return size;").close();
    return method;
  }

  private static boolean isAlwaysWritten(Member member) {
    return member
        .component()
        .map(component ->
            component.form() == Component.Form.PLAIN
                || (component.form() == Component.Form.NULLABLE && component.value().nullable()))
        .orElse(true);
  }
}
