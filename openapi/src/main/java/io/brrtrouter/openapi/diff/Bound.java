package io.brrtrouter.openapi.diff;

/** A keyword that says the least or the most of something. */
enum Bound {
  MINIMUM("minimum"),
  MAXIMUM("maximum"),
  MIN_LENGTH("minLength"),
  MAX_LENGTH("maxLength"),
  MIN_ITEMS("minItems"),
  MAX_ITEMS("maxItems"),
  MIN_PROPERTIES("minProperties"),
  MAX_PROPERTIES("maxProperties");

  private final String keyword;

  Bound(String keyword) {
    this.keyword = keyword;
  }

  /** {@return the keyword as schemas have it, for example {@code minLength}} */
  String keyword() {
    return keyword;
  }

  /** {@return whether it says the least} */
  boolean isLeast() {
    return keyword.startsWith("min");
  }
}
