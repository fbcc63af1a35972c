package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.limit.AdaptiveLimit;
import io.brrtrouter.server.limit.AdaptiveTerms;
import io.brrtrouter.server.limit.Priority;
import io.brrtrouter.server.router.PathTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The adaptive limits of operations: one for all paths of an operation, or for all operations of a
 * class. What the generation before has learned, and the requests that it still works on, are those
 * of the next one.
 */
final class AdaptiveLimits {
  /** What an operation is known by in the next generation, whatever its parameters are called. */
  private record Place(Method method, PathTemplate path) {
    static Place of(CompiledOperation operation) {
      return new Place(operation.method(), operation.path());
    }
  }

  /** Operations that share a limit: those of a class, or one at all its paths. */
  private record Together(@Nullable String group, List<CompiledOperation> members) {}

  private AdaptiveLimits() {}

  /**
   * Gives every operation that asks for one its limit.
   *
   * @param operations those that are to serve
   * @param before those that serve
   */
  static void bind(List<CompiledOperation> operations, List<CompiledOperation> before) {
    Map<Place, AdaptiveShare> places = new HashMap<>();
    Map<String, AdaptiveLimit> classes = new HashMap<>();
    for (CompiledOperation each : before) {
      AdaptiveShare share = each.adaptive();
      if (share != null) {
        places.put(Place.of(each), share);
        String group = wanted(each).group();
        if (group != null) {
          classes.put(group, share.limit());
        }
      }
    }
    for (Together each : together(operations)) {
      bind(each.group(), each.members(), places, classes);
    }
  }

  private static OperationConcurrency wanted(CompiledOperation operation) {
    return Objects.requireNonNull(operation.plan().settings().concurrency());
  }

  /** {@return the operations that share limits} */
  private static List<Together> together(List<CompiledOperation> all) {
    Map<String, Together> classes = new LinkedHashMap<>();
    IdentityHashMap<Operation, Together> alone = new IdentityHashMap<>();
    for (CompiledOperation each : all) {
      OperationConcurrency concurrency = each.plan().settings().concurrency();
      if (concurrency != null) {
        String group = concurrency.group();
        (group == null
                ? alone.computeIfAbsent(
                    each.plan().operation(), _ -> new Together(null, new ArrayList<>()))
                : classes.computeIfAbsent(group, _ -> new Together(group, new ArrayList<>())))
            .members()
            .add(each);
      }
    }
    List<Together> together = new ArrayList<>(classes.values());
    together.addAll(alone.values());
    return together;
  }

  private static void bind(
      @Nullable String group,
      List<CompiledOperation> members,
      Map<Place, AdaptiveShare> places,
      Map<String, AdaptiveLimit> classes) {
    AdaptiveTerms terms = terms(members);
    AdaptiveLimit earlier = group == null ? own(members, places) : classes.get(group);
    AdaptiveLimit limit = earlier == null ? new AdaptiveLimit(terms, System.nanoTime()) : earlier;
    limit.rebound(terms);
    Priority highest =
        members.stream()
            .map(each -> wanted(each).priority())
            .min(Priority::compareTo)
            .orElse(Priority.CRITICAL);
    IdentityHashMap<Operation, AtomicLong> refusals = new IdentityHashMap<>();
    for (CompiledOperation each : members) {
      AdaptiveShare share = each.adaptive();
      if (share == null || share.limit() != limit) {
        String handler = each.plan().handlerName();
        Priority priority = wanted(each).priority();
        AdaptiveShare last = places.get(Place.of(each));
        AtomicLong counted =
            refusals.computeIfAbsent(
                each.plan().operation(),
                _ ->
                    last == null || last.priority() != priority
                        ? new AtomicLong()
                        : last.refusals());
        share = new AdaptiveShare(limit, group, handler, priority, counted);
        each.adapt(share);
      }
      share.beside(highest);
    }
  }

  /** {@return the limit that an operation had which had it for itself} */
  private static @Nullable AdaptiveLimit own(
      List<CompiledOperation> members, Map<Place, AdaptiveShare> places) {
    for (CompiledOperation each : members) {
      AdaptiveShare share = places.get(Place.of(each));
      if (share != null && !share.isOfClass()) {
        return share.limit();
      }
    }
    return null;
  }

  /** {@return the widest bounds of all that share a limit} */
  private static AdaptiveTerms terms(List<CompiledOperation> members) {
    int min = Integer.MAX_VALUE;
    int max = 0;
    int initial = 0;
    for (CompiledOperation each : members) {
      AdaptiveTerms terms = wanted(each).terms();
      min = Math.min(min, terms.min());
      max = Math.max(max, terms.max());
      initial = Math.max(initial, terms.initial());
    }
    return new AdaptiveTerms(min, max, initial);
  }

  /** {@return how it stands with the limits of operations} */
  static List<AdaptiveFigures> figures(List<CompiledOperation> operations) {
    IdentityHashMap<Operation, AdaptiveFigures> figures = new IdentityHashMap<>();
    for (CompiledOperation each : operations) {
      AdaptiveShare share = each.adaptive();
      if (share != null) {
        figures.put(each.plan().operation(), share.figures());
      }
    }
    return List.copyOf(figures.values());
  }
}
