package io.brrtrouter.openapi.model;

/** Where a parameter is sent (OpenAPI 3.1.1 section 4.8.12.1; {@link #QUERYSTRING} since 3.2). */
public enum ParameterLocation {
  /** A segment, or part of one, of the path. */
  PATH,
  /** A name of the query. */
  QUERY,
  /** The query as a whole. */
  QUERYSTRING,
  /** A header field. */
  HEADER,
  /** A cookie. */
  COOKIE;

  /** {@return the word of the specification, for example {@code query}} */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
