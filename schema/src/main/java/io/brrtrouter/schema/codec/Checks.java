package io.brrtrouter.schema.codec;

/** How much a codec judges. */
public enum Checks {
  /** Everything the schema demands. */
  ALL,

  /** Only what JSON and the Java type demand: a schema program judges the same bytes. */
  SYNTAX
}
