package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link X509SvidProvider}, which needs a {@link #trustDomain} and should have a {@link
 * #bundleFile}.
 */
public final class X509SvidProviderBuilder {
  private final SpiffeNames names = new SpiffeNames();
  private @Nullable WatchedFile<SvidAuthorities> bundle;
  private String scheme = "";
  private InstantSource clock = Clock.systemUTC();

  X509SvidProviderBuilder() {}

  /**
   * Sets the trust domain whose workloads are accepted. A second one is refused: a provider has the
   * authorities of one.
   *
   * @param name the trust domain, {@code example.org} for example
   * @return this
   */
  public X509SvidProviderBuilder trustDomain(String name) {
    names.trustDomain(name);
    return this;
  }

  /**
   * Adds a workload that is accepted; without any, all of the trust domain are.
   *
   * @param pattern a SPIFFE ID; {@code /*} at the end stands for every path below
   * @return this
   */
  public X509SvidProviderBuilder allowedId(String pattern) {
    names.allowedId(pattern);
    return this;
  }

  /**
   * Takes the authorities of the trust domain from a file, read again by {@link
   * X509SvidProvider#reload}; when it is gone there are none. Without this, every authority that
   * TLS trusts speaks for the trust domain.
   *
   * @param file a file with their certificates in PEM
   * @return this
   * @throws UnusableSecretException if it cannot be read, or has no certificate
   */
  public X509SvidProviderBuilder bundleFile(Path file) throws UnusableSecretException {
    bundle =
        new WatchedFile<>(
            file, TrustedAuthorities.MOST_OCTETS, SvidAuthorities::read, SvidAuthorities.NONE);
    return this;
  }

  /**
   * Sets what tells the time.
   *
   * @param clock the system's unless set
   * @return this
   */
  public X509SvidProviderBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Says which security scheme the certificates are for, for the log. */
  X509SvidProviderBuilder scheme(String name) {
    scheme = name;
    return this;
  }

  /**
   * Builds the provider.
   *
   * @return the provider
   * @throws IllegalArgumentException if there is no trust domain or more than one, or it or a
   *     SPIFFE ID is none
   */
  public X509SvidProvider build() {
    MistakeException.throwUnlessEmpty(mistakes());
    return new X509SvidProvider(names.workloads(), bundle, scheme, clock);
  }

  /** {@return what is missing or does not go together} */
  List<Mistake> mistakes() {
    return names.mistakes();
  }
}
