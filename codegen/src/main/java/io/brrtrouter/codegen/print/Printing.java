package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaModel;
import java.util.Map;

/**
 * What all files are printed from.
 *
 * @param model the model
 * @param known its declarations by name
 */
record Printing(JavaModel model, Map<ClassName, Declaration> known) {
  static Printing of(JavaModel model) {
    return new Printing(model, model.byName());
  }
}
