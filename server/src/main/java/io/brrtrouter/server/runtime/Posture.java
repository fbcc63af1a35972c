package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.ServedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an API is secured, for the lines a start says: each scheme, and whatever anybody may call.
 */
final class Posture {
  /** More would push the rest of what a start says off the screen. */
  private static final int MOST = 50;

  private Posture() {}

  /**
   * {@return the lines}
   *
   * @param api what is served
   * @param providers who verifies, by name of the scheme
   * @param counting who counts for several servers, a line of its own
   */
  static List<String> of(
      CompiledApi api, Map<String, SecurityProvider> providers, Optional<String> counting) {
    List<String> lines = new ArrayList<>(secured(api, providers));
    counting.ifPresent(lines::add);
    return lines;
  }

  private static List<String> secured(CompiledApi api, Map<String, SecurityProvider> providers) {
    List<ServedOperation> open =
        api.operations().stream().filter(each -> !isSecured(each.operation())).toList();
    boolean taken = api.operations().stream().anyMatch(each -> each.operation().takesCredentials());
    if (!taken) {
      return List.of("nothing is secured: anybody may call every operation");
    }
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
    lines.add("anybody may call: " + (open.isEmpty() ? "nothing" : names(open)));
    return lines;
  }

  private static boolean isSecured(Operation operation) {
    return operation.demandsCredentials();
  }

  private static boolean takes(Operation operation, String scheme) {
    return operation.security().stream().anyMatch(each -> each.schemes().containsKey(scheme));
  }

  private static String names(List<ServedOperation> operations) {
    int more = operations.size() - MOST;
    String names =
        operations.stream()
            .limit(MOST)
            .map(Posture::name)
            .distinct()
            .collect(Collectors.joining(", "));
    return more > 0 ? names + " and " + more + " more; brrt routes lists them" : names;
  }

  private static String name(ServedOperation operation) {
    return operation.operation().takesCredentials()
        ? operation.handler() + " (credentials are optional)"
        : operation.handler();
  }
}
