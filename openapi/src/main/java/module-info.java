/** Located OpenAPI 3.0, 3.1 and 3.2 documents: reader, references, model and lint. */
module io.brrtrouter.openapi {
  requires transitive io.brrtrouter.schema;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports io.brrtrouter.openapi;
  exports io.brrtrouter.openapi.diff;
  exports io.brrtrouter.openapi.lint;
  exports io.brrtrouter.openapi.model;
  exports io.brrtrouter.openapi.source;
}
