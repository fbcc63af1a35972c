package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The text of one source file, written from top to bottom. */
final class JavaFile {
  private final Printing printing;
  private final ClassName name;
  private final Imports imports;
  private final StringBuilder body = new StringBuilder();
  private int indent;
  private boolean gap;

  /**
   * Begins a file.
   *
   * @param name its top-level class
   * @param nested simple names of the classes inside of it
   */
  JavaFile(Printing printing, ClassName name, Set<String> nested) {
    this.printing = printing;
    this.name = name;
    this.imports = new Imports(name, nested);
  }

  /** {@return the shortest name of a class here} */
  String use(String qualified) {
    return imports.use(qualified);
  }

  /** Asks for an empty line before whatever comes next. */
  void gap() {
    gap = true;
  }

  /** Writes a line of code, broken where it is too long. */
  void line(Layout.Piece... pieces) {
    before();
    body.append(Layout.render(indent, pieces)).append('\n');
  }

  void line(String text) {
    line(Layout.word(text));
  }

  /** Writes a line that begins a block, which {@link #close} ends. */
  void open(Layout.Piece... pieces) {
    line(pieces);
    indent += 2;
  }

  void open(String text) {
    open(Layout.word(text));
  }

  void close() {
    close("}");
  }

  void close(String text) {
    gap = false;
    indent -= 2;
    line(text);
  }

  /** Writes a line that ends a block and begins another. */
  void between(Layout.Piece... pieces) {
    gap = false;
    indent -= 2;
    line(pieces);
    indent += 2;
  }

  /** Writes a documentation comment. */
  void docs(Comment comment) {
    for (String line : comment.lines(Layout.COLUMNS - indent - 4)) {
      before();
      body.append(" ".repeat(indent)).append(line.isEmpty() ? "///" : "/// " + line).append('\n');
    }
  }

  private void before() {
    if (gap) {
      body.append('\n');
    }
    gap = false;
  }

  /** {@return where the file belongs} */
  String path() {
    return name.qualified().replace('.', '/') + ".java";
  }

  /** {@return the whole text} */
  String text() {
    return FirstLine.of(printing.model().document()) + "\n" + ownedText();
  }

  /** {@return the text of a file that belongs to the user from now on} */
  String ownedText() {
    List<String> lines = new ArrayList<>();
    lines.add("package " + name.packageName() + ";");
    lines.add("");
    if (!imports.all().isEmpty()) {
      imports.all().forEach(each -> lines.add("import " + each + ";"));
      lines.add("");
    }
    return String.join("\n", lines) + "\n" + body;
  }

  /** {@return what stands in the class that the first line opens, and the imports it needs} */
  Snippet inside() {
    return new Snippet(body.substring(body.indexOf("\n") + 1), List.copyOf(imports.all()));
  }
}
