package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.RateLimitExtension;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules on the object form of {@code x-brrtrouter-rate-limit}; the other one is a word. */
final class RateLimitRules {
  private static final String RULE = "extension-value";
  private static final List<String> MEMBERS = List.of("requests", "window", "burst", "key");

  private final Findings findings;

  RateLimitRules(Findings findings) {
    this.findings = findings;
  }

  void check(LocatedNode limit) {
    for (LocatedNode member : limit.members()) {
      switch (member.key()) {
        case "requests" -> number(member, RateLimitExtension.MOST_REQUESTS, "requests");
        case "window" -> number(member, RateLimitExtension.LONGEST_WINDOW.toSeconds(), "seconds");
        case "burst" -> burst(member, limit.member("requests"));
        case "key" ->
            require(
                member,
                member.node().isString()
                    && RateLimitExtension.KEYS.contains(member.node().stringValue()),
                "subject_then_ip, subject or ip");
        default -> unknown(member);
      }
    }
  }

  /** Where the document does not say of how many, the server does when it starts. */
  private void burst(LocatedNode burst, @Nullable LocatedNode requests) {
    long most =
        requests != null && isBetween(1, RateLimitExtension.MOST_REQUESTS, requests)
            ? requests.node().longValue()
            : RateLimitExtension.MOST_REQUESTS;
    number(burst, most, "requests");
  }

  private void number(LocatedNode member, long most, String unit) {
    require(member, isBetween(1, most, member), "a whole number of " + unit + " from 1 to " + most);
  }

  private static boolean isBetween(long least, long most, LocatedNode member) {
    return member.node().isIntegralNumber()
        && member.node().canConvertToLong()
        && member.node().longValue() >= least
        && member.node().longValue() <= most;
  }

  private void require(LocatedNode member, boolean sound, String wanted) {
    if (!sound) {
      findings.error(
          RULE,
          member.location(),
          RateLimitExtension.FIELD
              + "."
              + member.key()
              + " cannot be "
              + Types.shown(member.node()),
          "write " + wanted);
    }
  }

  private void unknown(LocatedNode member) {
    findings.error(
        RULE,
        member.nameLocation(),
        RateLimitExtension.FIELD + " has no member \"" + member.key() + "\"",
        findings
            .nearest(member.key(), MEMBERS)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("it has " + String.join(", ", MEMBERS)));
  }
}
