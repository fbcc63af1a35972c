package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.ConcurrencyOptions;
import io.brrtrouter.server.limit.AdaptiveTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what is configured about requests at once into what operations of a document have. */
final class ConcurrencySetup {
  private static final String RULE = "concurrency-operation";

  private final ConfigValues values;
  private final List<Finding> findings = new ArrayList<>();

  ConcurrencySetup(ConfigValues values) {
    this.values = values;
  }

  /**
   * {@return what operations have}
   *
   * @param loaded the document, which may have errors
   */
  ConcurrencyOptions options(Loaded loaded) {
    return loaded
        .api()
        .map(api -> options(ApiCompiler.handlerNames(api)))
        .orElse(ConcurrencyOptions.DEFAULT);
  }

  private ConcurrencyOptions options(Set<String> handlers) {
    int min = values.get(ConcurrencyKeys.MIN);
    int max = Math.max(min, values.get(ConcurrencyKeys.MAX));
    Map<String, ConcurrencyOptions.Own> own = new LinkedHashMap<>();
    for (String name : values.names(ConcurrencyKeys.OPERATIONS)) {
      String handler = RateLimitSetup.handler(name, handlers);
      if (handler == null) {
        findings.add(unknown(name, handlers));
      } else {
        own.put(handler, own(name));
      }
    }
    return new ConcurrencyOptions(
        values.get(ConcurrencyKeys.ADAPTIVE),
        new AdaptiveTerms(min, max, Math.clamp(values.get(ConcurrencyKeys.INITIAL), min, max)),
        own);
  }

  private ConcurrencyOptions.Own own(String name) {
    ConcurrencyOptions.Own own =
        new ConcurrencyOptions.Own(
            values.get(ConcurrencyKeys.OPERATION_ADAPTIVE.of(name)),
            values.get(ConcurrencyKeys.OPERATION_MIN.of(name)),
            values.get(ConcurrencyKeys.OPERATION_MAX.of(name)),
            values.get(ConcurrencyKeys.OPERATION_CLASS.of(name)),
            values.get(ConcurrencyKeys.OPERATION_PRIORITY.of(name)));
    int least = own.min().orElse(1);
    int most = own.max().orElse(Integer.MAX_VALUE);
    if (most < least) {
      findings.add(
          new Finding(
              RULE,
              Severity.ERROR,
              values.place(ConcurrencyKeys.OPERATION_MAX.of(name)),
              "%s is %d, and %s is %d"
                  .formatted(
                      ConcurrencyKeys.OPERATION_MAX.of(name).name(),
                      most,
                      ConcurrencyKeys.OPERATION_MIN.of(name).name(),
                      least),
              "raise the one, or lower the other"));
    }
    return own;
  }

  private Finding unknown(String name, Set<String> handlers) {
    return new Finding(
        RULE,
        Severity.ERROR,
        place(name),
        ConcurrencyKeys.OPERATIONS + "." + name + " is for a handler that no operation has",
        Spelling.nearest(name, handlers)
            .map(near -> "did you mean " + near + "?")
            .orElse("name one of " + String.join(", ", handlers)));
  }

  /** {@return where something is said of an operation, the first of it that is set} */
  private SourceLocation place(String name) {
    List<ConfigKey<?>> all =
        List.of(
            ConcurrencyKeys.OPERATION_ADAPTIVE.of(name),
            ConcurrencyKeys.OPERATION_MIN.of(name),
            ConcurrencyKeys.OPERATION_MAX.of(name),
            ConcurrencyKeys.OPERATION_CLASS.of(name),
            ConcurrencyKeys.OPERATION_PRIORITY.of(name));
    return all.stream()
        .filter(values::isGiven)
        .findFirst()
        .map(values::place)
        .orElseGet(() -> values.place(all.getFirst()));
  }

  /** {@return what compiling gives, with what is wrong about requests at once} */
  Compilation judge(Compilation compilation) {
    if (findings.isEmpty()) {
      return compilation;
    }
    List<Finding> all = new ArrayList<>(compilation.findings());
    all.addAll(findings);
    return new Compilation.Refused(all);
  }
}
