package io.brrtrouter.server.auth;

import io.brrtrouter.server.http.HttpRequest;
import java.util.List;
import java.util.Set;

/**
 * Accepts credentials that everybody knows, so that a developer can try out what a document
 * secures: as key or token {@value #SECRET}, or {@value #WITHOUT_SCOPES} for one that grants
 * nothing; as user {@value #USER} with either as the password. A server uses it only when asked to,
 * only on a loopback address, and says so at every start. Immutable.
 */
public final class DevelopmentProvider implements SecurityProvider {
  /** The key, token or password that grants every scope. */
  public static final String SECRET = "development-only";

  /** The key, token or password that grants no scope. */
  public static final String WITHOUT_SCOPES = SECRET + ".no-scopes";

  /** The user. */
  public static final String USER = "developer";

  /**
   * Refuses every client certificate: what a server that accepts credentials for development has
   * for {@code mutualTLS}, because there is no certificate that everybody knows.
   */
  public static final SecurityProvider NO_CERTIFICATES = new NoCertificates();

  /** What is no secret anywhere, however it is written. */
  static final Set<KeyDigest> KNOWN_TO_EVERYBODY =
      Set.of(KeyDigest.of(SECRET), KeyDigest.of(WITHOUT_SCOPES));

  private static final Verification REFUSED =
      Verification.refused("only the credentials for development are accepted");

  private final Verification all;
  private final Verification none;

  /**
   * Creates a provider.
   *
   * @param scopes every scope that the document knows for the scheme
   */
  public DevelopmentProvider(List<String> scopes) {
    this.all = Verification.accepted(USER, scopes);
    this.none = Verification.accepted(USER);
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) {
    return verifyOnLoop(credential, request);
  }

  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    return switch (credential) {
      case Credential.ApiKey(String key) -> judge(key);
      case Credential.Bearer(String token) -> judge(token);
      case Credential.Basic(String user, String password) when user.equals(USER) -> judge(password);
      default -> REFUSED;
    };
  }

  /** There is nothing to guess. */
  @Override
  public boolean resistsGuessing() {
    return true;
  }

  private Verification judge(String secret) {
    return switch (secret) {
      case SECRET -> all;
      case WITHOUT_SCOPES -> none;
      default -> REFUSED;
    };
  }

  @Override
  public String description() {
    return "development credentials, which everybody knows";
  }
}
