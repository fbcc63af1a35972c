package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.ConcurrencyExtension;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules on the object form of {@code x-brrtrouter-concurrency}, and on where it can be. */
final class ConcurrencyRules {
  private static final String RULE = "extension-value";
  private static final List<String> MEMBERS = List.of("min", "max", "class", "priority");

  /** What makes requests last, so that how long they take says nothing. */
  private static final List<OperationExtension> LASTING =
      List.of(
          OperationExtension.STREAM_BODY,
          OperationExtension.WEB_SOCKET,
          OperationExtension.EVENT_STREAM);

  private final Findings findings;

  ConcurrencyRules(Findings findings) {
    this.findings = findings;
  }

  /**
   * Checks the extension.
   *
   * @param operation who has it
   * @param concurrency its value
   */
  void check(LocatedNode operation, LocatedNode concurrency) {
    for (OperationExtension each : LASTING) {
      LocatedNode lasting = operation.member(each.field());
      if (lasting != null && !isFalse(lasting) && !isFalse(concurrency)) {
        findings.error(
            RULE,
            concurrency.location(),
            ConcurrencyExtension.FIELD
                + " goes by how long requests take, which beside "
                + each.field()
                + " is up to clients",
            "bound it with " + OperationExtension.MAX_IN_FLIGHT.field());
      }
    }
    if (concurrency.node().isObject()) {
      LocatedNode min = concurrency.member("min");
      for (LocatedNode member : concurrency.members()) {
        member(member, min);
      }
    }
  }

  private static boolean isFalse(LocatedNode value) {
    return value.node().isBoolean() && !value.node().booleanValue();
  }

  private void member(LocatedNode member, @Nullable LocatedNode min) {
    switch (member.key()) {
      case "min" -> number(member, 1);
      case "max" -> number(member, min == null || !isAtLeast(1, min) ? 1 : min.node().longValue());
      case "class" ->
          require(
              member,
              member.node().isString() && ConcurrencyExtension.isClass(member.node().stringValue()),
              "a name: small letters, digits, - and _, a letter first, "
                  + ConcurrencyExtension.LONGEST_CLASS
                  + " at most");
      case "priority" ->
          require(
              member,
              member.node().isString()
                  && ConcurrencyExtension.PRIORITIES.contains(member.node().stringValue()),
              "critical, default or sheddable");
      default -> unknown(member);
    }
  }

  private void number(LocatedNode member, long least) {
    require(
        member,
        isAtLeast(least, member),
        "a whole number of requests from " + least + " to " + ConcurrencyExtension.MOST);
  }

  private static boolean isAtLeast(long least, LocatedNode member) {
    return member.node().isIntegralNumber()
        && member.node().canConvertToLong()
        && member.node().longValue() >= least
        && member.node().longValue() <= ConcurrencyExtension.MOST;
  }

  private void require(LocatedNode member, boolean sound, String wanted) {
    if (!sound) {
      findings.error(
          RULE,
          member.location(),
          ConcurrencyExtension.FIELD
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
        ConcurrencyExtension.FIELD + " has no member \"" + member.key() + "\"",
        findings
            .nearest(member.key(), MEMBERS)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("it has " + String.join(", ", MEMBERS)));
  }
}
