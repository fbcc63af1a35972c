package io.brrtrouter.server.runtime;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;

/**
 * Refuses every client certificate: what a server that accepts credentials for development has for
 * {@code mutualTLS}, because there is no certificate that everybody knows.
 */
record NoCertificates() implements SecurityProvider {
  private static final Verification REFUSED =
      Verification.refused("nobody gets in with a certificate in development mode");

  @Override
  public Verification verify(Credential credential, HttpRequest request) {
    return REFUSED;
  }

  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    return REFUSED;
  }

  @Override
  public boolean resistsGuessing() {
    return true;
  }

  @Override
  public String description() {
    return "nobody gets in with a certificate in development mode";
  }
}
