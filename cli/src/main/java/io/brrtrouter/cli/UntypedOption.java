package io.brrtrouter.cli;

import java.util.Set;
import picocli.CommandLine.Option;

/** Which operations are generated without types, for commands that generate. */
final class UntypedOption {
  @Option(
      names = "--untyped",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Operations to generate nothing for, separated by commas: their x-handler, else"
              + " operationId. Their handlers get plain requests.")
  private Set<String> untyped = Set.of();

  /** {@return names of handlers} */
  Set<String> names() {
    return untyped;
  }
}
