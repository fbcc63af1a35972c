package io.brrtrouter.server.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whom some authorities trust, and says whose certificate is not trusted. It is told of the
 * connection, so that the algorithms that this one allows count for the certificates that are
 * needed (RFC 8446 section 4.4.2.4), and for no other that a client sends along. Safe for use by
 * many threads.
 */
final class ClientTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authorities;

  /**
   * Says whose certificate is not trusted.
   *
   * @param authorities decides
   */
  ClientTrust(X509ExtendedTrustManager authorities) {
    this.authorities = authorities;
  }

  /** Without a connection, what that one allows does not count. */
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      authorities.checkClientTrusted(chain, authType);
    } catch (CertificateException untrusted) {
      throw new UntrustedClientException(chain[0], untrusted);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      authorities.checkClientTrusted(chain, authType, engine);
    } catch (CertificateException untrusted) {
      throw new UntrustedClientException(chain[0], untrusted);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      authorities.checkClientTrusted(chain, authType, socket);
    } catch (CertificateException untrusted) {
      throw new UntrustedClientException(chain[0], untrusted);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
