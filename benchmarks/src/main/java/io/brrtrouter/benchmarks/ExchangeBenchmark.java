package io.brrtrouter.benchmarks;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.ResponseCheckMode;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.metrics.ServerMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request from its head to its finished response, without sockets and threads: gate, decoding,
 * validation, an untyped handler, the response check, the finish and metrics. The base line reads
 * and writes the same 300 bytes with Jackson's tree and does nothing else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class ExchangeBenchmark {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Exchange, version: "1"}
      paths:
        /pets:
          post:
            operationId: addPet
            requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
            responses: {"201": {description: stored, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
        /pets/{petId}:
          get:
            operationId: showPet
            parameters:
            - {name: petId, in: path, required: true, schema: {type: string, maxLength: 36}}
            responses: {"200": {description: a pet, content: {application/json: {}}}}
      components:
        schemas:
          Pet:
            type: object
            required: [id, name, species, age, price, owner, status, created_at]
            additionalProperties: false
            properties:
              id: {type: string, format: uuid}
              name: {type: string, minLength: 1, maxLength: 80}
              species: {type: string, pattern: "^[a-z]{2,20}$"}
              age: {type: integer, minimum: 0, maximum: 100}
              price: {type: number, exclusiveMinimum: 0, multipleOf: 0.01}
              tags: {type: array, maxItems: 10, uniqueItems: true, items: {type: string, maxLength: 20}}
              owner:
                type: object
                required: [name, email]
                properties: {name: {type: string, minLength: 1}, email: {type: string, format: email}}
              status: {enum: [available, pending, sold]}
              created_at: {type: string, format: date-time}
      """;

  private static final byte[] PET =
      """
      {"id":"7f3c1c60-4b52-4d3e-9f1a-0d9d7c3f5a11","name":"Rex","species":"dog","age":4,\
      "price":129.95,"tags":["friendly","small","trained","vaccinated","neutered"],\
      "owner":{"name":"Maria Silva","email":"maria.silva@example.com"},"status":"available",\
      "created_at":"2026-02-03T10:15:30Z"}\
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] NOTHING = {};

  /** How responses are checked. */
  @Param({"off", "log"})
  private String check = "log";

  private final JsonMapper json = JsonMapper.shared();
  private final HttpRequest post = head(Method.POST, "/pets", true);
  private final HttpRequest get = head(Method.GET, "/pets/17", false);
  private Gate gate;

  private static HttpRequest head(Method method, String target, boolean body) {
    Headers headers =
        Headers.of("Host", "localhost:8080", "User-Agent", "benchmark", "Accept", "*/*");
    if (body) {
      headers = headers.plus("Content-Type", "application/json", "Content-Length", "" + PET.length);
    }
    return new HttpRequest(
        method,
        target,
        "HTTP/1.1",
        headers,
        Peer.of(InetSocketAddress.createUnresolved("client", 1)));
  }

  /**
   * Compiles the document.
   *
   * @throws IOException if it cannot be written where it is read from
   */
  @Setup
  public void compile() throws IOException {
    Path file = Files.createTempFile("exchange", ".yaml");
    Files.writeString(file, DOCUMENT);
    DispatchOptions options =
        DispatchOptions.builder()
            .responseCheck(ResponseCheckMode.parse(check).orElseThrow())
            .listeners(List.of(new ServerMetrics()))
            .build();
    HttpResponse found = HttpResponse.json(200, json.readTree(PET));
    Map<String, Handler> handlers =
        Map.of(
            "addPet", request -> HttpResponse.json(201, request.body().orElseThrow()),
            "showPet", request -> found);
    Compilation compilation =
        ApiCompiler.compile(
            OpenApiLoader.load(file, LoadOptions.defaults()), options, handlers, Map.of());
    Files.delete(file);
    gate = new Gate(((Compilation.Compiled) compilation).api(), 10_000);
  }

  /** {@return the response to a validated POST} */
  @Benchmark
  public HttpResponse post() {
    return exchange(post, PET);
  }

  /** {@return the response to a GET with a path parameter} */
  @Benchmark
  public HttpResponse get() {
    return exchange(get, NOTHING);
  }

  /** {@return the body, read to a tree and written again} */
  @Benchmark
  public byte[] baseline() {
    return json.writeValueAsBytes(json.readTree(PET));
  }

  private HttpResponse exchange(HttpRequest head, byte[] body) {
    HeadDecision.Collect collect = (HeadDecision.Collect) gate.decide(head);
    HttpResponse response = collect.work().proceed(body);
    int length = ((Body.Bytes) response.body()).bytes().length;
    collect.completion().completed(response.status(), length, false);
    if (response.status() >= 400) {
      throw new IllegalStateException(response.headers().toString());
    }
    return response;
  }
}
