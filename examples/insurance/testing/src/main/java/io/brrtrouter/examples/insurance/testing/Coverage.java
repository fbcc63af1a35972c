package io.brrtrouter.examples.insurance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.Operation;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a table of requests has all of a document. */
public final class Coverage {
  /** Takes a server that has too much to do, which a test of its own has. */
  private static final String BUSY = "503";

  /** What the server says of requests that are none: documents need not declare it. */
  private static final String REFUSED = "400";

  private Coverage() {}

  /**
   * Fails unless the rows have every status of every operation of the service's document, each is a
   * request to its operation and each status is one that the operation declares, or 400.
   *
   * @param rows the rows, no names in their paths but whole segments
   */
  public static void requireAll(List<RequestRow> rows) {
    requireAll(operations(Path.of("openapi.yaml"), Path.of("../models")), rows);
  }

  static void requireAll(List<Operation> operations, List<RequestRow> rows) {
    Set<String> answered = new TreeSet<>();
    for (RequestRow row : rows) {
      Optional<Operation> asked = asked(operations, row);
      assertThat(asked.map(Coverage::name).orElse("nothing"))
          .as("the operation of %s", row)
          .isEqualTo(row.operation());
      answered.add(row.operation() + " " + status(asked.orElseThrow(), row));
    }
    Set<String> declared = new TreeSet<>();
    for (Operation operation : operations) {
      operation.responses().keySet().stream()
          .filter(status -> !status.equals(BUSY))
          .forEach(status -> declared.add(name(operation) + " " + status));
    }
    assertThat(answered).containsAll(declared).isNotEmpty();
  }

  static List<Operation> operations(Path document, Path... roots) {
    return OpenApiLoader.load(document, LoadOptions.defaults().withRoots(List.of(roots)))
        .api()
        .orElseThrow()
        .operations();
  }

  private static String name(Operation operation) {
    return operation.operationId().orElseThrow();
  }

  /** The operation that a row asks; of several, the one with the fewest variables. */
  private static Optional<Operation> asked(List<Operation> operations, RequestRow row) {
    String path = row.path().replaceFirst("\\?.*", "");
    return operations.stream()
        .filter(each -> each.method().equals(row.method()))
        .filter(each -> pattern(each.path()).matcher(path).matches())
        .min(Comparator.comparingInt(each -> each.path().split("\\{", -1).length));
  }

  private static Pattern pattern(String template) {
    String literals = "\\Q" + template.replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q") + "\\E";
    return Pattern.compile(literals);
  }

  /**
   * The status of a row as its operation declares it, itself, its range or the rest, or a refusal.
   */
  private static String status(Operation operation, RequestRow row) {
    Set<String> declared = operation.responses().keySet();
    return Stream.of("" + row.status(), row.status() / 100 + "XX", "default")
        .filter(status -> declared.contains(status) || status.equals(REFUSED))
        .findFirst()
        .orElseThrow(() -> new AssertionError(row + ", and " + row.status() + " is not declared"));
  }
}
