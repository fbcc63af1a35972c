package io.brrtrouter.server.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts whom some authorities trust, and says whose certificate is not trusted. What depends on
 * the connection, the algorithms that it allows for example, the JDK checks itself.
 *
 * @param authorities decides
 */
record ClientTrust(X509TrustManager authorities) implements X509TrustManager {

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
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
