package io.brrtrouter.openapi;

/** How bad a finding is. */
public enum Severity {
  /** The document violates its specification, or cannot be served. */
  ERROR,
  /** Allowed, but likely to hurt: style, mismatching examples, unused components. */
  WARNING
}
