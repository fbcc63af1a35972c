package io.brrtrouter.benchmarks;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.auth.SecurityDecision;
import io.brrtrouter.server.auth.SecurityDomain;
import io.brrtrouter.server.auth.SecurityPlan;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Who a request is of, from its head to the decision, with whatever is cached at hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class SecurityBenchmark {
  private static final SourceLocation PLACE = new SourceLocation("api.yaml", 1, 1);
  private static final String KEY = "3f0c9a6be1d24f7f8a5d0c2b7e913c44";

  private SecurityPlan apiKeyPlan;
  private HttpRequest apiKeyRequest;

  /** Compiles the plans. */
  @Setup
  public void setUp() throws UnusableSecretException {
    ApiKeyProvider.Builder keys = ApiKeyProvider.builder().key("me", KEY, List.of("read"));
    for (int i = 0; i < 20; i++) {
      keys.key("other-" + i, KEY + i, List.of("read", "write"));
    }
    apiKeyPlan = plan("apiKey", "X-API-Key", keys.build());
    apiKeyRequest = request("X-API-Key", KEY);
  }

  private static SecurityPlan plan(String type, @Nullable String name, SecurityProvider provider) {
    SecurityScheme scheme =
        new SecurityScheme(
            PLACE,
            type,
            Optional.empty(),
            Optional.ofNullable(name),
            Optional.of(ParameterLocation.HEADER),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Map.of());
    SecurityDomain domain =
        new SecurityDomain(Map.of("scheme", scheme), Map.of("scheme", provider), "API", false);
    List<SecurityRequirement> requirements =
        List.of(new SecurityRequirement(PLACE, Map.of("scheme", List.of("read"))));
    return SecurityPlan.compile(requirements, domain, null, new ArrayList<>());
  }

  private static HttpRequest request(String name, String value) {
    Headers headers =
        Headers.of(
            "Host",
            "api.example.com",
            "User-Agent",
            "benchmark",
            "Accept",
            "application/json",
            name,
            value);
    return new HttpRequest(
        Method.GET, "/pets", "HTTP/1.1", headers, Peer.of(new InetSocketAddress(0)));
  }

  /** {@return the decision on one of 21 keys} */
  @Benchmark
  public SecurityDecision apiKey() {
    return apiKeyPlan.check(apiKeyRequest).decide();
  }
}
