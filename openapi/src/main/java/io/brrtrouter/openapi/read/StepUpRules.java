package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.List;

/** Rules on the members of {@code x-brrtrouter-step-up}. */
final class StepUpRules {
  private static final String RULE = "extension-value";
  private static final String FIELD = OperationExtension.STEP_UP.field();
  private static final String CLASSES = "acrValues";
  private static final String AGE = "maxAge";

  private final Findings findings;

  StepUpRules(Findings findings) {
    this.findings = findings;
  }

  void check(LocatedNode stepUp) {
    if (stepUp.members().isEmpty()) {
      findings.error(
          RULE,
          stepUp.location(),
          FIELD + " is empty, and asks nothing",
          "write acrValues, maxAge or both");
    }
    for (LocatedNode member : stepUp.members()) {
      switch (member.key()) {
        case CLASSES -> classes(member);
        case AGE -> {
          if (!OperationExtension.isMaxAge(member.node())) {
            refuse(member, "write a whole number of seconds from 0 to " + Integer.MAX_VALUE);
          }
        }
        default -> unknown(member);
      }
    }
  }

  /** Only a bearer token tells how and when its user authenticated. */
  void check(OpenApi document) {
    for (Operation operation : document.operations()) {
      boolean answerable =
          !operation.security().isEmpty()
              && operation.security().stream().allMatch(each -> mayHaveToken(document, each));
      if (OperationExtension.STEP_UP.of(operation).isPresent() && !answerable) {
        findings.error(
            RULE,
            operation.extensionLocations().getOrDefault(FIELD, operation.location()),
            FIELD
                + " asks how the user of a token authenticated, but a request may be let in without"
                + " one",
            "require a bearer, oauth2 or openIdConnect scheme in every alternative of security");
      }
    }
  }

  /** A scheme that is not declared is an error elsewhere. */
  private static boolean mayHaveToken(OpenApi document, SecurityRequirement requirement) {
    return requirement.schemes().keySet().stream()
        .map(document.components().securitySchemes()::get)
        .anyMatch(scheme -> scheme == null || scheme.takesBearerToken());
  }

  private void classes(LocatedNode member) {
    if (!member.node().isArray()) {
      refuse(member, "write a list of authentication context classes");
    } else if (member.node().isEmpty()) {
      findings.error(
          RULE,
          member.location(),
          FIELD + "." + CLASSES + " is empty, and no class is in it",
          "list authentication context classes, or remove it");
    }
    for (LocatedNode element : member.items()) {
      if (!OperationExtension.isContextClass(element.node())) {
        findings.error(
            RULE,
            element.location(),
            "%s in %s.%s is not an authentication context class"
                .formatted(Types.shown(element.node()), FIELD, CLASSES),
            "write a text of ASCII without spaces, quotes and backslashes");
      }
    }
  }

  private void refuse(LocatedNode member, String fix) {
    findings.error(
        RULE,
        member.location(),
        FIELD + "." + member.key() + " cannot be " + Types.shown(member.node()),
        fix);
  }

  private void unknown(LocatedNode member) {
    findings.error(
        RULE,
        member.nameLocation(),
        FIELD + " has no member \"" + member.key() + "\"",
        findings
            .nearest(member.key(), List.of(CLASSES, AGE))
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("it has acrValues, maxAge"));
  }
}
