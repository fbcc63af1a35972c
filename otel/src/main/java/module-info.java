/** Requests in traces of OpenTelemetry. */
module io.brrtrouter.otel {
  requires transitive io.brrtrouter.server;
  requires transitive io.opentelemetry.api;
  requires io.opentelemetry.context;
  requires io.opentelemetry.sdk;
  requires io.opentelemetry.sdk.autoconfigure;
  requires io.opentelemetry.sdk.autoconfigure.spi;
  requires io.opentelemetry.sdk.common;
  requires io.opentelemetry.sdk.trace;
  requires io.opentelemetry.semconv;
  requires java.logging;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.brrtrouter.otel;

  provides io.brrtrouter.server.trace.TracingSource with
      io.brrtrouter.otel.OtelSource;
}
