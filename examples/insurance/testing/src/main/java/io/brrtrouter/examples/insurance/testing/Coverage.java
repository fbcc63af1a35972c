package io.brrtrouter.examples.insurance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether a table of requests has all of a document. */
public final class Coverage {
  /** Takes a server that has too much to do, which a test of its own has. */
  private static final String BUSY = "503";

  private Coverage() {}

  /**
   * Fails unless the rows have every status of every operation of the service's document, each by a
   * path of its operation.
   *
   * @param rows the rows, no names in their paths but whole segments
   */
  public static void requireAll(List<RequestRow> rows) {
    List<Operation> operations = operations();
    Map<String, TreeSet<String>> declared = new TreeMap<>();
    for (Operation operation : operations) {
      TreeSet<String> statuses = new TreeSet<>(operation.responses().keySet());
      statuses.remove(BUSY);
      declared.put(operation.operationId().orElseThrow(), statuses);
    }
    Map<String, TreeSet<String>> asked = new TreeMap<>();
    for (RequestRow row : rows) {
      asked.computeIfAbsent(row.operation(), _ -> new TreeSet<>()).add("" + row.status());
      assertThat(paths(operations, row.operation()))
          .as(row.toString())
          .anyMatch(row.path().replaceFirst("\\?.*", "")::matches);
    }
    assertThat(asked.keySet()).isEqualTo(declared.keySet()).isNotEmpty();
    declared.forEach((operation, all) -> assertThat(asked.get(operation)).containsAll(all));
  }

  private static List<Operation> operations() {
    return OpenApiLoader.load(
            Path.of("openapi.yaml"),
            LoadOptions.defaults().withRoots(List.of(Path.of("../models"))))
        .api()
        .orElseThrow()
        .operations();
  }

  private static List<String> paths(List<Operation> operations, String operation) {
    return operations.stream()
        .filter(each -> each.operationId().orElseThrow().equals(operation))
        .map(each -> each.path().replaceAll("\\{[^}]+}", "[^/]+"))
        .toList();
  }
}
