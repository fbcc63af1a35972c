package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.Results;
import io.brrtrouter.conformance.Suite;
import io.brrtrouter.conformance.TestData;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each text of the JSON parsing suite posted as a body, over a socket and in process: what is no
 * JSON is a 400 problem, what is JSON reaches the handler, and nothing is a 500.
 */
@DisplayName("The JSON parsing suite, posted")
class JsonBodiesTest {
  /**
   * JSON by its grammar, but a member is there twice: RFC 8259 section 4 calls that unpredictable.
   */
  private static final List<String> DUPLICATES =
      List.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: JSON, version: "1"}
      paths:
        /json:
          post:
            operationId: take
            requestBody: {required: true, content: {application/json: {}}}
            responses: {"200": {description: taken, content: {application/json: {}}}}
      """;

  @TempDir Path directory;

  private record Answer(int status, String type, String content) {}

  @Test
  void is_answered_as_each_file_asks() throws Exception {
    List<Path> files = files();
    try (BrrtServer server = server();
        HttpClient client = HttpClient.newHttpClient()) {
      URI target = URI.create(server.url() + "/json");
      List<String> wrong = new ArrayList<>();
      for (Path file : files) {
        byte[] body = Files.readAllBytes(file);
        Answer local = inProcess(server, body);
        Answer remote = overSocket(client, target, body);
        if (!isRight(file, local)) {
          wrong.add(file.getFileName() + " in process: " + local);
        }
        if (!isRight(file, remote)) {
          wrong.add(file.getFileName() + " over a socket: " + remote);
        }
      }

      assertThat(wrong).isEmpty();
      assertThat(files).hasSizeGreaterThan(300);
    }
    Results.record(
        Suite.JSON_BODIES,
        files.size() - DUPLICATES.size(),
        DUPLICATES.stream()
            .map(name -> name + ": duplicate members are refused (RFC 8259 section 4)")
            .toList());
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(TestData.require("json-test-suite/test_parsing"))) {
      return files.sorted().toList();
    }
  }

  private BrrtServer server() throws IOException {
    Path document = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
    return BrrtServer.builder()
        .document(document)
        .config(ServerConfig.defaults().with("port", "0"))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .handler("take", request -> HttpResponse.json(200, request.body().orElseThrow()))
        .start();
  }

  private static boolean isRight(Path file, Answer answer) {
    String name = file.getFileName().toString();
    boolean taken = answer.status == 200;
    boolean refused =
        answer.status == 400
            && answer.type.equals("application/problem+json")
            && answer.content.contains("\"title\":");
    return switch (name.charAt(0)) {
      case 'y' -> DUPLICATES.contains(name) ? refused : taken;
      case 'n' -> refused;
      default -> taken || refused;
    };
  }

  private static Answer inProcess(BrrtServer server, byte[] body) {
    HttpRequest head =
        new HttpRequest(
            Method.POST,
            "/json",
            "HTTP/1.1",
            Headers.of("Content-Type", "application/json"),
            Peer.of(InetSocketAddress.createUnresolved("test", 1)));
    HttpResponse response = server.exchange(head, body);
    String content =
        response.body() instanceof Body.Bytes(byte[] bytes)
            ? new String(bytes, StandardCharsets.UTF_8)
            : "";
    return new Answer(
        response.status(), response.headers().first("Content-Type").orElse(""), content);
  }

  private static Answer overSocket(HttpClient client, URI target, byte[] body)
      throws IOException, InterruptedException {
    var response =
        client.send(
            java.net.http.HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }
}
