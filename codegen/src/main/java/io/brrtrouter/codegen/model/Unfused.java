package io.brrtrouter.codegen.model;

import io.brrtrouter.schema.View;
import java.util.List;

/**
 * A body or parameter whose generated decoder cannot decide alone.
 *
 * @param use what it is, for example {@code request body of addPet (application/json)}
 * @param origin the schema of the body or parameter
 * @param view the side it is read on
 * @param causes every constraint that generated code does not check
 */
public record Unfused(String use, Origin origin, View view, List<Unfusable> causes) {

  /** Copies the list; refuses an empty one. */
  public Unfused {
    causes = List.copyOf(causes);
    Demand.that(!causes.isEmpty(), use + " has no cause");
  }

  /** {@return a line to show, and one for each cause} */
  public String sentence() {
    return "judged by the schema, which takes longer than generated code: " + this;
  }

  /** {@return the use and its causes with their places, one line each} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(origin.location() + ": " + use);
    for (Unfusable cause : causes) {
      text.append("\n  ")
          .append(cause.origin().location())
          .append(": ")
          .append(cause.keyword())
          .append(": ")
          .append(cause.reason());
    }
    return text.toString();
  }
}
