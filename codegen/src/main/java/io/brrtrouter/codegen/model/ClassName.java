package io.brrtrouter.codegen.model;

/**
 * The name of a top-level class.
 *
 * @param packageName its package
 * @param simpleName its name in the package
 */
public record ClassName(String packageName, String simpleName) {

  /** Refuses what is no identifier. */
  public ClassName {
    Demand.identifier(simpleName);
    for (String part : packageName.split("\\.", -1)) {
      Demand.identifier(part);
    }
  }

  /** {@return the name with its package} */
  public String qualified() {
    return packageName + "." + simpleName;
  }
}
