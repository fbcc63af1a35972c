package io.brrtrouter.security;

import io.brrtrouter.security.spiffe.SpiffeId;
import io.brrtrouter.security.spiffe.Workloads;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which workload the certificate of a client names (SPIFFE X509-SVID), for the security scheme
 * {@code mutualTLS}. TLS itself has verified it against the authorities it trusts; with a bundle it
 * must be issued by an authority of the trust domain too. Without one, every authority that TLS
 * trusts speaks for the trust domain. The subject is the SPIFFE ID. Never blocks; safe for use by
 * many threads.
 *
 * <pre>{@code
 * X509SvidProvider provider =
 *     X509SvidProvider.builder()
 *         .trustDomain("example.org")
 *         .bundleFile(Path.of("/run/spiffe/bundle.pem"))
 *         .build();
 * }</pre>
 *
 * <p>The principal's claims are {@code dn}, {@code san}, {@code serial} and {@code fingerprint}.
 */
public final class X509SvidProvider implements SecurityProvider {
  private static final Logger LOG = LoggerFactory.getLogger(X509SvidProvider.class);

  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_CERT_SIGN = 5;
  private static final int CRL_SIGN = 6;

  private final Workloads workloads;
  private final @Nullable WatchedFile<SvidAuthorities> bundle;
  private final WatchedFile.Subject subject;
  private final InstantSource clock;

  /** What was judged by the authorities that count at present, and by no others. */
  private volatile ClientCertificates certificates;

  X509SvidProvider(
      Workloads workloads,
      @Nullable WatchedFile<SvidAuthorities> bundle,
      String scheme,
      InstantSource clock) {
    this.workloads = workloads;
    this.bundle = bundle;
    this.subject = new WatchedFile.Subject("Authorities", scheme);
    this.clock = clock;
    this.certificates = judging(bundle == null ? null : bundle.value());
  }

  private ClientCertificates judging(@Nullable SvidAuthorities authorities) {
    return new ClientCertificates(chain -> judge(chain, authorities), clock);
  }

  /** {@return a builder, which needs a trust domain} */
  public static X509SvidProviderBuilder builder() {
    return new X509SvidProviderBuilder();
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) {
    return certificates.verify(credential);
  }

  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    return certificates.verify(credential);
  }

  /** Nobody has a certificate of these authorities without their key, and nobody else is asked. */
  @Override
  public boolean resistsGuessing() {
    return true;
  }

  private Verification judge(List<X509Certificate> chain, @Nullable SvidAuthorities authorities) {
    X509Certificate certificate = chain.getFirst();
    if (authorities != null && !authorities.standBehind(chain, clock.instant())) {
      return refused("is not issued by an authority of the trust domain");
    }
    try {
      List<String> names = AlternativeNames.of(certificate);
      List<String> uris = names.stream().filter(AlternativeNames::isUri).toList();
      // X509-SVID section 2: not more than one, or it could not be said who it is.
      if (uris.size() != 1) {
        return refused("does not have exactly one URI among its alternative names");
      }
      SpiffeId id = SpiffeId.parse(uris.getFirst().substring(AlternativeNames.URI.length()));
      if (id == null) {
        return refused("has no SPIFFE ID of a workload");
      }
      if (!isLeaf(certificate)) {
        return refused("is not one of a workload");
      }
      return workloads.accept(id)
          ? new Verification.Accepted(
              id.toString(), List.of(), CertificateClaims.of(certificate, names))
          : Verification.refused("the workload is not one of those accepted here");
    } catch (GeneralSecurityException unreadable) {
      return refused("cannot be read");
    }
  }

  private static Verification refused(String reason) {
    return Verification.refused("the client certificate " + reason);
  }

  /** X509-SVID sections 4.1 and 4.3: it signs, and it signs neither certificates nor lists. */
  private static boolean isLeaf(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return certificate.getBasicConstraints() < 0
        && usage != null
        && usage[DIGITAL_SIGNATURE]
        && !usage[KEY_CERT_SIGN]
        && !usage[CRL_SIGN];
  }

  /** Reads the bundle again; one that is gone has no authorities. */
  @Override
  public void reload() {
    if (bundle == null) {
      return;
    }
    SvidAuthorities before = bundle.value();
    bundle.reload(LOG, subject);
    if (!bundle.value().equals(before)) {
      certificates = judging(bundle.value());
    }
  }

  @Override
  public String description() {
    return "SPIFFE X.509-SVID of "
        + workloads.description()
        + (bundle == null
            ? ", issued by whomever TLS trusts"
            : ", authorities in " + bundle.path());
  }
}
