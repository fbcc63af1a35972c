package io.brrtrouter.openapi.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the {@code x-brrtrouter-concurrency} of an operation says about how many of its requests are
 * worked on at once: as many as the server finds out are good.
 */
public sealed interface ConcurrencyExtension {
  /** The name of the extension. */
  String FIELD = "x-brrtrouter-concurrency";

  /** What stands for {@link Adaptive} without members. */
  String ADAPTIVE = "adaptive";

  /** The most requests at once: more is no limit. */
  int MOST = 1_000_000;

  /**
   * What is refused last, what is usual, and what is refused first, where several share a limit.
   */
  List<String> PRIORITIES = List.of("critical", "default", "sheddable");

  /** Most characters of the name of a class. */
  int LONGEST_CLASS = 63;

  /** The server decides: no extension. */
  record Inherited() implements ConcurrencyExtension {}

  /** Nothing is found out: {@code false}. */
  record Off() implements ConcurrencyExtension {}

  /**
   * The server finds out how many. Of what is empty, its configuration counts.
   *
   * @param min the fewest
   * @param max the most
   * @param group the class: operations of one have one limit together
   * @param priority one of {@link #PRIORITIES}
   */
  record Adaptive(
      Optional<Integer> min,
      Optional<Integer> max,
      Optional<String> group,
      Optional<String> priority)
      implements ConcurrencyExtension {}

  /**
   * {@return what an operation says}
   *
   * @param operation an operation of a document that was read without errors
   */
  static ConcurrencyExtension of(Operation operation) {
    return OperationExtension.CONCURRENCY
        .of(operation)
        .map(ConcurrencyExtension::parse)
        .orElseGet(Inherited::new);
  }

  private static ConcurrencyExtension parse(JsonNode value) {
    return value.isBoolean()
        ? new Off()
        : new Adaptive(
            value.optional("min").map(JsonNode::intValue),
            value.optional("max").map(JsonNode::intValue),
            value.optional("class").map(JsonNode::stringValue),
            value.optional("priority").map(JsonNode::stringValue));
  }

  /**
   * {@return whether a text can be the name of a class: small letters, digits, {@code -} and {@code
   * _}, a letter first}
   *
   * @param text the text
   */
  static boolean isClass(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_CLASS
        && text.charAt(0) >= 'a'
        && text.charAt(0) <= 'z'
        && text.chars()
            .allMatch(
                c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
  }
}
