package io.brrtrouter.schema.codec;

/** The kinds of JSON values, RFC 8259 section 3. */
public enum JsonKind {
  /** Members in braces. */
  OBJECT,
  /** Items in brackets. */
  ARRAY,
  /** Text in quotes. */
  STRING,
  /** Digits. */
  NUMBER,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** {@code null}. */
  NULL
}
