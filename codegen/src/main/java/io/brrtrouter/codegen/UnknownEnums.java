package io.brrtrouter.codegen;

/** What becomes of a string that is not among the values of an enum. */
public enum UnknownEnums {
  /** It is refused, as the schema says: the class is a Java enum. */
  REFUSE,
  /** It is kept, for callers of services that grow: the class is a sealed interface. */
  KEEP
}
