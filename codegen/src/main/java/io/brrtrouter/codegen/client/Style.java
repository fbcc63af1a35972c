package io.brrtrouter.codegen.client;

/// How the value of a parameter is written: the styles of OpenAPI 3.1.1 section 4.8.12.2.1, and
/// `cookie` of 3.2.
enum Style {
  MATRIX,
  LABEL,
  SIMPLE,
  FORM,
  SPACE_DELIMITED,
  PIPE_DELIMITED,
  DEEP_OBJECT,
  COOKIE
}
