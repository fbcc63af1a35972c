package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.schema.SourceLocation;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Until when a deprecated operation stays, as its {@code x-sunset} says.
 *
 * @param text as written; empty when nothing is
 * @param day the day; empty when nothing is written, or what is no day
 */
record Sunset(Optional<String> text, Optional<LocalDate> day) {
  static final String FIELD = "x-sunset";

  /** Characters of a date; a time after it does not count. */
  private static final int DATE = "2026-01-31".length();

  static Sunset of(Operation operation) {
    Optional<String> text =
        Optional.ofNullable(operation.extensions().get(FIELD)).map(JsonNode::asString);
    return new Sunset(text, text.flatMap(Sunset::parse));
  }

  private static Optional<LocalDate> parse(String text) {
    try {
      return Optional.of(LocalDate.parse(text.substring(0, Math.min(DATE, text.length()))));
    } catch (DateTimeParseException noDay) {
      return Optional.empty();
    }
  }

  OperationRule ruleOfRemoval(boolean deprecated, LocalDate today) {
    if (!deprecated) {
      return OperationRule.OPERATION_REMOVED;
    }
    if (day.isEmpty()) {
      return OperationRule.OPERATION_REMOVED_DEPRECATED;
    }
    return today.isBefore(day.get())
        ? OperationRule.OPERATION_REMOVED_BEFORE_SUNSET
        : OperationRule.OPERATION_REMOVED_AFTER_SUNSET;
  }

  String remark(boolean deprecated) {
    if (!deprecated) {
      return "";
    }
    return day.map(each -> "; it was deprecated, with " + FIELD + " " + each)
        .orElse("; it was deprecated, without a day in " + FIELD);
  }

  void compare(Sunset after, Site site, SourceLocation old, SourceLocation now, Changes changes) {
    if (text.equals(after.text)) {
      return;
    }
    boolean earlier =
        after.text.isPresent()
            && (after.day.isEmpty() || (day.isPresent() && after.day.get().isBefore(day.get())));
    changes.add(
        site,
        earlier ? OperationRule.SUNSET_EARLIER : OperationRule.SUNSET_SET,
        old,
        now,
        FIELD + " changed from " + text.orElse("none") + " to " + after.text.orElse("none"));
  }
}
