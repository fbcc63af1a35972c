package io.brrtrouter.openapi.diff;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One sort of change. The catalogue is closed: {@link #all()} has every rule there is. */
public sealed interface ChangeRule
    permits BodyRule,
        BoundRule,
        CallRule,
        DocumentRule,
        OperationRule,
        ParameterRule,
        ResponseRule,
        SchemaRule,
        SecurityRule,
        StreamRule {

  /** {@return the name of the constant, for example {@code REQUEST_BODY_ADDED}} */
  String name();

  /** {@return which way the data goes that the change is about} */
  Direction direction();

  /** {@return what such a change does to clients} */
  Impact impact();

  /** {@return what changed, a short sentence without full stop} */
  String title();

  /** {@return why it has this impact, one sentence} */
  String reason();

  /** {@return the id in kebab case, for example {@code request-body-added}} */
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@return the whole catalogue, by topic} */
  static List<ChangeRule> all() {
    return Stream.<ChangeRule[]>of(
            OperationRule.values(),
            ParameterRule.values(),
            BodyRule.values(),
            ResponseRule.values(),
            StreamRule.values(),
            SchemaRule.values(),
            BoundRule.values(),
            SecurityRule.values(),
            CallRule.values(),
            DocumentRule.values())
        .flatMap(Stream::of)
        .toList();
  }
}
