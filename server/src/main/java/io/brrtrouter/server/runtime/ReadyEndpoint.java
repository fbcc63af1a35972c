package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.service.Service;
import io.brrtrouter.server.service.ServiceHealth;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers whether requests are welcome; of a server that watches its files also which generation
 * serves, and why changed files are not taken. That is written when it changes, not when it is
 * asked. Names other services that are not asked for a while too. Safe for use by many threads.
 */
final class ReadyEndpoint implements Endpoint {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Now STARTING =
      answer(503, "{\"status\":\"not_ready\",\"reason\":\"starting\"}");
  private static final Now DRAINING =
      answer(503, "{\"status\":\"not_ready\",\"reason\":\"draining\"}");

  private final Supplier<Readiness> readiness;
  private volatile String details = "{\"status\":\"ready\"}";
  private volatile Now ready = answer(200, details);
  private volatile Supplier<List<Service>> services = List::of;

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
    details = status.json();
    ready = answer(200, details);
  }

  /** Names services from now on that are not asked at some address: requests are welcome still. */
  void services(Supplier<List<Service>> all) {
    services = all;
  }

  private Now ready() {
    List<ServiceHealth> open =
        services.get().stream().map(Service::health).filter(each -> each.open() > 0).toList();
    if (open.isEmpty()) {
      return ready;
    }
    ObjectNode root = (ObjectNode) JSON.readTree(details);
    ArrayNode circuits = root.putArray("openCircuits");
    for (ServiceHealth each : open) {
      circuits
          .addObject()
          .put("service", each.service())
          .put("open", each.open())
          .put("urls", each.addresses());
    }
    return answer(200, root.toString());
  }

  @Override
  public Answer answer(HttpRequest request) {
    return switch (readiness.get()) {
      case STARTING -> STARTING;
      case READY -> ready();
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
