package io.brrtrouter.security;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import java.util.List;
import java.util.Optional;

/**
 * Verifies bearer tokens that are JWT-SVIDs, names of workloads that their trust domain has signed
 * (SPIFFE JWT-SVID), for the security schemes {@code http} with {@code bearer}, {@code oauth2} and
 * {@code openIdConnect}. The subject is the SPIFFE ID. Safe for use by many threads; close it when
 * the server has stopped.
 *
 * <pre>{@code
 * JwtSvidProvider provider =
 *     JwtSvidProvider.builder()
 *         .trustDomain("example.org")
 *         .audience("spiffe://example.org/pets")
 *         .bundleFile(Path.of("/run/spire/bundle.json"))
 *         .build();
 * }</pre>
 */
public final class JwtSvidProvider implements SecurityProvider, Measured, AutoCloseable {
  private final JwtProvider tokens;
  private final String description;

  JwtSvidProvider(JwtProvider tokens, String description) {
    this.tokens = tokens;
    this.description = description;
  }

  /** {@return a builder, which needs a trust domain, audiences and keys} */
  public static JwtSvidProviderBuilder builder() {
    return new JwtSvidProviderBuilder();
  }

  /** Answers for tokens that were verified before, as long as their keys are there. */
  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    return tokens.verifyOnLoop(credential, request);
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) throws Exception {
    return tokens.verify(credential, request);
  }

  @Override
  public Optional<String> cookieName() {
    return tokens.cookieName();
  }

  @Override
  public boolean resistsGuessing() {
    return tokens.resistsGuessing();
  }

  @Override
  public String description() {
    return description;
  }

  /** {@return how old the keys are and how often they were loaded} */
  @Override
  public List<Measurement> measurements() {
    return tokens.measurements();
  }

  /** Ends what fetches keys; tokens are answered with 503 from now on. */
  @Override
  public void close() {
    tokens.close();
  }
}
