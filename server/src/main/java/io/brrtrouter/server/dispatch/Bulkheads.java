package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.router.PathTemplate;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bounds of operations on their requests in flight. One for all paths of an operation; and one
 * count for all generations, as long as each has a bound: requests that the generation before still
 * answers are as much of a burden to what is behind the operation.
 */
final class Bulkheads {
  /** What an operation is known by in the next generation, whatever its parameters are called. */
  private record Place(Method method, PathTemplate path) {
    static Place of(CompiledOperation operation) {
      return new Place(operation.method(), operation.path());
    }
  }

  private Bulkheads() {}

  /**
   * Gives every operation that has a bound its permits.
   *
   * @param operations those that are to serve
   * @param before those that serve
   */
  static void bind(List<CompiledOperation> operations, List<CompiledOperation> before) {
    List<CompiledOperation> bounded =
        operations.stream().filter(each -> each.plan().settings().maxInFlight() > 0).toList();
    if (bounded.isEmpty()) {
      return;
    }
    Map<Place, Permits> counting = new HashMap<>();
    for (CompiledOperation each : before) {
      Permits permits = each.bulkhead();
      if (permits != null) {
        counting.put(Place.of(each), permits);
      }
    }
    IdentityHashMap<Operation, Permits> permits = new IdentityHashMap<>();
    for (CompiledOperation each : bounded) {
      Permits earlier = counting.get(Place.of(each));
      if (earlier != null) {
        permits.putIfAbsent(
            each.plan().operation(), earlier.withLimit(each.plan().settings().maxInFlight()));
      }
    }
    for (CompiledOperation each : bounded) {
      each.bound(
          permits.computeIfAbsent(
              each.plan().operation(), _ -> new Permits(each.plan().settings().maxInFlight())));
    }
  }
}
