/** Requests that a server sends: webhooks, callbacks, and operations that other services answer. */
module io.brrtrouter.outbound {
  requires transitive io.brrtrouter.server;
  requires transitive java.sql;
  requires io.github.resilience4j.circuitbreaker;
  requires io.github.resilience4j.core;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.brrtrouter.outbound;

  provides io.brrtrouter.server.service.ServiceSource with
      io.brrtrouter.outbound.proxy.ProxySource;
}
