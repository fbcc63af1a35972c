/** From an OpenAPI document to Java source files: records, enums, sealed types, handlers. */
module io.brrtrouter.codegen {
  requires transitive io.brrtrouter.openapi;
  requires java.compiler;
  requires java.net.http; // clients, whose unchanging part is compiled here
  requires static transitive org.jspecify;

  exports io.brrtrouter.codegen;
  exports io.brrtrouter.codegen.model;
}
