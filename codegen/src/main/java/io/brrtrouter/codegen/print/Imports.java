package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.ClassName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Shortens qualified names in one file and remembers what to import. */
final class Imports {
  private final String packageName;
  private final Set<String> nested;
  private final Map<String, String> bySimpleName = new HashMap<>();
  private final Set<String> imports = new TreeSet<>();

  /**
   * Begins a file.
   *
   * @param own the top-level class
   * @param nested simple names of the classes in it; they hide others
   */
  Imports(ClassName own, Set<String> nested) {
    this.packageName = own.packageName();
    this.nested = Set.copyOf(nested);
    bySimpleName.put(own.simpleName(), own.qualified());
  }

  /** {@return the shortest name that means a class in this file} */
  String use(String qualified) {
    int dot = qualified.lastIndexOf('.');
    if (dot < 0) {
      return qualified;
    }
    String simple = qualified.substring(dot + 1);
    String in = qualified.substring(0, dot);
    boolean here = in.equals(packageName);
    if (nested.contains(simple)
        || !bySimpleName.computeIfAbsent(simple, any -> qualified).equals(qualified)) {
      return qualified;
    }
    if (!here && !in.equals("java.lang")) {
      imports.add(qualified);
    }
    return simple;
  }

  /** {@return the names to import, sorted} */
  Set<String> all() {
    return imports;
  }
}
