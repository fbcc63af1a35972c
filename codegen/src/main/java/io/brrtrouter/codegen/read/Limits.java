package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Scalar;
import java.util.stream.Stream;

/** What class files can hold, and what compilers get through on the stack they have. */
final class Limits {
  /** Slots for the arguments of a constructor, besides {@code this} (JVMS section 4.3.3). */
  static final int SLOTS = 254;

  /**
   * Values of an enum. A method has at most 65,535 bytes (JVMS section 4.7.3), and finding the
   * constant of a string takes about 38 for each: some 1,720 fit.
   */
  static final int ENUM_VALUES = 1_600;

  /** Characters of a string constant: 65,535 bytes, of which each takes up to three. */
  static final int CONSTANT_CHARACTERS = 65_535 / 3;

  /** Values that one condition is compared with: javac overflows its stack at 600 to 1,000. */
  static final int COMPARED_VALUES = 256;

  /** Alternatives of a sealed type: javac overflows its stack at 700 to 1,000. */
  static final int ALTERNATIVES = 400;

  private Limits() {}

  /** {@return how many slots an argument takes} */
  static int slots(Scalar scalar) {
    return switch (scalar) {
      case LONG, INTEGER, DOUBLE -> 2;
      default -> 1;
    };
  }

  /** {@return whether an operation's request and responses are records that a class file holds} */
  static boolean fit(Operation operation) {
    return fit(operation.request())
        && operation.response().outcomes().stream().allMatch(Limits::fit);
  }

  /** {@return whether a request is a record that a class file holds} */
  static boolean fit(Operation.Request request) {
    int body = request.body().isPresent() ? 1 : 0;
    return body + slots(request.parameters().stream().map(each -> each.component())) <= SLOTS;
  }

  private static boolean fit(Operation.Outcome outcome) {
    int statusAndBody = 3;
    return statusAndBody + slots(outcome.headers().stream().map(each -> each.component())) <= SLOTS;
  }

  private static int slots(Stream<Component> components) {
    return components.mapToInt(Limits::slots).sum();
  }

  private static int slots(Component component) {
    return component.form() == Component.Form.PLAIN
            && component.value().type() instanceof JavaType.Simple(Scalar scalar)
        ? slots(scalar)
        : 1;
  }
}
