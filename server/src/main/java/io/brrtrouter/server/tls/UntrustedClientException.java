package io.brrtrouter.server.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** The certificate of a client is not trusted. */
final class UntrustedClientException extends CertificateException {
  private static final long serialVersionUID = 1;

  private final transient X509Certificate certificate;

  /** By the cause of the cause the JDK chooses the alert that the client gets. */
  UntrustedClientException(X509Certificate certificate, CertificateException untrusted) {
    super(untrusted.getMessage(), untrusted.getCause() == null ? untrusted : untrusted.getCause());
    this.certificate = certificate;
  }

  /** {@return that of the client itself} */
  X509Certificate certificate() {
    return certificate;
  }
}
