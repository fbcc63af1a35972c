package io.brrtrouter.server.tls;

/**
 * Why a file of TLS cannot be used, or should not be.
 *
 * @param part what the file is for
 * @param message what is wrong, a sentence that names the file, without full stop
 * @param fix what would be right
 */
public record TlsProblem(Part part, String message, String fix) {

  /** What the files are for. */
  public enum Part {
    /** The certificate of the server. */
    CERTIFICATE,
    /** Its private key. */
    KEY,
    /** The password of the key. */
    KEY_PASSWORD,
    /** Who issues the certificates of clients. */
    CLIENT_AUTHORITIES
  }
}
