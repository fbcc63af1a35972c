package io.brrtrouter.security;

import io.brrtrouter.security.spiffe.Workloads;
import java.time.Clock;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;

/** Builds an {@link X509SvidProvider}, which needs a {@link #trustDomain}. */
public final class X509SvidProviderBuilder {
  private final Set<String> trustDomains = new LinkedHashSet<>();
  private final Set<String> allowedIds = new LinkedHashSet<>();
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
    trustDomains.add(name);
    return this;
  }

  /**
   * Adds a workload that is accepted; without any, all of the trust domains are.
   *
   * @param pattern a SPIFFE ID; {@code /*} at the end stands for every path below
   * @return this
   */
  public X509SvidProviderBuilder allowedId(String pattern) {
    allowedIds.add(pattern);
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
    return new X509SvidProvider(Workloads.of(trustDomains, allowedIds), clock);
  }
}
