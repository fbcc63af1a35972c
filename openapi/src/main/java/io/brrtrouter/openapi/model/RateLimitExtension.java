package io.brrtrouter.openapi.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the {@code x-brrtrouter-rate-limit} of an operation says about how often it may be asked.
 */
public sealed interface RateLimitExtension {
  /** The name of the extension. */
  String FIELD = "x-brrtrouter-rate-limit";

  /** The most requests in a window: more is no limit. */
  int MOST_REQUESTS = 1_000_000;

  /** The longest window. */
  Duration LONGEST_WINDOW = Duration.ofDays(1);

  /** By what clients may be told apart: whom a credential names, else the address; one of them. */
  List<String> KEYS = List.of("subject_then_ip", "subject", "ip");

  /** The operation has the limit of the server: no extension. */
  record Inherited() implements RateLimitExtension {}

  /** The operation has no limit: {@code false}. */
  record Off() implements RateLimitExtension {}

  /**
   * The operation has a limit of its own. Of what is empty, the server's counts.
   *
   * @param requests requests of one client in a window
   * @param window the window
   * @param burst how many of them at once; all when empty
   * @param key by what clients are told apart, one of {@link #KEYS}
   */
  record Own(
      Optional<Integer> requests,
      Optional<Duration> window,
      Optional<Integer> burst,
      Optional<String> key)
      implements RateLimitExtension {}

  /**
   * {@return what an operation says}
   *
   * @param operation an operation of a document that was read without errors
   */
  static RateLimitExtension of(Operation operation) {
    return OperationExtension.RATE_LIMIT
        .of(operation)
        .map(RateLimitExtension::parse)
        .orElseGet(Inherited::new);
  }

  private static RateLimitExtension parse(JsonNode value) {
    return value.isObject()
        ? new Own(
            value.optional("requests").map(JsonNode::intValue),
            value.optional("window").map(seconds -> Duration.ofSeconds(seconds.longValue())),
            value.optional("burst").map(JsonNode::intValue),
            value.optional("key").map(JsonNode::stringValue))
        : new Off();
  }
}
