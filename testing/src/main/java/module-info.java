/** The same requests and assertions in process and over a socket. */
module io.brrtrouter.testing {
  requires transitive io.brrtrouter.server;
  requires transitive org.junit.jupiter.api;
  requires static com.google.protobuf;
  requires static io.opentelemetry.proto;
  requires java.net.http;
  requires jdk.httpserver;
  requires static transitive org.jspecify;

  exports io.brrtrouter.testing;
  exports io.brrtrouter.testing.telemetry;
}
