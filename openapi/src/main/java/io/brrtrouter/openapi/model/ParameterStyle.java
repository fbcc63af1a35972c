package io.brrtrouter.openapi.model;

/** How a parameter's value is serialised (OpenAPI 3.1.1 section 4.8.12.3; cookie since 3.2). */
public enum ParameterStyle {
  /** {@code ;name=value}, paths. */
  MATRIX("matrix"),
  /** {@code .value}, paths. */
  LABEL("label"),
  /** {@code value,value}, paths and headers. */
  SIMPLE("simple"),
  /** {@code name=value}, queries and cookies. */
  FORM("form"),
  /** Values separated by spaces, queries. */
  SPACE_DELIMITED("spaceDelimited"),
  /** Values separated by bars, queries. */
  PIPE_DELIMITED("pipeDelimited"),
  /** {@code name[key]=value}, queries. */
  DEEP_OBJECT("deepObject"),
  /** {@code name=value}, cookies, not percent-encoded. */
  COOKIE("cookie");

  private final String word;

  ParameterStyle(String word) {
    this.word = word;
  }

  /** {@return the word of the specification, for example {@code spaceDelimited}} */
  public String word() {
    return word;
  }
}
