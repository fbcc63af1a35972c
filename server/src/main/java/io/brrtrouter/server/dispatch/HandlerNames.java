package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import java.util.Collection;

/** Which handler an operation wants, and which one somebody probably meant. */
final class HandlerNames {
  private HandlerNames() {}

  /**
   * {@return the name of an operation's handler: the first {@code x-handler*} extension that is
   * text, else the operationId, else method and path}
   *
   * @param operation the operation
   */
  static String of(Operation operation) {
    return OperationExtension.handlerName(operation);
  }

  /**
   * {@return {@code ; did you mean "..."?}, or {@code ""} when nothing is close}
   *
   * @param name a name nobody knows
   * @param known the known names
   */
  static String suggestion(String name, Collection<String> known) {
    return Spelling.nearest(name, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }
}
