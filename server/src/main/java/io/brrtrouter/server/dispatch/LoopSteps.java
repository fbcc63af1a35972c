package io.brrtrouter.server.dispatch;

import java.util.ArrayList;
import java.util.List;

/**
 * What the requests of one operation go through on an event loop. Safe for use by many threads.
 *
 * @param server decoding and checks
 * @param handler the handler
 * @param filters the filters, outermost first
 */
record LoopSteps(LoopStep server, LoopStep handler, List<LoopStep> filters) {

  static LoopSteps of(String handlerName, List<Filter> filters) {
    List<LoopStep> steps = new ArrayList<>();
    for (Filter filter : filters) {
      steps.add(LoopStep.filter(filter, 2 + steps.size()));
    }
    return new LoopSteps(
        LoopStep.server(handlerName, 0), LoopStep.handler(handlerName, 1), List.copyOf(steps));
  }

  int count() {
    return 2 + filters.size();
  }

  /**
   * Takes note of one request.
   *
   * @param nanos what each step took, at its place; {@link LoopStep#NOT_TAKEN} for one that was not
   */
  void took(long[] nanos, String requestId) {
    handler.took(nanos[handler.place()], requestId);
    for (LoopStep filter : filters) {
      filter.took(nanos[filter.place()], requestId);
    }
  }
}
