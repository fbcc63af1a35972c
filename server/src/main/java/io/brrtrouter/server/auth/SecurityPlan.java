package io.brrtrouter.server.auth;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code security} of one operation (OpenAPI 3.1.1 section 4.8.30), compiled: alternatives, in
 * each of which every scheme must be satisfied. Immutable.
 *
 * <p>There are no providers that verify credentials yet: the plan checks that a credential of the
 * right shape is there and believes it. That is only fit for mocks on a developer's machine, and
 * the server refuses anything else.
 */
public final class SecurityPlan {
  private static final SecurityDecision ANONYMOUS = new SecurityDecision.Granted(null);
  private static final SecurityPlan PUBLIC = new SecurityPlan(List.of(), true);

  private final List<Alternative> alternatives;
  private final boolean anonymousAllowed;

  private record Alternative(List<Step> steps) {}

  private record Step(
      String name, CredentialReader reader, Challenge challenge, List<String> scopes) {}

  private SecurityPlan(List<Alternative> alternatives, boolean anonymousAllowed) {
    this.alternatives = alternatives;
    this.anonymousAllowed = anonymousAllowed;
  }

  /**
   * Compiles the requirements of an operation.
   *
   * @param requirements the effective requirements; none means public
   * @param schemes the document's security schemes by name; every required one must be there
   * @param title what to call the protected space: the title of the API
   * @param findings takes what no header field can say about a scheme
   * @return the plan
   * @throws IllegalArgumentException if a requirement names a scheme that is not there
   */
  public static SecurityPlan compile(
      List<SecurityRequirement> requirements,
      Map<String, SecurityScheme> schemes,
      String title,
      List<Finding> findings) {
    if (requirements.isEmpty()) {
      return PUBLIC;
    }
    List<Alternative> alternatives = new ArrayList<>();
    boolean anonymous = false;
    for (SecurityRequirement requirement : requirements) {
      anonymous |= requirement.schemes().isEmpty();
      if (!requirement.schemes().isEmpty()) {
        alternatives.add(alternative(requirement, schemes, realm(title), findings));
      }
    }
    return new SecurityPlan(List.copyOf(alternatives), anonymous);
  }

  private static Alternative alternative(
      SecurityRequirement requirement,
      Map<String, SecurityScheme> schemes,
      String realm,
      List<Finding> findings) {
    List<Step> steps = new ArrayList<>();
    requirement
        .schemes()
        .forEach((name, scopes) -> {
          SecurityScheme scheme = schemes.get(name);
          if (scheme == null) {
            throw new IllegalArgumentException("unknown security scheme " + name);
          }
          Challenge challenge = Challenge.compile(scheme, realm, scopes, findings);
          steps.add(new Step(name, CredentialReader.of(scheme), challenge, scopes));
        });
    return new Alternative(List.copyOf(steps));
  }

  /** Keeps what may stand in a quoted string without escaping (RFC 9110 section 5.6.4). */
  private static String realm(String title) {
    StringBuilder realm = new StringBuilder();
    title
        .chars()
        .filter(c -> c >= ' ' && c < 127 && c != '"' && c != '\\')
        .forEach(c -> realm.append((char) c));
    return realm.toString();
  }

  /** {@return whether every request passes without being looked at} */
  public boolean isPublic() {
    return alternatives.isEmpty();
  }

  /**
   * Decides from the shape of the credentials a request carries.
   *
   * @param head the request
   * @return granted with the first alternative that is satisfied, else anonymous where that is
   *     allowed, else challenged
   */
  public SecurityDecision decide(HttpRequest head) {
    for (Alternative alternative : alternatives) {
      Principal principal = satisfied(alternative, head);
      if (principal != null) {
        return new SecurityDecision.Granted(principal);
      }
    }
    return anonymousAllowed ? ANONYMOUS : new SecurityDecision.Challenged(challenges(head));
  }

  private static @Nullable Principal satisfied(Alternative alternative, HttpRequest head) {
    List<String> scopes = new ArrayList<>();
    String subject = "";
    for (Step step : alternative.steps) {
      if (!(step.reader.read(head) instanceof Presented.Present(Credential credential))) {
        return null;
      }
      if (subject.isEmpty() && credential instanceof Credential.Basic basic) {
        subject = basic.user();
      }
      scopes.addAll(step.scopes);
    }
    return new Principal(alternative.steps.getFirst().name, subject, scopes, Map.of());
  }

  private List<String> challenges(HttpRequest head) {
    Set<String> challenges = new LinkedHashSet<>();
    for (Alternative alternative : alternatives) {
      for (Step step : alternative.steps) {
        boolean malformed = step.reader.read(head) instanceof Presented.Malformed;
        challenges.add(malformed ? step.challenge.malformed() : step.challenge.missing());
      }
    }
    return List.copyOf(challenges);
  }
}
