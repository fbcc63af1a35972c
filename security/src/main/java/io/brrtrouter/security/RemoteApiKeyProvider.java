package io.brrtrouter.security;

import io.brrtrouter.security.keys.Destination;
import io.brrtrouter.security.keys.Fetch;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;
import java.net.URI;

/**
 * Verifies API keys by asking somebody who knows them, for the security scheme {@code apiKey}: a
 * GET with the key in a header field. 204, or 200 without a body or with a JSON object that has one
 * of {@code valid}, {@code active}, {@code subject} and {@code scopes}, means that the key is good,
 * and the object may say who it is, {@code {"subject": "anna", "scopes": ["read"]}}; 401 and 403,
 * and an object whose {@code valid} or {@code active} is false, mean that it is not. Anything else
 * says nothing of the key: a 404 comes from a wrong path, for all keys alike. Safe for use by many
 * threads; close it when the server has stopped.
 *
 * <pre>{@code
 * RemoteApiKeyProvider provider =
 *     RemoteApiKeyProvider.builder()
 *         .verifyUrl(URI.create("https://keys.example.com/verify"))
 *         .build();
 * }</pre>
 *
 * <p>To rate limits a key of which nobody says whose it is is a client by itself, by its digest.
 *
 * <p>What is said of a key is kept for a while, and answered on the event loop. Where nobody
 * answers, or something else, the request gets a 503.
 */
public final class RemoteApiKeyProvider implements SecurityProvider, AutoCloseable {
  private final URI url;
  private final Verdicts verdicts;
  private final int longest;
  private final Fetch fetch;

  RemoteApiKeyProvider(URI url, Verdicts verdicts, int longest, Fetch fetch) {
    this.url = url;
    this.verdicts = verdicts;
    this.longest = longest;
    this.fetch = fetch;
  }

  /** {@return a builder, which needs to be told whom to ask} */
  public static RemoteApiKeyProviderBuilder builder() {
    return new RemoteApiKeyProviderBuilder();
  }

  /** Answers for keys that were asked about a moment ago. */
  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    if (!(credential instanceof Credential.ApiKey(String key)) || !isSendable(key)) {
      return RemoteApiKeyQuestion.UNKNOWN;
    }
    Verification known = verdicts.find(Digest.of(key));
    return known == null ? Verification.NEEDS_THREAD : known;
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) throws Exception {
    return credential instanceof Credential.ApiKey(String key) && isSendable(key)
        ? verdicts.get(Digest.of(key), key)
        : RemoteApiKeyQuestion.UNKNOWN;
  }

  /** What no header field can carry, or not alike (RFC 9110 section 5.5), is no key. */
  private boolean isSendable(String key) {
    return key.length() <= longest && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  @Override
  public String description() {
    return "keys verified by " + Destination.shown(url);
  }

  /** Ends what asks; keys are answered with 503 from now on. Takes a few seconds at most. */
  @Override
  public void close() {
    verdicts.close();
    fetch.close();
  }
}
