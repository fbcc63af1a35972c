package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.optional;
import static io.brrtrouter.server.config.ConfigType.parsed;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.openapi.model.ConcurrencyExtension;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.limit.Priority;
import java.util.List;
import java.util.Optional;

/** The settings about how many requests of an operation are worked on at once. */
final class ConcurrencyKeys {
  static final String OPERATIONS = "concurrency.operations";

  private static final int MOST = ConcurrencyExtension.MOST;
  private static final String OPERATION = OPERATIONS + ".<handler>.";

  static final ConfigKey<Optional<Boolean>> ADAPTIVE =
      new ConfigKey<>(
          "concurrency.adaptive",
          optional(bool()),
          Optional.empty(),
          "Whether operations have adaptive limits on requests at once: with `true` all, with `false`"
              + " none; unless set, those in `concurrency.operations` or with"
              + " `x-brrtrouter-concurrency`. Operations that read bodies while they come, streams of"
              + " events and WebSockets have none.");
  static final ConfigKey<Integer> MIN =
      new ConfigKey<>(
          "concurrency.min",
          integer(1, MOST),
          2,
          "The fewest requests at once that an adaptive limit lets in.");
  static final ConfigKey<Integer> MAX =
      new ConfigKey<>(
          "concurrency.max",
          integer(1, MOST),
          1000,
          "The most; where it is less than `concurrency.min`, that.");
  static final ConfigKey<Integer> INITIAL =
      new ConfigKey<>(
          "concurrency.initial",
          integer(1, MOST),
          20,
          "How many it lets in until it has measured, between the two.");
  static final ConfigKey<Optional<Boolean>> OPERATION_ADAPTIVE =
      new ConfigKey<>(
          OPERATION + "adaptive",
          optional(bool()),
          Optional.empty(),
          "Whether the operation with this handler has an adaptive limit; goes before the document,"
              + " as what follows does.");
  static final ConfigKey<Optional<Integer>> OPERATION_MIN =
      new ConfigKey<>(
          OPERATION + "min",
          optional(integer(1, MOST)),
          Optional.empty(),
          "The same as `concurrency.min` for it.");
  static final ConfigKey<Optional<Integer>> OPERATION_MAX =
      new ConfigKey<>(
          OPERATION + "max",
          optional(integer(1, MOST)),
          Optional.empty(),
          "The same as `concurrency.max` for it.");
  static final ConfigKey<Optional<String>> OPERATION_CLASS =
      new ConfigKey<>(
          OPERATION + "class",
          optional(
              text(
                  "name of small letters, digits, `-` and `_`, a letter first",
                  ConcurrencyExtension::isClass)),
          Optional.empty(),
          "The class it is of: operations of one class have one limit together, within the widest of"
              + " their bounds.");
  static final ConfigKey<Optional<Priority>> OPERATION_PRIORITY =
      new ConfigKey<>(
          OPERATION + "priority",
          optional(parsed("`critical`, `default` or `sheddable`", Priority::parse)),
          Optional.empty(),
          "How much it matters beside others of its class: what matters least is refused first.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          ADAPTIVE,
          MIN,
          MAX,
          INITIAL,
          OPERATION_ADAPTIVE,
          OPERATION_MIN,
          OPERATION_MAX,
          OPERATION_CLASS,
          OPERATION_PRIORITY);

  private ConcurrencyKeys() {}
}
