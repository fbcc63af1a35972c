package io.brrtrouter.cli;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * Does once what commands usually do, so that the JVM can record the classes it takes. The launcher
 * runs it after a build; nobody else needs to.
 */
@Command(name = "train", hidden = true, description = "Load the classes other commands need.")
final class TrainCommand implements Callable<Integer> {
  private static final String PET = "{\"name\":\"Tom\",\"tags\":[\"old\"],\"born\":\"2020-02-29\"}";
  private static final int TIMEOUT_MILLIS = 10_000;

  /**
   * Often enough for the JVM to learn which methods reading and compiling a document are made of;
   * what it learned is in the cache too (JEP 515), and a large document is compiled sooner to
   * machine code.
   */
  private static final int ROUNDS = 100;

  /**
   * A document in the style most are written in, of many operations: what takes the time of a large
   * document is not what takes that of a small one.
   */
  private static final int RESOURCES = 40;

  private static final String RESOURCE =
      """
        /resources<n>/{id}:
          parameters:
            - name: id
              in: path
              required: true
              schema:
                type: string
                format: uuid
          get:
            operationId: get_resource<n>
            tags:
              - resources
            parameters:
              - name: expand
                in: query
                schema:
                  type: array
                  items:
                    type: string
            responses:
              "200":
                description: A resource.
                content:
                  application/json:
                    schema:
                      $ref: "#/components/schemas/Resource"
          put:
            operationId: put_resource<n>
            tags:
              - resources
            requestBody:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    required: [id, name]
                    properties:
                      id: {type: string, format: uuid}
                      name: {type: string, minLength: 1, maxLength: 80}
                      size: {type: integer, minimum: 0}
                      kind: {type: string, enum: [small, large]}
                      parent: {$ref: "#/components/schemas/Resource"}
            responses:
              "200":
                description: The resource.
                content:
                  application/json:
                    schema:
                      $ref: "#/components/schemas/Resource"
      """;

  private static final String RESOURCE_SCHEMA =
      """
      components:
        schemas:
          Resource:
            type: object
            required: [id]
            properties:
              id:
                type: string
                format: uuid
              parent:
                $ref: "#/components/schemas/Resource"
      """;

  @Override
  public Integer call() throws IOException {
    Path directory = Files.createTempDirectory("brrt");
    Path small = directory.resolve("small.yaml");
    Path large = directory.resolve("large.yaml");
    try {
      try (InputStream resource =
          Objects.requireNonNull(TrainCommand.class.getResourceAsStream("training.yaml"))) {
        Files.write(small, resource.readAllBytes());
      }
      Files.writeString(large, large());
      for (int i = 0; i < ROUNDS; i++) {
        FindingRenderer.text(Documents.findings(small, LoadOptions.defaults()));
      }
      for (int i = 0; i < ROUNDS / 2; i++) {
        Documents.findings(large, LoadOptions.defaults());
      }
      serve(small);
    } finally {
      Files.deleteIfExists(small);
      Files.deleteIfExists(large);
      Files.delete(directory);
    }
    return 0;
  }

  private static String large() {
    StringBuilder text =
        new StringBuilder(
            "openapi: 3.1.1\ninfo:\n  title: Resources\n  version: 1.0.0\ntags:\n  - name: resources\npaths:\n");
    for (int i = 0; i < RESOURCES; i++) {
      text.append(RESOURCE.replace("<n>", Integer.toString(i)));
    }
    return text.append(RESOURCE_SCHEMA).toString();
  }

  private static void serve(Path document) throws IOException {
    ServerConfig config =
        ServerConfig.read(Optional.empty(), Map.of(), Map.of("port", "0", "mock", "true"));
    try (BrrtServer server =
        BrrtServer.builder()
            .document(document)
            .config(config)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start()) {
      exchange(server.url() + "/pets?limit=2&kind=cat", null);
      exchange(server.url() + "/pets?limit=much", null);
      exchange(server.url() + "/pets", PET);
      exchange(server.url() + "/pets", "{");
      exchange(server.url() + "/metrics", null);
      exchange(server.url() + "/openapi.json", null);
    }
  }

  private static void exchange(String url, @Nullable String body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    if (body != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    InputStream answer =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream();
    try (answer) {
      answer.readAllBytes();
    }
    connection.disconnect();
  }
}
