package io.brrtrouter.security;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;

/** Builds an {@link X509SvidProvider}, which needs a {@link #trustDomain}. */
public final class X509SvidProviderBuilder {
  private final SpiffeNames names = new SpiffeNames();
  private InstantSource clock = Clock.systemUTC();

  X509SvidProviderBuilder() {}

  /**
   * Adds a trust domain whose workloads are accepted. Where there are several, all are believed to
   * whomever TLS trusts.
   *
   * @param name the trust domain, {@code example.org} for example
   * @return this
   */
  public X509SvidProviderBuilder trustDomain(String name) {
    names.trustDomain(name);
    return this;
  }

  /**
   * Adds a workload that is accepted; without any, all of the trust domains are.
   *
   * @param pattern a SPIFFE ID; {@code /*} at the end stands for every path below
   * @return this
   */
  public X509SvidProviderBuilder allowedId(String pattern) {
    names.allowedId(pattern);
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

  /**
   * Builds the provider.
   *
   * @return the provider
   * @throws IllegalArgumentException if there is no trust domain, or one or a SPIFFE ID is none
   */
  public X509SvidProvider build() {
    MistakeException.throwUnlessEmpty(mistakes());
    return new X509SvidProvider(names.workloads(), clock);
  }

  /** {@return what is missing or does not go together} */
  List<Mistake> mistakes() {
    return names.mistakes();
  }
}
