package io.brrtrouter.security;

import io.brrtrouter.security.jose.CompactJws;
import io.brrtrouter.security.jose.KeySet.Selection;
import io.brrtrouter.security.jose.StrictJson;
import io.brrtrouter.security.jose.VerificationKey;
import io.brrtrouter.security.keys.KeySource;
import io.brrtrouter.security.keys.Keys;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies bearer tokens that are signed JSON Web Tokens (RFC 7519, RFC 9068), for the security
 * schemes {@code http} with {@code bearer}, {@code oauth2} and {@code openIdConnect}. Follows RFC
 * 8725. Safe for use by many threads; close it when the server has stopped.
 *
 * <pre>{@code
 * JwtProvider provider =
 *     JwtProvider.builder()
 *         .discovery(URI.create("https://id.example.com/.well-known/openid-configuration"))
 *         .audience("https://api.example.com")
 *         .build();
 * }</pre>
 *
 * <p>A token that was verified before is answered on the event loop, from a cache that holds claims
 * and no tokens. Claims that handlers get are shared by all requests with that token: they cannot
 * be changed.
 */
public final class JwtProvider implements SecurityProvider, Measured, AutoCloseable {
  private static final Verification NO_TOKEN = Verification.refused("a bearer token is needed");
  private static final Verification REVOKED = Verification.refused("the token is revoked");
  private static final Verification UNKNOWN_KEY =
      Verification.refused("the key of the token is not known");
  private static final Verification WRONG_SIGNATURE =
      Verification.refused("the signature is not valid");
  private static final Verification NO_CLAIMS =
      Verification.refused("the claims of the token are not a JSON object with unique names");

  private final Parts parts;

  /** What a builder has put together. */
  record Parts(
      KeySource keys,
      String keysAre,
      CompactJws.Policy headers,
      ClaimCheck claims,
      ClaimsCache cache,
      @Nullable RevokedTokens revoked,
      @Nullable TokenCheck revocation,
      Optional<String> cookie,
      InstantSource clock) {}

  JwtProvider(Parts parts) {
    this.parts = parts;
  }

  /**
   * {@return a builder, which needs to be told where the keys are, of whom tokens are and for whom}
   */
  public static JwtProviderBuilder builder() {
    return new JwtProviderBuilder();
  }

  /** Answers for tokens that were verified before, as long as their keys are there. */
  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    if (!(credential instanceof Credential.Bearer(String token))) {
      return NO_TOKEN;
    }
    Keys keys = parts.keys.current();
    if (keys == null || token.length() > parts.headers.limits().token() || checkMayBlock()) {
      return Verification.NEEDS_THREAD;
    }
    Verification.Accepted known = parts.cache.find(Digest.of(token), keys, parts.clock.millis());
    if (known == null) {
      return Verification.NEEDS_THREAD;
    }
    try {
      return checked(known);
    } catch (Exception failed) {
      // Asked again on a thread, where whoever asks can tell of a failure.
      return Verification.NEEDS_THREAD;
    }
  }

  private boolean checkMayBlock() {
    return parts.revocation != null && parts.revocation.mayBlock();
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) throws Exception {
    if (!(credential instanceof Credential.Bearer(String token))) {
      return NO_TOKEN;
    }
    return switch (CompactJws.read(token, parts.headers)) {
      case CompactJws.Reading.Malformed(String reason) -> Verification.refused(reason);
      case CompactJws.Reading.Read(CompactJws jws) -> {
        Keys keys = parts.keys.get();
        yield keys == null
            ? new Verification.Unavailable(parts.keys.trouble())
            : known(Digest.of(token), jws, keys);
      }
    };
  }

  private Verification known(Digest digest, CompactJws jws, Keys keys) throws Exception {
    Verification.Accepted known = parts.cache.find(digest, keys, parts.clock.millis());
    return known != null ? checked(known) : select(digest, jws, keys);
  }

  private Verification select(Digest digest, CompactJws jws, Keys keys) throws Exception {
    Selection selection = keys.set().select(jws);
    Verification refused = refused(selection, jws);
    Keys newest = keys;
    if (refused != null && mayBeOld(keys, selection, jws)) {
      newest = parts.keys.renewed(keys);
      if (!newest.equals(keys)) {
        selection = newest.set().select(jws);
        refused = refused(selection, jws);
      }
    }
    return refused == null && selection instanceof Selection.Selected(VerificationKey key)
        ? claims(digest, jws, key, newest)
        : Objects.requireNonNull(refused);
  }

  private static @Nullable Verification refused(Selection selection, CompactJws jws) {
    return switch (selection) {
      case Selection.Unknown() -> UNKNOWN_KEY;
      case Selection.Unfit(String reason) -> Verification.refused(reason);
      case Selection.Selected(VerificationKey key) -> key.verifies(jws) ? null : WRONG_SIGNATURE;
    };
  }

  /**
   * Keys without names are exchanged without a sign, and names may be used again. Only a name that
   * was there a moment ago says that it is the token that is wrong.
   */
  private boolean mayBeOld(Keys keys, Selection selection, CompactJws jws) {
    return selection instanceof Selection.Unknown
        || !keys.set().isNamedBy(jws)
        || !parts.keys.isFresh(keys);
  }

  private Verification claims(Digest digest, CompactJws jws, VerificationKey key, Keys keys)
      throws Exception {
    ObjectNode claims = StrictJson.object(jws.payload());
    if (claims == null) {
      return NO_CLAIMS;
    }
    return switch (parts.claims.check(claims, keys.issuer(), parts.clock.millis())) {
      case ClaimRules.Outcome.Failed(String reason) -> Verification.refused(reason);
      case ClaimRules.Outcome.Passed(Verification.Accepted accepted, var lifetime) -> {
        parts.cache.put(digest, new ClaimsCache.Entry(accepted, lifetime, key, keys.issuer()));
        yield checked(accepted);
      }
    };
  }

  private Verification checked(Verification.Accepted accepted) throws Exception {
    if (parts.revoked != null && parts.revoked.contain(accepted)) {
      return REVOKED;
    }
    if (parts.revocation == null) {
      return accepted;
    }
    return switch (parts.revocation.check(accepted.claims())) {
      case GOOD -> accepted;
      case REVOKED -> REVOKED;
      case UNKNOWN ->
          new Verification.Unavailable("nobody can tell at present whether the token is revoked");
    };
  }

  @Override
  public Optional<String> cookieName() {
    return parts.cookie;
  }

  /** Reads the file of revoked tokens again; one that cannot be read is told once. */
  @Override
  public void reload() {
    if (parts.revoked != null) {
      parts.revoked.reload();
    }
  }

  /** Keys are fetched ahead, and whoever tells of revocations is asked about signed tokens only. */
  @Override
  public boolean resistsGuessing() {
    return true;
  }

  @Override
  public String description() {
    return "JWT, " + parts.keysAre;
  }

  /** {@return how old the keys are and how often they were loaded} */
  @Override
  public List<Measurement> measurements() {
    return parts.keys.measurements();
  }

  /**
   * Ends what fetches keys; tokens are answered with 503 from now on. Takes a few seconds at most.
   */
  @Override
  public void close() {
    parts.keys.close();
  }
}
