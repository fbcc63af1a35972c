package io.brrtrouter.server.tls;

import io.brrtrouter.server.outage.Quiet;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS handshakes that fail because of the client's certificate. No request tells of them, and
 * clients often say no more than that a connection was closed. Each is counted; each kind is logged
 * once a minute, so that clients fill no log. Safe for use by many threads.
 */
public final class RefusedHandshakes {
  private static final Logger log = LoggerFactory.getLogger("io.brrtrouter.server.tls");

  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Longer names are nobody's; what clients send must not fill a log either. */
  private static final int LONGEST_NAME = 200;

  /** What the JDK says in every version of TLS, and only in words. */
  private static final String NONE_SHOWN = "Empty client certificate chain";

  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);
  private final Map<Reason, Quiet> quiet = new EnumMap<>(Reason.class);

  /** What is wrong with the certificate. */
  private enum Reason {
    /** There is none. */
    MISSING,
    /** No authority that is trusted has issued it. */
    UNTRUSTED,
    EXPIRED,
    NOT_YET_VALID,
    /** Anything else: it may not be used for this, or has a weak key for example. */
    INVALID
  }

  /**
   * Makes one that has counted nothing.
   *
   * @param nanoTime tells the time as {@link System#nanoTime} does
   */
  public RefusedHandshakes(LongSupplier nanoTime) {
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
      quiet.put(reason, new Quiet(QUIET, nanoTime));
    }
  }

  /** {@return how many there were, by the reason in lower case} Each can be asked at any time. */
  public Map<String, LongSupplier> counts() {
    Map<String, LongSupplier> all = new TreeMap<>();
    counts.forEach((reason, count) -> all.put(reason.name().toLowerCase(Locale.ROOT), count::sum));
    return all;
  }

  /**
   * A handshake has failed, or a session that was resumed has a certificate that is good no more.
   *
   * @param client where the client is
   * @param failure why; what is not because of the client's certificate does not count
   */
  public void failed(String client, Throwable failure) {
    Reason reason = reason(failure);
    if (reason == null) {
      return;
    }
    Objects.requireNonNull(counts.get(reason)).increment();
    if (Objects.requireNonNull(quiet.get(reason)).ends()) {
      log.warn(
          "the TLS handshake of a client at {} fails: {}; others of which that is true are counted,"
              + " and told once a minute",
          client,
          sentence(reason, failure));
    }
  }

  private static @Nullable Reason reason(Throwable failure) {
    if (failure instanceof SSLException
        && String.valueOf(failure.getMessage()).contains(NONE_SHOWN)) {
      return Reason.MISSING;
    }
    if (cause(failure, CertificateExpiredException.class) != null) {
      return Reason.EXPIRED;
    }
    if (cause(failure, CertificateNotYetValidException.class) != null) {
      return Reason.NOT_YET_VALID;
    }
    if (cause(failure, CertPathBuilderException.class) != null || isForeign(failure)) {
      return Reason.UNTRUSTED;
    }
    return cause(failure, CertificateException.class) != null ? Reason.INVALID : null;
  }

  /** An authority that is trusted has the name of who issued it, and another key. */
  private static boolean isForeign(Throwable failure) {
    CertPathValidatorException path = cause(failure, CertPathValidatorException.class);
    return path != null
        && (path.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE
            || path.getReason() == PKIXReason.NO_TRUST_ANCHOR);
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  private static String sentence(Reason reason, Throwable failure) {
    UntrustedClientException untrusted = cause(failure, UntrustedClientException.class);
    X509Certificate certificate = untrusted == null ? null : untrusted.certificate();
    String whose =
        certificate == null
            ? "its certificate"
            : "its certificate, of " + name(certificate.getSubjectX500Principal().getName());
    return switch (reason) {
      case MISSING ->
          "it shows no certificate, and tls.client_auth is need; give it one, or let tls.client_auth"
              + " be want";
      case UNTRUSTED ->
          whose
              + (certificate == null
                  ? ""
                  : " by " + name(certificate.getIssuerX500Principal().getName()))
              + ", is of no authority in tls.client_ca_file; add the authority, or give the client"
              + " a certificate of one that is there";
      case EXPIRED ->
          whose
              + (certificate == null
                  ? ""
                  : " and valid until " + certificate.getNotAfter().toInstant())
              + ", or one of its chain, has expired; renew that one";
      case NOT_YET_VALID ->
          whose
              + (certificate == null
                  ? ""
                  : " and valid from " + certificate.getNotBefore().toInstant())
              + ", or one of its chain, is not valid yet; look at the clocks of both";
      case INVALID ->
          whose
              + ", is not accepted: "
              + name(String.valueOf(rootMessage(failure)))
              + "; issue one that clients of TLS may use";
    };
  }

  private static @Nullable String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  /** Shortened, without what a terminal would obey. */
  private static String name(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_NAME)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.isEmpty() ? "nobody" : shown.toString();
  }
}
