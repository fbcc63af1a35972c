package io.brrtrouter.server.auth;

import io.brrtrouter.server.http.HttpRequest;
import java.util.Optional;

/**
 * Verifies the credentials of one security scheme: the place for a way to authenticate that the
 * server does not know. The server finds the credential where the document says it is, asks the
 * scheme's provider at most once for each request, and compares the scopes with those that the
 * operation requires; a provider only says who it is.
 *
 * <pre>{@code
 * BrrtServer.builder()
 *     .document(Path.of("petstore.yaml"))
 *     .security("api_key", (credential, request) ->
 *         credential instanceof Credential.ApiKey(String key) && partners.containsKey(key)
 *             ? Verification.accepted(partners.get(key))
 *             : Verification.refused("the key is not known"))
 * }</pre>
 *
 * <p>Rate limits count who it is by the subject. A provider whose credentials name nobody says with
 * {@link Verification.Accepted#withClient} what tells one client from another; else they are known
 * by their addresses.
 *
 * <p>Must be safe for use by many threads. It outlives reloads of the document, and what it caches
 * lives as long as it does.
 */
@FunctionalInterface
public interface SecurityProvider {

  /**
   * Verifies a credential; may block. Called on a virtual thread before the body is read, and only
   * when {@link #verifyOnLoop} has answered {@link Verification.NeedsThread}. What it throws is
   * logged and answered with 500; nobody is let in.
   *
   * @param credential what the client presents
   * @param request the head of its request
   * @return whether it is good; never {@link Verification.NeedsThread}
   * @throws Exception if it cannot tell for a reason that is no one's fault but its own
   */
  Verification verify(Credential credential, HttpRequest request) throws Exception;

  /**
   * Verifies a credential without blocking, or says that it takes a thread, which is what it says
   * unless overridden. Called on an event loop, whose connections all wait meanwhile.
   *
   * @param credential what the client presents
   * @param request the head of its request
   * @return whether it is good, or {@link Verification.NeedsThread}
   */
  default Verification verifyOnLoop(Credential credential, HttpRequest request) {
    return Verification.NEEDS_THREAD;
  }

  /**
   * {@return the cookie that a bearer token may come in where there is no {@code Authorization}}
   * Asked once, when a document is compiled. Requests with such a cookie are checked by the guard
   * against forged requests of other sites.
   */
  default Optional<String> cookieName() {
    return Optional.empty();
  }

  /**
   * {@return whether nobody can guess a credential, and verifying one asks nobody else: a signature
   * verified with keys that are here, for example} Such a provider goes on to be asked, on threads
   * too, from an address of which too many credentials were refused; any other that takes a thread
   * is not, which it is not unless overridden. Asked once, when a document is compiled. Passwords
   * can be guessed, whoever verifies them: they are not looked at then in any case.
   */
  default boolean resistsGuessing() {
    return false;
  }

  /**
   * Reads again what it keeps in files, if anything; may block. Called every {@code
   * security.reload_secs}, on a thread of its own, and not again before it has returned.
   *
   * <p>What is gone grants nothing: who deletes a file with a key, a directory of keys or a file of
   * users takes back what it granted, and the log says so. What is there and cannot be read, or is
   * wrong, is told in the log, and what was read before stays in force. What takes something away,
   * a list of revoked tokens for example, stays in force when it is gone.
   */
  default void reload() {}

  /**
   * {@return what verifies, in a few words for the report of a starting server: {@code 2 keys} or
   * {@code JWT, keys from https://id.example.com/jwks.json} for example; never a secret} Unless it
   * says something better it is its class, or for one without name where its code is.
   */
  default String description() {
    Class<?> type = getClass();
    return type.isHidden() || type.isAnonymousClass()
        ? "code in " + type.getName().replaceFirst("\\$.*", "")
        : type.getSimpleName();
  }
}
