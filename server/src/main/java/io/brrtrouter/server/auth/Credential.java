package io.brrtrouter.server.auth;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private static final int LONGEST_NAME = 200;

    /** The kind of alternative name that is a URI (RFC 5280 section 4.2.1.6). */
    private static final Integer URI = 6;

    /** Copies the list, and refuses an empty one. */
    public ClientCertificate {
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("a chain has at least one certificate");
      }
      chain = List.copyOf(chain);
    }

    /**
     * {@return who it says it is, for a log: the SPIFFE ID if it has one, else the distinguished
     * name; shortened, without control characters}
     */
    public String name() {
      String name = spiffeId();
      StringBuilder shown = new StringBuilder();
      (name == null ? chain.getFirst().getSubjectX500Principal().getName() : name)
          .codePoints()
          .limit(LONGEST_NAME)
          .map(c -> Character.isISOControl(c) ? '?' : c)
          .forEach(shown::appendCodePoint);
      return shown.isEmpty() ? "a certificate without subject" : shown.toString();
    }

    private @Nullable String spiffeId() {
      try {
        Collection<List<?>> names = chain.getFirst().getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
          if (name.get(0).equals(URI)
              && name.get(1) instanceof String uri
              && uri.startsWith("spiffe://")) {
            return uri;
          }
        }
      } catch (CertificateParsingException unreadable) {
        // Then it is known by its subject only.
      }
      return null;
    }

    @Override
    public String toString() {
      return "ClientCertificate[" + name() + "]";
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
