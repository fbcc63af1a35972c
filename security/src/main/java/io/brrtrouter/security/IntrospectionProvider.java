package io.brrtrouter.security;

import io.brrtrouter.security.keys.Destination;
import io.brrtrouter.security.keys.Fetch;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies bearer tokens by asking who issued them (OAuth 2.0 Token Introspection, RFC 7662), for
 * the security schemes {@code http} with {@code bearer}, {@code oauth2} and {@code openIdConnect}.
 * Safe for use by many threads; close it when the server has stopped.
 *
 * <pre>{@code
 * IntrospectionProvider provider =
 *     IntrospectionProvider.builder()
 *         .introspectionUrl(URI.create("https://id.example.com/introspect"))
 *         .client("pets", secret)
 *         .audience("https://api.example.com")
 *         .build();
 * }</pre>
 *
 * <p>What is said of a token is kept for a while, and answered on the event loop: as long a revoked
 * token may still get in. Where nobody answers, the request gets a 503.
 */
public final class IntrospectionProvider implements SecurityProvider, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IntrospectionProvider.class);

  private static final Verification NO_TOKEN = Verification.refused("a bearer token is needed");

  private final Parts parts;
  private final Verification tooLong;

  /** What a builder has put together. */
  record Parts(
      URI url,
      Verdicts verdicts,
      int longest,
      Fetch fetch,
      @Nullable WatchedFile<String> secret,
      String scheme,
      Optional<String> cookie) {}

  IntrospectionProvider(Parts parts) {
    this.parts = parts;
    this.tooLong =
        Verification.refused("the token is longer than " + parts.longest + " characters");
  }

  /** {@return a builder, which needs to be told whom to ask, as whom, and for whom tokens are} */
  public static IntrospectionProviderBuilder builder() {
    return new IntrospectionProviderBuilder();
  }

  /** Answers for tokens that were asked about a moment ago. */
  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    if (!(credential instanceof Credential.Bearer(String token))) {
      return NO_TOKEN;
    }
    if (token.length() > parts.longest) {
      return tooLong;
    }
    Verification known = parts.verdicts.find(Digest.of(token));
    return known == null ? Verification.NEEDS_THREAD : known;
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) throws Exception {
    if (!(credential instanceof Credential.Bearer(String token))) {
      return NO_TOKEN;
    }
    return token.length() > parts.longest ? tooLong : parts.verdicts.get(Digest.of(token), token);
  }

  @Override
  public Optional<String> cookieName() {
    return parts.cookie;
  }

  /** Reads the file of the client's secret again. */
  @Override
  public void reload() {
    if (parts.secret != null) {
      parts.secret.reload(LOG, new WatchedFile.Subject("Secrets", parts.scheme));
    }
  }

  @Override
  public String description() {
    return "token introspection at " + Destination.shown(parts.url);
  }

  /** Ends what asks; tokens are answered with 503 from now on. Takes a few seconds at most. */
  @Override
  public void close() {
    parts.verdicts.close();
    parts.fetch.close();
  }
}
