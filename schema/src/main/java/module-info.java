/** JSON Schema draft 2020-12: compile once, evaluate fast, explain on demand. */
// The qualified export names a module that is compiled after this one.
@SuppressWarnings("module")
module io.brrtrouter.schema {
  requires transitive tools.jackson.databind;
  requires re2j;
  requires static transitive org.jspecify;

  exports io.brrtrouter.schema;
  exports io.brrtrouter.schema.codec;
  exports io.brrtrouter.schema.stream;
  exports io.brrtrouter.schema.pattern to
      io.brrtrouter.openapi;
}
