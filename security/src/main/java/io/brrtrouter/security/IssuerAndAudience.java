package io.brrtrouter.security;

import io.brrtrouter.security.keys.DiscoveryLoader;
import io.brrtrouter.security.keys.DiscoveryLoader.ExpectedIssuer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who issues tokens and whom they are for, while a provider is being built. */
final class IssuerAndAudience {
  private @Nullable String issuer;
  private boolean anyIssuer;
  private final Set<String> audiences = new LinkedHashSet<>();
  private boolean anyAudience;

  void issuer(String value) {
    issuer = Mistake.notBlank(Option.ISSUER, value);
  }

  void anyIssuer() {
    anyIssuer = true;
  }

  void audience(String value) {
    audiences.add(Mistake.notBlank(Option.AUDIENCE, value));
  }

  void anyAudience() {
    anyAudience = true;
  }

  @Nullable String issuer() {
    return issuer;
  }

  /** {@return whom tokens may be for, nobody in particular when empty} */
  Set<String> audiences() {
    return anyAudience ? Set.of() : Set.copyOf(audiences);
  }

  /** {@return who issues tokens, as set or as the URL of metadata is made of; null if unknown} */
  @Nullable ExpectedIssuer issuerOf(@Nullable URI discovery) {
    if (issuer != null) {
      return new ExpectedIssuer(issuer, false);
    }
    return discovery == null ? null : DiscoveryLoader.issuerOf(discovery);
  }

  /** {@return what is missing or does not go together} */
  List<Mistake> mistakes(@Nullable URI discovery) {
    List<Mistake> mistakes = new ArrayList<>();
    issuerMistake(discovery).ifPresent(mistakes::add);
    audienceMistake().ifPresent(mistakes::add);
    return mistakes;
  }

  private Optional<Mistake> issuerMistake(@Nullable URI discovery) {
    ExpectedIssuer expected = issuerOf(discovery);
    boolean discovered = discovery != null;
    if (issuer != null && anyIssuer) {
      return Optional.of(contradiction(Option.ISSUER, Option.ANY_ISSUER));
    }
    if (expected == null && discovered) {
      return Optional.of(
          Mistake.of(
              Option.ISSUER,
              name ->
                  "is missing, and the URL of "
                      + name.apply(Option.DISCOVERY)
                      + " is not made of one",
              _ -> "set it to what the tokens have as iss",
              Option.DISCOVERY));
    }
    if (expected == null && !anyIssuer) {
      return Optional.of(missing(Option.ISSUER, "of anybody", Option.ANY_ISSUER, Option.DISCOVERY));
    }
    if (anyIssuer && discovered) {
      return Optional.of(
          Mistake.of(
              Option.ANY_ISSUER,
              name ->
                  "does nothing with " + name.apply(Option.DISCOVERY) + ", which knows the issuer",
              _ -> "take it out",
              Option.DISCOVERY));
    }
    return Optional.empty();
  }

  /** {@return what is wrong with whom tokens are for} */
  Optional<Mistake> audienceMistake() {
    if (audiences.isEmpty() == anyAudience) {
      return Optional.empty();
    }
    return audiences.isEmpty()
        ? Optional.of(missing(Option.AUDIENCE, "for anybody", Option.ANY_AUDIENCE))
        : Optional.of(contradiction(Option.AUDIENCE, Option.ANY_AUDIENCE));
  }

  private static Mistake missing(Option option, String whose, Option any, Option... others) {
    return Mistake.of(
        option,
        _ -> "is missing",
        name -> "set it, or accept tokens " + whose + " with " + name.apply(any),
        others);
  }

  private static Mistake contradiction(Option option, Option any) {
    return Mistake.of(
        option,
        name -> "and " + name.apply(any) + " contradict each other",
        _ -> "take one of them out",
        any);
  }
}
