package io.brrtrouter.examples.petstore;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** An instance of the shop that listens on a port; several may share a database. */
final class LiveShop implements AutoCloseable {
  private final Resources resources;
  private final BrrtServer server;
  private final BrrtClient client;

  LiveShop(TestDatabase database) {
    this(database, Map.of());
  }

  LiveShop(TestDatabase database, Map<String, String> settings) {
    ServerConfig config =
        ServerConfig.defaults()
            .declaring(database.settings())
            .with("port", "0")
            .with("responses.check", "enforce");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      config = config.with(setting.getKey(), setting.getValue());
    }
    resources = Resources.of(config);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(Path.of("openapi.yaml"))
            .config(config)
            .resources(resources)
            .output(new PrintStream(OutputStream.nullOutputStream()));
    ExampleKeys.verifyWith(builder);
    new PetStore().configure(builder, resources);
    server = builder.start();
    client = BrrtClient.at(uri("http", "/"));
  }

  int port() {
    return server.port();
  }

  URI uri(String scheme, String target) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + target);
  }

  BrrtClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.close();
    resources.close();
  }
}
