/** The same requests and assertions in process and over a socket. */
module io.brrtrouter.testing {
  requires transitive io.brrtrouter.server;
  requires transitive org.junit.jupiter.api;
  requires java.net.http;
  requires static transitive org.jspecify;

  exports io.brrtrouter.testing;
}
