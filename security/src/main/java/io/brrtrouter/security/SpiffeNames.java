package io.brrtrouter.security;

import io.brrtrouter.security.spiffe.SpiffeId;
import io.brrtrouter.security.spiffe.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A trust domain and SPIFFE IDs, while a provider is being built. There is one only: keys and
 * authorities speak for the trust domain they are of, and for no other (SPIFFE Trust Domain and
 * Bundle section 3), and a provider has those of one.
 */
final class SpiffeNames {
  private final Set<String> trustDomains = new LinkedHashSet<>();
  private final Set<String> allowedIds = new LinkedHashSet<>();

  void trustDomain(String name) {
    trustDomains.add(name);
  }

  void allowedId(String pattern) {
    allowedIds.add(pattern);
  }

  Workloads workloads() {
    return Workloads.of(trustDomains.iterator().next(), allowedIds);
  }

  List<Mistake> mistakes() {
    List<Mistake> mistakes = new ArrayList<>();
    trustDomainMistake().ifPresent(mistakes::add);
    if (trustDomains.size() == 1) {
      allowedIds.forEach(each -> allowed(each, mistakes));
    }
    return mistakes;
  }

  private Optional<Mistake> trustDomainMistake() {
    if (trustDomains.isEmpty()) {
      return Optional.of(
          Mistake.of(
              Option.TRUST_DOMAIN,
              "is missing",
              "name the one whose workloads are accepted, example.org for example"));
    }
    if (trustDomains.size() > 1) {
      return Optional.of(
          Mistake.of(
              Option.TRUST_DOMAIN,
              "has "
                  + trustDomains.size()
                  + " trust domains, and whoever has a key of one could speak for the others",
              "declare a security scheme for each trust domain, each with its own keys"));
    }
    String only = trustDomains.iterator().next();
    return SpiffeId.isTrustDomain(only)
        ? Optional.empty()
        : Optional.of(
            Mistake.of(
                Option.TRUST_DOMAIN,
                "has \"" + only + "\", which is none",
                "write it in small letters, digits, dots, dashes and underscores"));
  }

  private void allowed(String id, List<Mistake> mistakes) {
    switch (Workloads.fitness(id, trustDomains.iterator().next())) {
      case FIT -> {}
      case NO_ID ->
          mistakes.add(
              Mistake.of(
                  Option.ALLOWED_IDS,
                  "has \"" + id + "\", which is no SPIFFE ID",
                  "write it like spiffe://example.org/shop/*"));
      case ELSEWHERE ->
          mistakes.add(
              Mistake.of(
                  Option.ALLOWED_IDS,
                  "has \"" + id + "\", which is of another trust domain",
                  "take it out, or declare a security scheme for its trust domain"));
    }
  }
}
