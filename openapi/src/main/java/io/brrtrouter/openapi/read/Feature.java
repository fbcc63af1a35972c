package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.Construct.Treatment;

/** The kinds of constructs the load report knows, and what becomes of each. */
enum Feature {
  OPERATION("operation", Treatment.HONOURED, ""),
  REQUEST_BODY_UNUSUAL(
      "request body of",
      Treatment.CAVEAT,
      "HTTP gives it no meaning there; it is read and validated like any other"),
  ADDITIONAL_OPERATION("additional operation", Treatment.HONOURED, ""),
  PATH_ITEM_REFERENCE("path item by reference", Treatment.HONOURED, ""),
  PARAMETER("parameter", Treatment.HONOURED, ""),
  PARAMETER_CONTENT("parameter with content", Treatment.HONOURED, ""),
  PARAMETER_CONTENT_RAW(
      "parameter with content",
      Treatment.CAVEAT,
      "only JSON and text are decoded and validated; handlers get other content as text"),
  PARAMETER_IGNORED("header parameter", Treatment.CAVEAT, "ignored, as the specification demands"),
  ALLOW_EMPTY_VALUE("allowEmptyValue", Treatment.HONOURED, ""),
  ALLOW_RESERVED("allowReserved", Treatment.HONOURED, ""),
  QUERYSTRING("parameter in querystring", Treatment.HONOURED, ""),
  REQUEST_BODY("request body", Treatment.HONOURED, ""),
  REQUEST_BODY_RAW(
      "request body",
      Treatment.CAVEAT,
      "handlers get the bytes; the content is not validated against its schema"),
  RESPONSE("response", Treatment.HONOURED, ""),
  RESPONSE_RAW("response", Treatment.CAVEAT, "the content is not checked against its schema"),
  RESPONSE_RANGE("response range", Treatment.HONOURED, ""),
  RESPONSE_DEFAULT("default response", Treatment.HONOURED, ""),
  RESPONSE_HEADER("response header", Treatment.HONOURED, ""),
  RESPONSE_HEADER_IGNORED(
      "response header Content-Type", Treatment.CAVEAT, "ignored, as the specification demands"),
  ENCODING("encoding of a form field or part", Treatment.HONOURED, ""),
  ENCODING_WITHOUT_EFFECT(
      "encoding",
      Treatment.CAVEAT,
      "applies to form and multipart content only; ignored elsewhere"),
  ENCODING_BY_POSITION(
      "prefixEncoding and itemEncoding",
      Treatment.CAVEAT,
      "documented; parts without names are handed over as bytes"),
  NESTED_ENCODING(
      "nested encoding",
      Treatment.CAVEAT,
      "documented; a nested multipart is handed over as bytes"),
  ITEM_SCHEMA(
      "itemSchema",
      Treatment.CAVEAT,
      "documented; streams of items are not validated item by item yet"),
  EXAMPLE("example", Treatment.HONOURED, ""),
  EXAMPLE_EXTERNAL(
      "example with externalValue", Treatment.CAVEAT, "documented; the value is not fetched"),
  LINK("link", Treatment.CAVEAT, "documented; links are for clients to follow"),
  CALLBACK("callback", Treatment.CAVEAT, "documented; requests are not sent yet"),
  WEBHOOK("webhook", Treatment.CAVEAT, "documented; requests are not sent yet"),
  SERVER("server", Treatment.HONOURED, ""),
  SERVER_VARIABLE(
      "server variable",
      Treatment.CAVEAT,
      "the default value decides the base path; other values are documented"),
  SERVER_OVERRIDE("servers of a path or operation", Treatment.HONOURED, ""),
  SECURITY_SCHEME(
      "security scheme",
      Treatment.CAVEAT,
      "needs a provider; without one only mocks answer, on the local machine"),
  SECURITY_REQUIREMENT("security requirement", Treatment.HONOURED, ""),
  TAG("tag", Treatment.HONOURED, ""),
  DEPRECATED("deprecated", Treatment.HONOURED, ""),
  REFERENCE_EXTERNAL("reference to another file", Treatment.HONOURED, ""),
  REFERENCE_REMOTE(
      "reference to the network", Treatment.REFUSED, "only files are read; save the target as one"),
  EXTENSION("extension", Treatment.HONOURED, ""),
  SELF("$self", Treatment.HONOURED, ""),
  DIALECT("schema dialect", Treatment.HONOURED, ""),
  DIALECT_UNKNOWN(
      "schema dialect",
      Treatment.REFUSED,
      "unknown; known are those of OpenAPI 3.1 and 3.2 and JSON Schema 2020-12"),
  SCHEMA_KEYWORD("schema keyword", Treatment.HONOURED, ""),
  SCHEMA_CONTENT(
      "schema keyword",
      Treatment.CAVEAT,
      "an annotation; strings are not decoded and their content is not validated"),
  SCHEMA_XML(
      "schema keyword",
      Treatment.CAVEAT,
      "documented; XML is handed over as bytes and not validated"),
  SCHEMA_UNKNOWN("schema keyword", Treatment.CAVEAT, "unknown; kept, without effect"),
  PATTERN_REFUSED(
      "pattern",
      Treatment.REFUSED,
      "cannot be matched in time linear in the text; allow backtracking patterns to use it"),
  FORMAT("format", Treatment.HONOURED, ""),
  FORMAT_UNKNOWN("format", Treatment.CAVEAT, "unknown; an annotation unless registered");

  private final String construct;
  private final Treatment treatment;
  private final String note;

  Feature(String construct, Treatment treatment, String note) {
    this.construct = construct;
    this.treatment = treatment;
    this.note = note;
  }

  String construct() {
    return construct;
  }

  Treatment treatment() {
    return treatment;
  }

  String note() {
    return note;
  }
}
