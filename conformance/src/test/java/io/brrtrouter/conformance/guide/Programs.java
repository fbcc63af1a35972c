package io.brrtrouter.conformance.guide;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Programs of the guides that are compiled only: they serve until they are told to stop. */
final class Programs {
  private Programs() {}

  static void readme(Map<String, JsonNode> pets) {
    BrrtServer.builder()
        .document(Path.of("my-api.yaml"))
        .handler(
            "get_pet",
            request -> {
              JsonNode pet = pets.get(request.pathParameters().text("petId").orElseThrow());
              return pet == null
                  ? HttpResponse.problem(404, "No such pet", "")
                  : HttpResponse.json(200, pet);
            })
        .mock(true)
        .start();
  }
}
