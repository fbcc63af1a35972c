package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.print.Layout.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lines of code that are put together before it is known where they stand. */
final class Code {
  private final List<Consumer<JavaFile>> steps = new ArrayList<>();

  Code line(Piece... pieces) {
    steps.add(file -> file.line(pieces));
    return this;
  }

  Code line(String text) {
    return line(Layout.word(text));
  }

  Code open(Piece... pieces) {
    steps.add(file -> file.open(pieces));
    return this;
  }

  Code open(String text) {
    return open(Layout.word(text));
  }

  Code close() {
    return close("}");
  }

  Code close(String text) {
    steps.add(file -> file.close(text));
    return this;
  }

  /** Ends a block and begins another on the same line. */
  Code between(Piece... pieces) {
    steps.add(file -> file.between(pieces));
    return this;
  }

  Code gap() {
    steps.add(JavaFile::gap);
    return this;
  }

  Code append(Code others) {
    steps.addAll(others.steps);
    return this;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  void print(JavaFile file) {
    steps.forEach(step -> step.accept(file));
  }
}
