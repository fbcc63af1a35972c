package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds operations that nobody may ever call: each of their requirements asks for scopes of a
 * scheme whose clients stand in the configuration, and none of those has them.
 *
 * @param document the document
 * @param closed what is configured for such schemes, by name
 */
record UngrantedScopes(OpenApi document, Map<String, Closed> closed) {

  /**
   * A scheme whose clients stand in the configuration.
   *
   * @param section where, {@code security.api_keys.key} for example
   * @param place of that
   * @param granted scopes of each client
   */
  record Closed(String section, SourceLocation place, List<Set<String>> granted) {
    boolean grants(List<String> scopes) {
      return scopes.isEmpty() || granted.stream().anyMatch(each -> each.containsAll(scopes));
    }
  }

  /** What nobody has. */
  private record Ungranted(String scheme, List<String> scopes) {}

  /** {@return an error for each scheme and what is asked of it in vain} */
  List<Finding> findings() {
    Map<Ungranted, List<Operation>> inVain = new LinkedHashMap<>();
    for (Operation operation : document.operations()) {
      List<Ungranted> missing = new ArrayList<>();
      for (SecurityRequirement requirement : operation.security()) {
        Ungranted first = ungranted(requirement);
        if (first == null) {
          missing.clear();
          break;
        }
        missing.add(first);
      }
      missing.stream()
          .distinct()
          .forEach(each -> inVain.computeIfAbsent(each, _ -> new ArrayList<>()).add(operation));
    }
    return inVain.entrySet().stream().map(each -> finding(each.getKey(), each.getValue())).toList();
  }

  private @Nullable Ungranted ungranted(SecurityRequirement requirement) {
    for (Map.Entry<String, List<String>> each : requirement.schemes().entrySet()) {
      Closed scheme = closed.get(each.getKey());
      if (scheme != null && !scheme.grants(each.getValue())) {
        return new Ungranted(each.getKey(), List.copyOf(each.getValue()));
      }
    }
    return null;
  }

  private Finding finding(Ungranted what, List<Operation> operations) {
    Closed scheme = Objects.requireNonNull(closed.get(what.scheme()));
    String first = OperationExtension.handlerName(operations.getFirst());
    return new Finding(
        "security-scope-source",
        Severity.ERROR,
        scheme.place(),
        "%s grants nobody %s, without which nobody may call %s"
            .formatted(
                scheme.section(),
                String.join(" and ", what.scopes().stream().map(each -> '"' + each + '"').toList()),
                operations.size() == 1
                    ? "operation \"" + first + "\""
                    : operations.size() + " operations, \"" + first + "\" the first"),
        fix(what, scheme));
  }

  private static String fix(Ungranted what, Closed scheme) {
    Set<String> granted = new TreeSet<>();
    scheme.granted().forEach(granted::addAll);
    return what.scopes().stream()
        .filter(each -> !granted.contains(each))
        .findFirst()
        .flatMap(each -> Spelling.nearest(each, granted))
        .map(near -> "it grants \"" + near + "\": is one of both misspelt?")
        .orElse("add to the scopes of whoever may call it, or require others");
  }
}
