package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestResponse;
import java.nio.file.Path;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away, and comes back. */
@Timeout(120)
class OutageTest {
  @TempDir private Path directory;

  private Server database(int port) throws Exception {
    return Server.createTcpServer(
            "-tcpPort", Integer.toString(port), "-baseDir", directory.toString(), "-ifNotExists")
        .start();
  }

  @Test
  void the_server_lives_on_and_says_that_it_cannot_answer_now() throws Exception {
    Server first = database(0);
    int port = first.getPort();
    TestDatabase place =
        new TestDatabase("jdbc:h2:tcp://127.0.0.1:%d/./shop".formatted(port), () -> {});
    ServerConfig config =
        ServerConfig.defaults()
            .declaring(place.settings())
            .with("database.wait_ms", "500")
            .with("responses.check", "enforce");
    Resources resources = Resources.of(config);
    BrrtServer.Builder builder =
        BrrtServer.builder().document(Path.of("openapi.yaml")).config(config).resources(resources);
    ExampleKeys.verifyWith(builder);
    new PetStore().configure(builder, resources);
    try (BrrtServer server = builder.startInProcess();
        BrrtClient client = BrrtClient.inProcess(server)) {
      client.get("/pets/1001").send().expect(200);

      first.stop();
      TestResponse away = client.get("/pets/1001").send().expect(503);
      assertThat(away.header("Retry-After")).isEqualTo("5");
      assertThat(away.text())
          .isEqualTo(
              """
              {"type":"/problems/unavailable","title":"Not possible now","status":503,\
              "detail":"The database is not available."}\
              """);
      client.get("/labels/.red=0.green=0.blue=0").send().expect(200);

      Server second = database(port);
      try {
        while (client.get("/pets/1001").send().status() == 503) {
          // Each attempt waits for a connection, which the pool tries to make in its own time.
        }
        client.get("/pets/1001").send().expect(200);
      } finally {
        second.stop();
      }
    } finally {
      first.stop();
    }
  }
}
