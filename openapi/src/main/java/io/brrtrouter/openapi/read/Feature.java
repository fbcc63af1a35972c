package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.Construct.Treatment;

/** The kinds of constructs the load report knows, and what becomes of each. */
enum Feature {
  OPERATION("operation", Treatment.HONOURED, ""),
  REQUEST_BODY_UNUSUAL(
      "request body of",
      "GET, HEAD, DELETE or TRACE",
      Treatment.CAVEAT,
      "HTTP gives it no meaning there; it is read and validated like any other"),
  ADDITIONAL_OPERATION("additional operation", Treatment.HONOURED, ""),
  PATH_ITEM_REFERENCE("path item by reference", Treatment.HONOURED, ""),
  PARAMETER("parameter", Treatment.HONOURED, ""),
  PARAMETER_CONTENT("parameter with content", "of JSON or text", Treatment.HONOURED, ""),
  PARAMETER_CONTENT_RAW(
      "parameter with content",
      "of another media type",
      Treatment.CAVEAT,
      "only JSON and text are decoded and validated; handlers get other content as text"),
  PARAMETER_IGNORED(
      "header parameter",
      "Accept, Content-Type or Authorization",
      Treatment.CAVEAT,
      "ignored, as the specification demands"),
  ALLOW_EMPTY_VALUE("allowEmptyValue", Treatment.HONOURED, ""),
  ALLOW_RESERVED("allowReserved", Treatment.HONOURED, ""),
  QUERYSTRING("parameter in querystring", Treatment.HONOURED, ""),
  REQUEST_BODY("request body", "of JSON, a form, text or items", Treatment.HONOURED, ""),
  REQUEST_BODY_RAW(
      "request body",
      "of another media type",
      Treatment.CAVEAT,
      "handlers get the bytes; the content is not validated against its schema"),
  RESPONSE("response", "of JSON or items", Treatment.HONOURED, ""),
  RESPONSE_RAW(
      "response",
      "of another media type",
      Treatment.CAVEAT,
      "the content is not checked against its schema"),
  MESSAGE("message of a WebSocket", "of JSON or text", Treatment.HONOURED, ""),
  MESSAGE_BINARY(
      "message of a WebSocket",
      "of another media type",
      Treatment.CAVEAT,
      "a binary message; the content is not checked against its schema"),
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
  ENCODING_BY_POSITION("prefixEncoding and itemEncoding", Treatment.HONOURED, ""),
  NESTED_ENCODING(
      "nested encoding",
      Treatment.CAVEAT,
      "documented; a nested multipart is handed over as bytes"),
  ITEM_SCHEMA(
      "itemSchema", "of JSON Lines, JSON sequences, events or parts", Treatment.HONOURED, ""),
  ITEM_SCHEMA_OF_SENT_EVENTS(
      "itemSchema",
      "of events in a request",
      Treatment.CAVEAT,
      "documented; handlers get the bytes of the events"),
  ITEM_SCHEMA_WITHOUT_EFFECT(
      "itemSchema",
      "of another media type",
      Treatment.CAVEAT,
      "documented; only sequential media types have items"),
  EXAMPLE("example", Treatment.HONOURED, ""),
  EXAMPLE_EXTERNAL(
      "example with externalValue", Treatment.CAVEAT, "documented; the value is not fetched"),
  LINK("link", Treatment.CAVEAT, "documented; links are for clients to follow"),
  CALLBACK("callback", Treatment.CAVEAT, "documented; sent by code of the part senders"),
  WEBHOOK("webhook", Treatment.CAVEAT, "documented; sent by code of the part senders"),
  SERVER("server", Treatment.HONOURED, ""),
  SERVER_VARIABLE(
      "server variable",
      Treatment.CAVEAT,
      "the default value decides the base path; other values are documented"),
  SERVER_OVERRIDE("servers of a path or operation", Treatment.HONOURED, ""),
  SECURITY_SCHEME(
      "security scheme",
      Treatment.CAVEAT,
      "needs a provider; without one a document whose operations take it is not served"),
  SECURITY_REQUIREMENT("security requirement", Treatment.HONOURED, ""),
  TAG("tag", Treatment.HONOURED, ""),
  DEPRECATED("deprecated", Treatment.HONOURED, ""),
  REFERENCE_EXTERNAL("reference to another file", Treatment.HONOURED, ""),
  REFERENCE_REMOTE(
      "reference to the network", Treatment.REFUSED, "only files are read; save the target as one"),
  EXTENSION("extension", Treatment.HONOURED, ""),
  SELF("$self", Treatment.HONOURED, ""),
  DIALECT("schema dialect", "of OpenAPI or JSON Schema 2020-12", Treatment.HONOURED, ""),
  DIALECT_UNKNOWN(
      "schema dialect",
      "of another origin",
      Treatment.REFUSED,
      "unknown; known are those of OpenAPI 3.1 and 3.2 and JSON Schema 2020-12"),
  SCHEMA_KEYWORD("schema keyword", "of OpenAPI or JSON Schema 2020-12", Treatment.HONOURED, ""),
  SCHEMA_CONTENT(
      "schema keyword",
      "contentEncoding, contentMediaType or contentSchema",
      Treatment.CAVEAT,
      "an annotation, but for JSON in the data of events; other strings are not decoded"),
  SCHEMA_XML(
      "schema keyword",
      "xml",
      Treatment.CAVEAT,
      "documented; XML is handed over as bytes and not validated"),
  SCHEMA_UNKNOWN(
      "schema keyword", "of another name", Treatment.CAVEAT, "unknown; kept, without effect"),
  PATTERN_REFUSED(
      "pattern",
      Treatment.REFUSED,
      "cannot be matched in time linear in the text; allow backtracking patterns to use it"),
  FORMAT("format", "of a known name", Treatment.HONOURED, ""),
  FORMAT_UNKNOWN(
      "format", "of another name", Treatment.CAVEAT, "unknown; an annotation unless registered");

  private final String construct;
  private final String variants;
  private final Treatment treatment;
  private final String note;

  Feature(String construct, Treatment treatment, String note) {
    this(construct, "", treatment, note);
  }

  Feature(String construct, String variants, Treatment treatment, String note) {
    this.construct = construct;
    this.variants = variants;
    this.treatment = treatment;
    this.note = note;
  }

  String construct() {
    return construct;
  }

  /** {@return the construct with all its variants, as the page on compliance lists it} */
  String title() {
    return variants.isEmpty() ? construct : construct + " " + variants;
  }

  Treatment treatment() {
    return treatment;
  }

  String note() {
    return note;
  }
}
