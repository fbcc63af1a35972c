package io.brrtrouter.examples.petstore;

import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.testing.BrrtClient;
import java.util.List;

/**
 * The keys that {@code config.yaml} has the digests of, for servers that do not read it. {@link
 * ProcessTest} shows that they are the same.
 */
final class ExampleKeys {
  static final String STAFF = "X-API-Key";
  static final String TERMINAL = "X-Terminal-Key";

  static final String CLERK = "clerk-example-key-change-me";
  static final String MANAGER = "manager-example-key-change-me";
  static final String COUNTER = "counter-example-key-change-me";

  private ExampleKeys() {}

  /** Lets a server verify them. */
  static void verifyWith(BrrtServer.Builder server) {
    try {
      server.security(
          "staff_key",
          ApiKeyProvider.builder()
              .key("clerk", CLERK, List.of("goods"))
              .key("manager", MANAGER, List.of("goods", "office"))
              .build());
      server.security(
          "terminal_key", ApiKeyProvider.builder().key("counter", COUNTER, List.of()).build());
    } catch (UnusableSecretException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  /** {@return a client that may do everything: the manager's, at the counter} */
  static BrrtClient manager(BrrtClient client) {
    return client.with(STAFF, MANAGER).with(TERMINAL, COUNTER);
  }
}
