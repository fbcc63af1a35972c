package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.ConcurrencyExtension;
import io.brrtrouter.openapi.model.ConcurrencyExtension.Adaptive;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.server.limit.AdaptiveTerms;
import io.brrtrouter.server.limit.Priority;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The adaptive limit that an operation asks for: what the configuration says of its handler, else
 * what its document says, filled up by the configuration.
 *
 * @param terms within which bounds
 * @param group the class it shares the limit with; null for a limit of its own
 * @param priority how much it matters beside others of the class
 */
record OperationConcurrency(AdaptiveTerms terms, @Nullable String group, Priority priority) {
  private static final Adaptive PLAIN =
      new Adaptive(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** {@return what an operation asks for, null where it asks for no such limit} */
  static @Nullable OperationConcurrency of(Operation operation, ConcurrencyOptions options) {
    ConcurrencyOptions.Own own =
        options.handlers().getOrDefault(HandlerNames.of(operation), ConcurrencyOptions.Own.NOTHING);
    ConcurrencyExtension said = ConcurrencyExtension.of(operation);
    boolean asked =
        own.adaptive()
            .orElseGet(() ->
                switch (said) {
                  case ConcurrencyExtension.Off _ -> false;
                  case Adaptive _ -> true;
                  case ConcurrencyExtension.Inherited _ ->
                      options.enabled().orElse(false)
                          || !own.equals(ConcurrencyOptions.Own.NOTHING);
                });
    if (!asked || !options.enabled().orElse(true) || lasts(operation)) {
      return null;
    }
    Adaptive document = said instanceof Adaptive adaptive ? adaptive : PLAIN;
    Optional<Integer> min = own.min().or(document::min);
    Optional<Integer> max = own.max().or(document::max);
    AdaptiveTerms base = options.terms();
    int least = min.orElseGet(() -> Math.min(base.min(), max.orElse(base.max())));
    int most = Math.max(least, max.orElse(base.max()));
    return new OperationConcurrency(
        new AdaptiveTerms(least, most, Math.clamp(base.initial(), least, most)),
        own.group().or(document::group).orElse(null),
        own.priority()
            .or(() -> document.priority().flatMap(Priority::parse))
            .orElse(Priority.DEFAULT));
  }

  /**
   * {@return whether requests take as long as clients like, which says nothing of what is behind}
   */
  static boolean lasts(Operation operation) {
    return OperationExtension.streamsBody(operation)
        || operation.sse()
        || operation.webSocket().isPresent();
  }
}
