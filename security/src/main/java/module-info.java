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

  provides io.brrtrouter.server.scheme.SecuritySource with
      io.brrtrouter.security.JwksSource,
      io.brrtrouter.security.BasicSource,
      io.brrtrouter.security.IntrospectionSource,
      io.brrtrouter.security.RemoteApiKeySource,
      io.brrtrouter.security.MutualTlsSource,
      io.brrtrouter.security.SpiffeSource;
}
