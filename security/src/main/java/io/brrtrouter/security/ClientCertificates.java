package io.brrtrouter.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges certificates of clients, each once for its connection, and refuses each request that comes
 * before or after the time that the client's own certificate is good for. The connection stays: so
 * does what else the client may do without that certificate.
 */
final class ClientCertificates {
  private static final Verification NO_CERTIFICATE =
      Verification.refused("a client certificate is needed");
  private static final Verification EXPIRED =
      Verification.refused("the client certificate has expired");
  private static final Verification EARLY =
      Verification.refused("the client certificate is not valid yet");

  private static final int MOST_KEPT = 10_000;

  private final Function<List<X509Certificate>, Verification> judge;
  private final InstantSource clock;

  /** By identity: all requests of a connection have the same object, and nobody else's is it. */
  private final Cache<X509Certificate, Verification> judged;

  ClientCertificates(Function<List<X509Certificate>, Verification> judge, InstantSource clock) {
    this(judge, clock, MOST_KEPT);
  }

  ClientCertificates(
      Function<List<X509Certificate>, Verification> judge, InstantSource clock, int mostKept) {
    this.judge = judge;
    this.clock = clock;
    this.judged =
        Caffeine.newBuilder().weakKeys().maximumSize(mostKept).executor(Runnable::run).build();
  }

  Verification verify(Credential credential) {
    if (!(credential instanceof Credential.ClientCertificate certificate)) {
      return NO_CERTIFICATE;
    }
    X509Certificate own = certificate.chain().getFirst();
    Instant now = clock.instant();
    if (now.isAfter(own.getNotAfter().toInstant())) {
      return EXPIRED;
    }
    return now.isBefore(own.getNotBefore().toInstant()) ? EARLY : judged(certificate.chain());
  }

  private Verification judged(List<X509Certificate> chain) {
    X509Certificate own = chain.getFirst();
    @Nullable Verification known = judged.getIfPresent(own);
    if (known != null) {
      return known;
    }
    Verification verification = judge.apply(chain);
    judged.put(own, verification);
    return verification;
  }
}
