package io.brrtrouter.server.auth;

import io.brrtrouter.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses every client certificate: what a server that accepts credentials for development has for
 * {@code mutualTLS}, because there is no certificate that everybody knows. Immutable.
 */
record NoCertificates() implements SecurityProvider {
  private static final String NOBODY = "nobody gets in with a certificate in development mode";

  private static final Verification REFUSED = Verification.refused(NOBODY);

  @Override
  public Verification verify(Credential credential, HttpRequest request) {
    return REFUSED;
  }

  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    return REFUSED;
  }

  @Override
  public boolean resistsGuessing() {
    return true;
  }

  @Override
  public String description() {
    return NOBODY;
  }

  /**
   * {@return what whoever shows no certificate is told instead of showing one}
   *
   * @param slots the schemes of an operation
   * @param alternatives its requirements
   */
  static String hint(List<SecurityPlan.Slot> slots, List<SecurityPlan.Alternative> alternatives) {
    List<String> possible = new ArrayList<>();
    for (SecurityPlan.Alternative alternative : alternatives) {
      List<SecurityPlan.Slot> needed =
          alternative.steps().stream().map(step -> slots.get(step.slot())).toList();
      if (needed.stream().noneMatch(slot -> slot.provider() instanceof NoCertificates)) {
        possible.add(String.join(" and ", needed.stream().map(NoCertificates::what).toList()));
      }
    }
    return NOBODY
        + (possible.isEmpty()
            ? ", and without one nobody may; configure who verifies it to try this out"
            : "; present " + String.join(", or ", possible));
  }

  private static String what(SecurityPlan.Slot slot) {
    return (slot.provider() instanceof DevelopmentProvider
            ? "the credential for development"
            : "a credential")
        + " of security scheme "
        + slot.name();
  }
}
