/** JSON Schema draft 2020-12: compile once, evaluate fast, explain on demand. */
module io.brrtrouter.schema {
  requires transitive tools.jackson.databind;
  requires re2j;
  requires static transitive org.jspecify;

  exports io.brrtrouter.schema;
}
