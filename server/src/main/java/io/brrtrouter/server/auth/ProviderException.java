package io.brrtrouter.server.auth;

/** A {@link SecurityProvider} failed instead of saying whether a credential is good. */
public final class ProviderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says whose provider failed.
   *
   * @param scheme name of its security scheme
   * @param cause what it threw
   */
  ProviderException(String scheme, Throwable cause) {
    super("the provider of security scheme " + scheme + " failed", cause);
  }

  /**
   * Says whose provider does not keep to the contract.
   *
   * @param scheme name of its security scheme
   * @param what what it did
   */
  ProviderException(String scheme, String what) {
    super("the provider of security scheme " + scheme + " broke its contract: " + what);
  }
}
