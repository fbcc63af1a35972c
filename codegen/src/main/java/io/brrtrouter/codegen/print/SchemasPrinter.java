package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.SchemaCopies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints the classes that have the schemas a program judges by. */
final class SchemasPrinter {
  /** Schemas that one method adds. */
  private static final int TOGETHER = 100;

  /** Strings that one call has, and one method: 64 KiB of instructions are about 8,000. */
  private static final int PIECE = 1_000;

  private static final int METHOD = 2 * PIECE;

  /** Strings that one class has: each takes two of 65,535 constants. */
  private static final int CLASS = 12 * METHOD;

  /** Where a string with a piece of a schema ends at the latest. */
  private static final int WIDTH = 84;

  /** Where it ends with the next comma. */
  private static final int COMMA = 64;

  private final Printing printing;
  private final String packageName;
  private final SchemaCopies copies;

  /**
   * Makes a printer.
   *
   * @param packageName the package of the classes, which has what is the same for every document
   * @param copies the schemas
   */
  SchemasPrinter(Printing printing, String packageName, SchemaCopies copies) {
    this.printing = printing;
    this.packageName = packageName;
    this.copies = copies;
  }

  /** {@return the class that has the schemas of bodies, and more where it has no room for all} */
  List<JavaFile> print() {
    ClassName name = new ClassName(packageName, "Schemas");
    JavaFile file = new JavaFile(printing, name, Set.of("Holder"));
    String documents = file.use(support("SchemaDocuments"));
    String schema = file.use(support("Schema"));
    String string = file.use("java.lang.String");
    file.docs(
        new Comment()
            .text(
                "The schemas of bodies and header fields, read when one of them judges for the first time: where a"
                    + " codec cannot, and to say what is wrong."));
    file.open("final class Schemas {");
    file.line("private Schemas() {}");
    file.gap();
    file.open("private static final class Holder {");
    file.line("static final " + documents + " DOCUMENTS = documents();");
    file.close();
    file.gap();
    file.open(
        call(
            "static " + schema + " of",
            string + " resource",
            string + " pointer",
            file.use("io.brrtrouter.schema.View") + " view"),
        word(" {"));
    file.line("return new " + schema + "(() -> Holder.DOCUMENTS, resource, pointer, view);");
    file.close();
    file.gap();
    List<List<List<Statement>>> classes = classes();
    file.open("private static " + documents + " documents() {");
    file.line(documents + " documents = new " + documents + "();");
    copies.dialects().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry ->
            file.line(
                call(
                    "documents.dialect",
                    Literals.string(entry.getKey()),
                    Literals.string(entry.getValue())),
                word(";")));
    for (int i = 0; i < classes.getFirst().size(); i++) {
      file.line("add" + i + "(documents);");
    }
    List<JavaFile> files = new ArrayList<>();
    files.add(file);
    for (int i = 1; i < classes.size(); i++) {
      file.line("Schemas" + i + ".add(documents);");
      files.add(more("Schemas" + i, classes.get(i)));
    }
    file.line("return documents;");
    file.close();
    methods(file, classes.getFirst(), documents);
    file.close();
    return files;
  }

  /** A class for what does not fit into the class of schemas. */
  private JavaFile more(String simpleName, List<List<Statement>> methods) {
    ClassName name = new ClassName(packageName, simpleName);
    JavaFile file = new JavaFile(printing, name, Set.of());
    String documents = file.use(support("SchemaDocuments"));
    file.docs(new Comment().text("Schemas that `Schemas` has no room for."));
    file.open("final class " + simpleName + " {");
    file.line("private " + simpleName + "() {}");
    file.gap();
    file.open("static void add(" + documents + " documents) {");
    for (int i = 0; i < methods.size(); i++) {
      file.line("add" + i + "(documents);");
    }
    file.close();
    methods(file, methods, documents);
    file.close();
    return file;
  }

  private static void methods(JavaFile file, List<List<Statement>> methods, String documents) {
    for (int i = 0; i < methods.size(); i++) {
      file.gap();
      file.open("private static void add" + i + "(" + documents + " documents) {");
      methods
          .get(i)
          .forEach(statement ->
              file.line(
                  call(statement.method(), statement.arguments().toArray(String[]::new)),
                  word(";")));
      file.close();
    }
  }

  /** A call with strings, which adds a schema or the next piece of one. */
  private record Statement(String method, List<String> arguments) {}

  /** {@return the statements of each method of each class, at least one class} */
  private List<List<List<Statement>>> classes() {
    List<List<List<Statement>>> classes = new ArrayList<>();
    classes.add(new ArrayList<>());
    int strings = 0;
    for (List<Statement> method : methods()) {
      int more = strings(method);
      if (strings + more > CLASS) {
        classes.add(new ArrayList<>());
        strings = 0;
      }
      classes.getLast().add(method);
      strings += more;
    }
    return classes;
  }

  private List<List<Statement>> methods() {
    List<List<Statement>> methods = new ArrayList<>();
    int strings = METHOD;
    for (SchemaCopies.SchemaText text : copies.texts()) {
      for (Statement statement : statements(text)) {
        int more = statement.arguments().size();
        if (strings + more > METHOD || methods.getLast().size() == TOGETHER) {
          methods.add(new ArrayList<>());
          strings = 0;
        }
        methods.getLast().add(statement);
        strings += more;
      }
    }
    return methods;
  }

  private static int strings(List<Statement> method) {
    return method.stream().mapToInt(each -> each.arguments().size()).sum();
  }

  private static List<Statement> statements(SchemaCopies.SchemaText text) {
    List<Statement> statements = new ArrayList<>();
    List<String> lines = lines(text.json());
    while (lines.size() > PIECE) {
      statements.add(new Statement("documents.begin", List.copyOf(lines.subList(0, PIECE))));
      lines = lines.subList(PIECE, lines.size());
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(Literals.string(text.resource()));
    arguments.add(Literals.string(text.pointer()));
    arguments.addAll(lines);
    statements.add(new Statement("documents.add", arguments));
    return statements;
  }

  /** A text as strings that fit into lines. */
  private static List<String> lines(String json) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      line.append(json.charAt(i));
      int width = Literals.string(line.toString()).length();
      boolean fits = width < (json.charAt(i) == ',' ? COMMA : WIDTH);
      if (!fits || i == json.length() - 1) {
        lines.add(Literals.string(line.toString()));
        line.setLength(0);
      }
    }
    return lines;
  }

  private String support(String name) {
    return packageName + "." + name;
  }
}
