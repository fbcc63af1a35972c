package io.brrtrouter.server.transport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Certificates made for tests: an authority, what it issues, and clients that trust it. */
public final class TestCertificates {
  private static final Instant NOW = Instant.now();

  private static final CertificateBuilder ANY =
      new CertificateBuilder()
          .ecp256()
          .notBefore(NOW.minus(Duration.ofDays(9)))
          .notAfter(NOW.plus(Duration.ofDays(9)));

  /** Issues what clients and server of the tests trust. */
  public static final X509Bundle AUTHORITY = authority("CN=Test authority");

  /** Trusted by nobody. Of the same name, or a client would not even show what it has issued. */
  static final X509Bundle STRANGER = authority("CN=Test authority");

  /** Of the server, issued by {@link #AUTHORITY}. */
  public static final X509Bundle SERVER = issued("CN=first server");

  private static final TestCertificates TRUSTING = new TestCertificates(null);

  private final SSLContext context;

  private TestCertificates(KeyManager @Nullable [] keys) {
    try {
      context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {AUTHORITY.toTrustManager()}, null);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static X509Bundle authority(String name) {
    try {
      return ANY.copy().subject(name).setIsCertificateAuthority(true).buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** {@return a certificate of a name, trusted} */
  public static X509Bundle issued(String name) {
    return issued(ANY, name, AUTHORITY);
  }

  /** {@return a trusted certificate of a name that ended a day ago} */
  public static X509Bundle ended(String name) {
    return issued(ANY.copy().notAfter(NOW.minus(Duration.ofDays(1))), name, AUTHORITY);
  }

  /** {@return a trusted certificate of a name that is not valid before tomorrow} */
  public static X509Bundle early(String name) {
    return issued(ANY.copy().notBefore(NOW.plus(Duration.ofDays(1))), name, AUTHORITY);
  }

  /** {@return a trusted certificate of a name that is for servers only} */
  public static X509Bundle serverOnly(String name) {
    return issued(ANY.copy().addExtendedKeyUsageServerAuth(), name, AUTHORITY);
  }

  /** {@return a trusted certificate of a name that ends at a moment} */
  static X509Bundle ending(String name, Instant end) {
    return issued(ANY.copy().notAfter(end), name, AUTHORITY);
  }

  /** {@return what shows a trusted certificate, and one of its authority that ended a day ago} */
  static TestCertificates showingOldAuthority(String name) {
    X509Bundle own = issued(name);
    try {
      X509Bundle old =
          ANY.copy()
              .subject(AUTHORITY.getCertificate().getSubjectX500Principal().getName())
              .notAfter(NOW.minus(Duration.ofDays(1)))
              .setIsCertificateAuthority(true)
              .publicKey(AUTHORITY.getKeyPair().getPublic())
              .buildIssuedBy(AUTHORITY);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] chain = {own.getCertificate(), old.getCertificate()};
      store.setKeyEntry("own", own.getKeyPair().getPrivate(), new char[0], chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return new TestCertificates(factory.getKeyManagers());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** {@return a certificate of a name, issued by somebody unknown} */
  public static X509Bundle untrusted(String name) {
    return issued(ANY, name, STRANGER);
  }

  private static X509Bundle issued(CertificateBuilder like, String name, X509Bundle by) {
    try {
      return like.copy()
          .subject(name)
          .addSanDnsName("localhost")
          .addSanIpAddress("127.0.0.1")
          .buildIssuedBy(by);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** {@return what trusts the authority and has no certificate} */
  public static TestCertificates trusting() {
    return TRUSTING;
  }

  /** {@return what trusts the authority and shows a certificate} */
  public static TestCertificates showing(X509Bundle certificate) {
    try {
      return new TestCertificates(certificate.toKeyManagerFactory().getKeyManagers());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** {@return for clients of other kinds} */
  public SSLContext context() {
    return context;
  }

  /** {@return a client whose handshake is done} */
  RawClient client(int port, int receiveBuffer, String... versions) throws IOException {
    return new RawClient(port, receiveBuffer).encrypted(context, versions);
  }
}
