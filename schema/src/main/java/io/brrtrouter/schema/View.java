package io.brrtrouter.schema;

/**
 * Which side of an exchange a schema is compiled for. It decides what {@code readOnly} and {@code
 * writeOnly} (JSON Schema validation section 9.4) do.
 */
public enum View {
  /** Both keywords are annotations only. */
  PLAIN,
  /**
   * A {@code readOnly} property is not required, not checked, and dropped from the instance; it
   * still counts as evaluated.
   */
  REQUEST,
  /** The same for {@code writeOnly} properties. */
  RESPONSE
}
