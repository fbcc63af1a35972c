package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.SourceMap;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.Router;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decoding and checking the parameters of a request, against what a handler does by hand: a map of
 * the query and {@code Integer.parseInt}, nothing checked. In the package it measures, since
 * decoders are no API.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParameterBenchmark {
  private static final String SCHEMAS =
      """
      {
        "id": {"type": "string", "minLength": 1, "maxLength": 36},
        "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
        "offset": {"type": "integer", "minimum": 0},
        "status": {"type": "string", "enum": ["available", "pending", "sold"]},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 20}}
      }
      """;

  private final ParameterDecoder decoder = decoder();
  private final Router<String> router =
      Router.<String>builder().add("/pets", "").add("/stores/{store}/pets", "").build();
  private final Match<String> match = Objects.requireNonNull(router.match("/pets"));
  private final HttpRequest three = request("/pets?limit=20&offset=4000&status=available");
  private final HttpRequest escaped = request("/pets?limit=20&offset=4000&status=avail%61ble");
  private final HttpRequest array = request("/pets?tags=small&tags=brown&tags=friendly+dog");
  private final HttpRequest none = request("/pets");

  private static HttpRequest request(String target) {
    Headers headers =
        Headers.of(
            "Host", "localhost:8080",
            "User-Agent", "wrk",
            "Accept", "application/json",
            "X-Request-Id", "6f1c2d3e-0000-4000-8000-000000000000");
    return new HttpRequest(
        Method.GET, target, "HTTP/1.1", headers, Peer.of(new InetSocketAddress(0)));
  }

  private static ParameterDecoder decoder() {
    JsonNode root = new JsonMapper().readTree(SCHEMAS);
    SchemaResource resource =
        new SchemaResource(
            URI.create("https://example.com/schemas"),
            root,
            root.propertyNames().stream().map(name -> "/" + name).toList(),
            SourceMap.unknown("schemas"));
    List<Parameter> parameters = new ArrayList<>();
    for (String name : List.of("limit", "offset", "status", "tags")) {
      parameters.add(parameter(name, new Schema(resource, "/" + name)));
    }
    SchemaCompiler compiler =
        SchemaCompiler.builder().resource(resource).assertFormats(true).build();
    return ParameterDecoder.compile(parameters, compiler);
  }

  private static Parameter parameter(String name, Schema schema) {
    return new Parameter(
        new SourceLocation("openapi.yaml", 1, 1),
        name,
        ParameterLocation.QUERY,
        Optional.empty(),
        false,
        false,
        false,
        ParameterStyle.FORM,
        true,
        false,
        Optional.of(schema),
        Map.of(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  /** {@return three parameters, decoded and checked} */
  @Benchmark
  public Object three() {
    return decoder.decode(three, match);
  }

  /** {@return three parameters, one of them percent-encoded} */
  @Benchmark
  public Object escaped() {
    return decoder.decode(escaped, match);
  }

  /** {@return an array of three items} */
  @Benchmark
  public Object array() {
    return decoder.decode(array, match);
  }

  /** {@return nothing but a default} */
  @Benchmark
  public Object none() {
    return decoder.decode(none, match);
  }

  /** {@return the three parameters as a handler reads them by hand, unchecked} */
  @Benchmark
  public Object byHand() {
    Map<String, List<String>> query = new HashMap<>();
    for (String field : three.rawQuery().split("&", -1)) {
      int equals = field.indexOf('=');
      query
          .computeIfAbsent(
              URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
              name -> new ArrayList<>(1))
          .add(URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return new ByHand(
        Integer.parseInt(first(query, "limit")),
        Integer.parseInt(first(query, "offset")),
        first(query, "status"));
  }

  private static String first(Map<String, List<String>> query, String name) {
    return Objects.requireNonNull(query.get(name)).getFirst();
  }

  private record ByHand(int limit, int offset, String status) {}
}
