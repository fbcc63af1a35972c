package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.ServedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an API is secured, for the lines a start says: each scheme, and whatever anybody may call.
 */
final class Posture {
  private static final int LONGEST_LINE = 100;
  private static final String OPEN = "anybody may call:";
  private static final String INDENT = "  ";

  private Posture() {}

  /**
   * {@return the lines}
   *
   * @param api what is served
   * @param providers who verifies, by name of the scheme
   * @param counting who counts for several servers, a line of its own
   * @param more further lines
   */
  static List<String> of(
      CompiledApi api,
      Map<String, SecurityProvider> providers,
      Optional<String> counting,
      List<String> more) {
    List<String> lines = new ArrayList<>(secured(api, providers));
    counting.ifPresent(lines::add);
    lines.addAll(more);
    return lines;
  }

  private static List<String> secured(CompiledApi api, Map<String, SecurityProvider> providers) {
    List<ServedOperation> open =
        api.operations().stream().filter(each -> !isSecured(each.operation())).toList();
    List<String> lines = new ArrayList<>();
    for (String name : api.document().components().securitySchemes().keySet()) {
      SecurityProvider provider = providers.get(name);
      long operations =
          api.operations().stream().filter(each -> takes(each.operation(), name)).count();
      lines.add(
          "secured by %s: %s, %s"
              .formatted(
                  name,
                  provider == null ? "nothing verifies it" : provider.description(),
                  operations == 0
                      ? "no operation takes it"
                      : operations == 1 ? "1 operation" : operations + " operations"));
    }
    lines.addAll(open(open, lines.isEmpty()));
    return lines;
  }

  private static boolean isSecured(Operation operation) {
    return operation.demandsCredentials();
  }

  private static boolean takes(Operation operation, String scheme) {
    return operation.security().stream().anyMatch(each -> each.schemes().containsKey(scheme));
  }

  /** In one line where that can be read at a glance, else in several. */
  private static List<String> open(List<ServedOperation> operations, boolean withoutSchemes) {
    if (withoutSchemes) {
      return List.of("nothing is secured: anybody may call every operation");
    }
    List<String> names = operations.stream().map(Posture::name).distinct().toList();
    String line = OPEN + " " + (names.isEmpty() ? "nothing" : String.join(", ", names));
    if (line.length() <= LONGEST_LINE) {
      return List.of(line);
    }
    List<String> lines = new ArrayList<>(List.of(OPEN));
    StringBuilder row = new StringBuilder(INDENT);
    for (String name : names) {
      if (row.length() > INDENT.length() && row.length() + name.length() > LONGEST_LINE - 2) {
        lines.add(row.toString().stripTrailing());
        row = new StringBuilder(INDENT);
      }
      row.append(name).append(", ");
    }
    lines.add(row.substring(0, row.length() - 2));
    return lines;
  }

  private static String name(ServedOperation operation) {
    return operation.operation().takesCredentials()
        ? operation.handler() + " (credentials are optional)"
        : operation.handler();
  }
}
