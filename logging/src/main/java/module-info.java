/** Writes what a server logs: lines of JSON or for people, bounded, and without secrets. */
module io.brrtrouter.logging {
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires static loki.logback.appender;
  requires io.brrtrouter.server;
  requires static org.jspecify;
  requires org.slf4j;

  exports io.brrtrouter.logging to
      ch.qos.logback.classic,
      ch.qos.logback.core;

  provides ch.qos.logback.classic.spi.Configurator with
      io.brrtrouter.logging.LoggingSetup;
  provides io.brrtrouter.server.log.LogBackend with
      io.brrtrouter.logging.LogbackBackend;
}
