/** Router, dispatcher, transport and built-in endpoints of an OpenAPI-first HTTP server. */
module io.brrtrouter.server {
  requires transitive io.brrtrouter.openapi;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.brrtrouter.server.auth;
  exports io.brrtrouter.server.dispatch;
  exports io.brrtrouter.server.http;
  exports io.brrtrouter.server.router;
}
