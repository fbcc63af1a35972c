package io.brrtrouter.security;

import io.brrtrouter.security.spiffe.SpiffeId;
import io.brrtrouter.security.spiffe.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Trust domains and SPIFFE IDs, while a provider is being built. */
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
    return Workloads.of(trustDomains, allowedIds);
  }

  List<Mistake> mistakes() {
    List<Mistake> mistakes = new ArrayList<>();
    if (trustDomains.isEmpty()) {
      mistakes.add(
          Mistake.of(
              Option.TRUST_DOMAINS,
              "is missing",
              "name those whose workloads are accepted, example.org for example"));
    }
    for (String each : trustDomains) {
      if (!SpiffeId.isTrustDomain(each)) {
        mistakes.add(
            Mistake.of(
                Option.TRUST_DOMAINS,
                "has \"" + each + "\", which is none",
                "write it in small letters, digits, dots, dashes and underscores"));
      }
    }
    if (!trustDomains.isEmpty()) {
      allowedIds.forEach(each -> allowed(each, mistakes));
    }
    return mistakes;
  }

  private void allowed(String id, List<Mistake> mistakes) {
    switch (Workloads.fitness(id, trustDomains)) {
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
                  _ -> "has \"" + id + "\", which is of another trust domain",
                  name ->
                      "take it out, or add its trust domain to "
                          + name.apply(Option.TRUST_DOMAINS)));
    }
  }
}
