package io.brrtrouter.server.auth;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code security} of one operation (OpenAPI 3.1.1 section 4.8.30), compiled: alternatives, in
 * each of which every scheme must be satisfied. Immutable.
 *
 * <p>Alternatives are tried in the order of the document, the empty one last whatever its place:
 * who presents a credential wants to be known. A scheme is asked at most once for each request, and
 * not before every credential of its alternative is there; where a request without credentials
 * passes, at last every scheme whose credential is there, because one that is not good is refused.
 */
public final class SecurityPlan {
  private final List<Slot> slots;
  private final List<Alternative> alternatives;
  private final boolean anonymous;
  private final boolean lenient;
  private final @Nullable StepUp stepUp;

  /**
   * A scheme of the operation, however many alternatives name it.
   *
   * @param name its name
   * @param reader finds its credential
   * @param provider verifies it
   * @param guessable whether its credentials can be guessed, or asking costs somebody else
   */
  record Slot(String name, CredentialReader reader, SecurityProvider provider, boolean guessable) {
    static Slot of(String name, SecurityScheme scheme, SecurityProvider provider) {
      return new Slot(
          name, CredentialReader.of(scheme, provider), provider, !provider.resistsGuessing());
    }

    /** {@return the same, which says what is possible instead of a certificate} */
    private Slot explaining(String hint) {
      return new Slot(name, CredentialReader.Certificate.ofNobody(hint), provider, guessable);
    }

    private boolean mayGoUnseen() {
      return guessable || reader.isForPasswords();
    }
  }

  /**
   * A requirement.
   *
   * @param steps what must be satisfied, at least one
   */
  record Alternative(List<Step> steps) {}

  /**
   * A scheme in a requirement.
   *
   * @param slot index of the scheme
   * @param scopes scopes or roles required
   * @param challenge what to say when it is not satisfied
   */
  record Step(int slot, List<String> scopes, Challenge challenge) {}

  private SecurityPlan(
      List<Slot> slots,
      List<Alternative> alternatives,
      boolean anonymous,
      boolean lenient,
      @Nullable StepUp stepUp) {
    this.slots = List.copyOf(slots);
    this.alternatives = List.copyOf(alternatives);
    this.anonymous = anonymous;
    this.lenient = lenient;
    this.stepUp = stepUp;
  }

  /**
   * Compiles the requirements of an operation.
   *
   * @param requirements the effective requirements; none means public
   * @param domain the schemes they may name, and who verifies them
   * @param stepUp what is asked of the authentication itself; null for nothing
   * @param findings takes what no header field can say about a scheme
   * @return the plan
   * @throws IllegalArgumentException if a requirement names a scheme that is not there
   */
  public static SecurityPlan compile(
      List<SecurityRequirement> requirements,
      SecurityDomain domain,
      @Nullable StepUp stepUp,
      List<Finding> findings) {
    Map<String, Integer> places = new LinkedHashMap<>();
    List<Slot> slots = new ArrayList<>();
    List<Alternative> alternatives = new ArrayList<>();
    boolean anonymous = requirements.isEmpty();
    for (SecurityRequirement requirement : requirements) {
      anonymous |= requirement.schemes().isEmpty();
      List<Step> steps = new ArrayList<>();
      requirement
          .schemes()
          .forEach((name, scopes) -> {
            SecurityScheme scheme = domain.scheme(name);
            int place =
                places.computeIfAbsent(
                    name,
                    _ -> {
                      slots.add(Slot.of(name, scheme, domain.provider(name)));
                      return slots.size() - 1;
                    });
            Challenge challenge = Challenge.compile(scheme, domain.realm(), scopes, findings);
            steps.add(new Step(place, List.copyOf(scopes), challenge));
          });
      if (!steps.isEmpty()) {
        alternatives.add(new Alternative(List.copyOf(steps)));
      }
    }
    slots.replaceAll(slot ->
        slot.provider instanceof NoCertificates
            ? slot.explaining(NoCertificates.hint(slots, alternatives))
            : slot);
    return new SecurityPlan(slots, alternatives, anonymous, domain.lenient(), stepUp);
  }

  /** {@return whether every request passes without being looked at} */
  public boolean isPublic() {
    return alternatives.isEmpty();
  }

  /** {@return whether a request without credentials passes} */
  public boolean allowsAnonymous() {
    return anonymous;
  }

  /**
   * {@return whether it takes a credential that is not looked at where too many from one address
   * were refused: a password, or one whose provider does not resist guessing}
   */
  public boolean takesGuessable() {
    return slots.stream().anyMatch(Slot::mayGoUnseen);
  }

  /** {@return the schemes that requests may be judged by, each once, in document order} */
  public Set<String> schemes() {
    Set<String> names = new LinkedHashSet<>();
    slots.forEach(slot -> names.add(slot.name));
    return names;
  }

  /**
   * {@return the beginning of a judgement of one request}
   *
   * @param head the request
   */
  public SecurityCheck check(HttpRequest head) {
    return new SecurityCheck(this, head);
  }

  List<Slot> slots() {
    return slots;
  }

  List<Alternative> alternatives() {
    return alternatives;
  }

  /** {@return whether a credential that is not good is ignored where none is needed} */
  boolean isLenient() {
    return lenient;
  }

  @Nullable StepUp stepUp() {
    return stepUp;
  }
}
