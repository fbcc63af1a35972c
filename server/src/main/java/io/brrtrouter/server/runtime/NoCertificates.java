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
      Verification.refused("there is no certificate for development");

  @Override
  public Verification verify(Credential credential, HttpRequest request) {
    return REFUSED;
  }

  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    return REFUSED;
  }

  @Override
  public String description() {
    return "no certificate for development";
  }
}
