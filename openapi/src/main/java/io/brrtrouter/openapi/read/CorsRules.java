package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.CorsExtension;
import io.brrtrouter.openapi.source.LocatedNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Rules on the object form of {@code x-cors}; the others are words. */
final class CorsRules {
  private static final String RULE = "extension-value";
  private static final String ANY = "*";
  private static final List<String> MEMBERS =
      List.of("allowedHeaders", "allowedMethods", "allowCredentials", "exposeHeaders", "maxAge");

  /** No browser keeps the answer to a preflight for longer. */
  private static final long LONGEST = Duration.ofDays(1).toSeconds();

  private static final List<String> METHODS =
      PathRules.METHODS.stream().map(method -> method.toUpperCase(Locale.ROOT)).toList();

  private final Findings findings;

  CorsRules(Findings findings) {
    this.findings = findings;
  }

  void check(LocatedNode policy) {
    for (LocatedNode member : policy.members()) {
      switch (member.key()) {
        case "allowedHeaders", "exposeHeaders" ->
            texts(member, "the name of a header field", Names::isToken, "write a name, or *");
        case "allowedMethods" ->
            texts(
                member,
                "a method of HTTP",
                METHODS::contains,
                "write one of " + String.join(", ", METHODS) + ", or * for all of a path");
        case "allowCredentials" -> require(member, member.node().isBoolean(), "true or false");
        case "maxAge" ->
            require(member, isAge(member), "a whole number of seconds from 0 to " + LONGEST);
        case "origins", "originPatterns" -> origins(member);
        default -> unknown(member);
      }
    }
    credentials(policy);
  }

  /** Browsers take {@code *} for a name where cookies come along (Fetch standard section 3.2.5). */
  private void credentials(LocatedNode policy) {
    if (!Nodes.flag(policy, "allowCredentials")) {
      return;
    }
    for (String list : List.of("allowedHeaders", "exposeHeaders")) {
      for (LocatedNode element : Nodes.items(policy, list)) {
        if (element.node().isString() && element.node().stringValue().equals(ANY)) {
          findings.error(
              RULE,
              element.location(),
              CorsExtension.FIELD
                  + "."
                  + list
                  + " has \"*\", and allowCredentials is true, where browsers take it for a name",
              "list the names, or do not allow credentials");
        }
      }
    }
  }

  private static boolean isAge(LocatedNode age) {
    return age.node().isIntegralNumber()
        && age.node().canConvertToLong()
        && age.node().longValue() >= 0
        && age.node().longValue() <= LONGEST;
  }

  private void require(LocatedNode member, boolean sound, String wanted) {
    if (!sound) {
      findings.error(
          RULE,
          member.location(),
          CorsExtension.FIELD + "." + member.key() + " cannot be " + Types.shown(member.node()),
          "write " + wanted);
    }
  }

  private void texts(LocatedNode member, String what, Predicate<String> rule, String fix) {
    require(member, member.node().isArray(), "a list");
    if (!member.node().isArray()) {
      return;
    }
    for (LocatedNode element : member.items()) {
      String text = element.node().isString() ? element.node().stringValue() : "";
      if (!text.equals(ANY) && !rule.test(text)) {
        findings.error(
            RULE,
            element.location(),
            Types.shown(element.node())
                + " in "
                + CorsExtension.FIELD
                + "."
                + member.key()
                + " is not "
                + what,
            fix);
      }
    }
  }

  private void origins(LocatedNode member) {
    boolean patterns = member.key().equals("originPatterns");
    findings.error(
        RULE,
        member.nameLocation(),
        CorsExtension.FIELD
            + " has no member \""
            + member.key()
            + "\": a document is the same"
            + " wherever it is served, and origins are not",
        "list them in the configuration, as cors." + (patterns ? "origin_patterns" : "origins"));
  }

  private void unknown(LocatedNode member) {
    findings.error(
        RULE,
        member.nameLocation(),
        CorsExtension.FIELD + " has no member \"" + member.key() + "\"",
        findings
            .nearest(member.key(), MEMBERS)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("it has " + String.join(", ", MEMBERS)));
  }
}
