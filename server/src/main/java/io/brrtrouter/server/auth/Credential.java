package io.brrtrouter.server.auth;

import java.security.cert.X509Certificate;
import java.util.List;

/** What a client presents for one security scheme. Its text form never shows the secret. */
public sealed interface Credential {

  /**
   * An API key (OpenAPI {@code apiKey}).
   *
   * @param value the key, not empty
   */
  record ApiKey(String value) implements Credential {
    @Override
    public String toString() {
      return "ApiKey[hidden]";
    }
  }

  /**
   * User and password (RFC 7617).
   *
   * @param user the user name; may be empty
   * @param password the password; may be empty
   */
  record Basic(String user, String password) implements Credential {
    @Override
    public String toString() {
      return "Basic[hidden]";
    }
  }

  /**
   * A bearer token (RFC 6750 section 2.1).
   *
   * @param token the token, in the syntax {@code b64token}
   */
  record Bearer(String token) implements Credential {
    @Override
    public String toString() {
      return "Bearer[hidden]";
    }
  }

  /**
   * The client's certificate of a connection with mutual TLS (OpenAPI {@code mutualTLS}), verified
   * against the trusted authorities by TLS itself.
   *
   * @param chain the certificates, the client's own first; at least one
   */
  record ClientCertificate(List<X509Certificate> chain) implements Credential {
    /** Copies the list, and refuses an empty one. */
    public ClientCertificate {
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("a chain has at least one certificate");
      }
      chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
      return "ClientCertificate[" + chain.getFirst().getSubjectX500Principal().getName() + "]";
    }
  }

  /**
   * Credentials of another HTTP authentication scheme (RFC 9110 section 11.4).
   *
   * @param scheme the scheme in lower case, for example {@code digest}
   * @param value what follows the scheme, not empty
   */
  record Other(String scheme, String value) implements Credential {
    @Override
    public String toString() {
      return "Other[" + scheme + ", hidden]";
    }
  }
}
