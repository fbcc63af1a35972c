package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Answers whether requests are welcome; of a server that watches its files also which generation
 * serves, and why changed files are not taken. What it says is written when that changes, not when
 * it is asked. Safe for use by many threads.
 */
final class ReadyEndpoint implements Endpoint {
  private static final Now STARTING =
      answer(503, "{\"status\":\"not_ready\",\"reason\":\"starting\"}");
  private static final Now DRAINING =
      answer(503, "{\"status\":\"not_ready\",\"reason\":\"draining\"}");

  private final Supplier<Readiness> readiness;
  private volatile Now ready = answer(200, "{\"status\":\"ready\"}");

  /**
   * Begins without details.
   *
   * @param readiness tells whether requests are welcome
   */
  ReadyEndpoint(Supplier<Readiness> readiness) {
    this.readiness = readiness;
  }

  /** Says this from now on. */
  void show(ReloadStatus status) {
    ready = answer(200, status.json());
  }

  @Override
  public Answer answer(HttpRequest request) {
    return switch (readiness.get()) {
      case STARTING -> STARTING;
      case READY -> ready;
      case DRAINING -> DRAINING;
    };
  }

  private static Now answer(int status, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return new Now(
        HttpResponse.bytes(status, "application/json", body)
            .withHeader("Cache-Control", "no-store"));
  }
}
