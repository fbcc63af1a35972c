package io.brrtrouter.server.decode;

import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.schema.Violations;
import io.brrtrouter.server.decode.RequestViolation.In;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Violations of one request, the first of them kept. Belongs to one request. */
final class ViolationList {
  private final int most;
  private @Nullable List<RequestViolation> violations;
  private int omitted;

  /**
   * Begins without violations.
   *
   * @param most how many are kept; the rest are counted
   */
  ViolationList(int most) {
    this.most = most;
  }

  void add(RequestViolation violation) {
    if (violations == null) {
      violations = new ArrayList<>(4);
    }
    if (violations.size() < most) {
      violations.add(violation);
    } else {
      omitted++;
    }
  }

  /** Adds violations that were found, and how many more there were. */
  void addAll(List<RequestViolation> found, int more) {
    found.forEach(this::add);
    omitted += more;
  }

  /** Adds what is wrong with the text of a value. */
  void add(In in, String name, String place, Flaws.Flaw flaw, SourceLocation source) {
    SourceLocation written = flaw.source();
    add(
        new RequestViolation(
            in,
            name,
            place + flaw.pointer(),
            flaw.keyword(),
            flaw.message(),
            flaw.expected(),
            written == null ? source : written));
  }

  /** Adds what the schema says of a value, but for places whose text is wrong anyway. */
  void add(In in, String name, Violations found, List<String> flawed) {
    for (Violation violation : found.list()) {
      if (flawed.isEmpty() || flawed.stream().noneMatch(violation.instanceLocation()::equals)) {
        add(
            new RequestViolation(
                in,
                name,
                violation.instanceLocation(),
                violation.keyword(),
                violation.message(),
                violation.expected(),
                violation.source()));
      }
    }
    omitted += found.omitted();
  }

  /** {@return a body that is refused for these} */
  DecodedBody.Invalid asBody() {
    return new DecodedBody.Invalid(violations(), omitted);
  }

  boolean isEmpty() {
    return violations == null;
  }

  List<RequestViolation> violations() {
    return violations == null ? List.of() : violations;
  }

  /** {@return how many are kept} */
  int most() {
    return most;
  }

  /** {@return how many more there are than kept} */
  int omitted() {
    return omitted;
  }
}
