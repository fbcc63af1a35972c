package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server in a process of its own, whose environment has the keys of its clients. */
class KeyInEnvironmentTest {
  private static final String KEY = "an-api-key-of-the-shop-0123456789";

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Keys, version: "1"}
      paths:
        /pets:
          get:
            operationId: pets
            security: [{door: [read]}]
            responses: {"200": {description: ok, content: {text/plain: {}}}}
          put:
            operationId: put
            security: [{door: [write]}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          door: {type: apiKey, in: header, name: X-Key}
      """;

  private static final String CONFIG =
      """
      port: 0
      security:
        api_keys:
          door:
            keys:
              shop: {key_env: KEY_OF_THE_SHOP, scopes: [read]}
              clinic: {key_env: KEY_OF_THE_CLINIC, scopes: [read, write]}
      """;

  /** The program of the other process. */
  static final class Program {
    private Program() {}

    /** Serves the document named by the only argument, with the configuration beside it. */
    public static void main(String[] args) {
      BrrtApplication.run(
          (builder, _) ->
              builder
                  .handler(
                      "pets",
                      request ->
                          HttpResponse.text(200, request.principal().orElseThrow().toString()))
                  .handler("put", _ -> HttpResponse.of(200)),
          Path.of(args[0]));
    }
  }

  @Test
  @Timeout(120)
  void lets_in_the_clients_whose_keys_it_has_and_nobody_else() throws Exception {
    Path document = TestServer.file(DOCUMENT);
    Path config = Files.writeString(document.resolveSibling("config.yaml"), CONFIG);
    ProcessBuilder program = SmallJvm.of("-Xmx128m", Program.class, document.toString());
    program.environment().put("KEY_OF_THE_SHOP", KEY);
    String hash = "sha256:28347c062ca457e21977530a8a132d84b21c0b6a431e38a2b3f8b3d0e0cc9ab9";
    program.environment().put("KEY_OF_THE_CLINIC", hash);
    Process process = program.start();
    StringBuilder told = new StringBuilder();
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      String url = url(said, told);

      assertThat(ask(client, url, "GET", KEY))
          .isEqualTo("200 Principal[scheme=door, subject=shop, scopes=[read], claims={}]");
      assertThat(ask(client, url, "PUT", KEY)).startsWith("403 ");
      assertThat(ask(client, url, "GET", KEY + "0")).startsWith("401 ");
      assertThat(ask(client, url, "GET", "KEY_OF_THE_SHOP")).startsWith("401 ");
      assertThat(ask(client, url, "GET", "")).startsWith("401 ");
      assertThat(ask(client, url, "GET", hash)).as("what stands for a key").startsWith("401 ");
      assertThat(ask(client, url, "PUT", "test-key-that-is-long-enough")).startsWith("200 ");

      process.toHandle().destroy();
      said.lines().forEach(line -> told.append(line).append('\n'));
      assertThat(told.toString()).contains("2 keys").doesNotContain(KEY, hash);
    } finally {
      process.destroyForcibly().waitFor();
      Files.deleteIfExists(config);
    }
  }

  private static String url(BufferedReader said, StringBuilder told) throws Exception {
    String beginning = "Listening on ";
    while (true) {
      String line = said.readLine();
      assertThat(line).as(() -> "after: " + told).isNotNull();
      told.append(line).append('\n');
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
  }

  private static String ask(HttpClient client, String url, String method, String key)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/pets"))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!key.isEmpty()) {
      request.header("X-Key", key);
    }
    var response = client.send(request.build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
