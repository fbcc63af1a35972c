package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.router.PathTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation with its handler at one path, ready to serve. Immutable, once it serves. */
final class CompiledOperation {
  private final OperationPlan plan;
  private final PathTemplate path;
  private final String template;
  private final Method method;
  private final Answerer answerer;
  private final Surroundings surroundings;

  /** Told about its exchanges; null until it serves. Written before a request can see it. */
  private @Nullable ExchangeListener listener;

  /** Bounds its requests in flight, null for any. Written before a request can see it. */
  private @Nullable Permits bulkhead;

  /** Its share of an adaptive limit, null without. Written before a request can see it. */
  private @Nullable AdaptiveShare adaptive;

  private final Next chain;
  private final LoopSteps steps;
  private final boolean neverBlocks;

  /**
   * Who answers an operation.
   *
   * @param handler who
   * @param real whether it is the user's own, whose responses are worth checking
   */
  record Answerer(Handler handler, boolean real) {}

  /**
   * What surrounds every operation of an API.
   *
   * @param filters outermost first
   * @param listeners who is told about exchanges
   * @param problems writes refusals
   */
  record Surroundings(List<Filter> filters, Listeners listeners, ProblemRenderer problems) {}

  CompiledOperation(
      OperationPlan plan, PathTemplate path, Answerer answerer, Surroundings surroundings) {
    this.plan = plan;
    this.path = path;
    this.template = path.toString();
    this.method = Method.of(plan.operation().method());
    this.answerer = answerer;
    this.surroundings = surroundings;
    List<Filter> filters = surroundings.filters();
    this.steps = LoopSteps.of(plan.handlerName(), filters);
    Next chain = new Pipeline(this);
    for (int i = filters.size() - 1; i >= 0; i--) {
      chain = link(filters.get(i), steps.filters().get(i), chain);
    }
    this.chain = chain;
    this.neverBlocks =
        !plan.settings().streamsBody()
            && answerer.handler().neverBlocks()
            && filters.stream().allMatch(Filter::neverBlocks);
  }

  private static Next link(Filter filter, LoopStep step, Next next) {
    return exchange -> {
      LoopStep around = exchange.enter(step);
      RequestSteps.filter(exchange, filter, true);
      try {
        return filter.filter(exchange, next);
      } finally {
        RequestSteps.filter(exchange, filter, false);
        exchange.enter(around);
      }
    };
  }

  /**
   * {@return the same operation, answered by another handler}
   *
   * @throws IllegalArgumentException if the handler was generated from another document
   */
  CompiledOperation answeredBy(Handler handler) {
    return new CompiledOperation(
        plan.answeredBy(handler), path, new Answerer(handler, true), surroundings);
  }

  OperationPlan plan() {
    return plan;
  }

  PathTemplate path() {
    return path;
  }

  /** {@return the path template as text} */
  String template() {
    return template;
  }

  /** {@return its name for logs: the operationId, else method and template} */
  String name() {
    return plan.operation().operationId().orElse(plan.operation().method() + " " + template);
  }

  Method method() {
    return method;
  }

  Answerer answerer() {
    return answerer;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** {@return who is told about its exchanges; those told about all, until it serves} */
  ExchangeListener listener() {
    ExchangeListener bound = listener;
    return bound == null ? surroundings.listeners() : bound;
  }

  /** Tells the listeners in what a request does not match the document, if that is why. */
  void tellViolations(Rejection rejection) {
    List<RequestViolation> violations = rejection.violations();
    if (!violations.isEmpty()) {
      listener().violated(violations);
    }
  }

  /** Prepares the listeners: not earlier, because what is refused is to leave no trace there. */
  void bind() {
    if (listener == null) {
      listener = surroundings.listeners().bind(plan.operation(), template);
    }
  }

  /** {@return what bounds its requests in flight, null where only the server does} */
  @Nullable Permits bulkhead() {
    return bulkhead;
  }

  /** Bounds its requests in flight: not again, if it has served in a generation before. */
  void bound(Permits permits) {
    if (bulkhead == null) {
      bulkhead = permits;
    }
  }

  /** {@return its share of an adaptive limit, null where it has none} */
  @Nullable AdaptiveShare adaptive() {
    return adaptive;
  }

  /** Has a share of an adaptive limit from now on. */
  void adapt(AdaptiveShare share) {
    adaptive = share;
  }

  /** {@return whether nothing that happens to a request ever blocks} */
  boolean neverBlocks() {
    return neverBlocks;
  }

  /** {@return what a request goes through on an event loop} */
  LoopSteps steps() {
    return steps;
  }

  /** {@return whether there are filters, which may log something} */
  boolean isFiltered() {
    return !surroundings.filters().isEmpty();
  }

  /** {@return the filters around decoding, handler and check} */
  Next chain() {
    return chain;
  }
}
