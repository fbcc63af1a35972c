/** Providers that verify credentials of clients: passwords, tokens, keys and certificates. */
module io.brrtrouter.security {
  requires transitive io.brrtrouter.server;
  requires bcrypt;
  requires com.github.benmanes.caffeine;
  requires com.nimbusds.jose.jwt;
  requires java.net.http;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.brrtrouter.security;

  provides io.brrtrouter.server.runtime.SecuritySource with
      io.brrtrouter.security.ConfiguredProviders;
}
