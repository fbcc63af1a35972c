package io.brrtrouter.benchmarks;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.security.JwtProvider;
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
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

  private SecurityPlan jwtPlan;
  private HttpRequest jwtRequest;

  /** Compiles the plans, and verifies the token once. */
  @Setup
  public void setUp() throws UnusableSecretException, GeneralSecurityException, IOException {
    ApiKeyProvider.Builder keys = ApiKeyProvider.builder().key("me", KEY, List.of("read"));
    for (int i = 0; i < 20; i++) {
      keys.key("other-" + i, KEY + i, List.of("read", "write"));
    }
    apiKeyPlan = plan("apiKey", "X-API-Key", keys.build());
    apiKeyRequest = request("X-API-Key", KEY);

    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair pair = rsa.generateKeyPair();
    Path file = Files.createTempFile("keys", ".json");
    file.toFile().deleteOnExit();
    Files.writeString(file, keySet((RSAPublicKey) pair.getPublic()));
    JwtProvider jwt = JwtProvider.builder().jwksFile(file).issuer("me").audience("you").build();
    jwtPlan = plan("oauth2", null, jwt);
    jwtRequest = request("Authorization", "Bearer " + token(pair));
    if (jwtPlan.check(jwtRequest).decide()
            instanceof SecurityDecision.NeedsThread(Supplier<SecurityDecision> rest, boolean _)
        && rest.get() instanceof SecurityDecision.Granted) {
      return;
    }
    throw new IllegalStateException("the token is to be verified once, and good");
  }

  private static String keySet(RSAPublicKey key) {
    return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(base64(unsigned(key.getModulus())), base64(unsigned(key.getPublicExponent())));
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] octets = number.toByteArray();
    return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
  }

  /** As large as tokens of identity providers are. */
  private static String token(KeyPair pair) throws GeneralSecurityException {
    long now = System.currentTimeMillis() / 1000;
    String claims =
        "{\"iss\":\"me\",\"aud\":\"you\",\"sub\":\"8a0b5f3e-0f0c-4c55-9d52-1f1c6a1f2b11\",\"exp\":%d,"
                .formatted(now + 86_400)
            + "\"scope\":\"openid profile read\",\"azp\":\"shop\",\"email\":\"anna@example.com\","
            + "\"realm_access\":{\"roles\":[\"keeper\",\"visitor\",\"offline_access\"]}}";
    String input = base64(utf8("{\"alg\":\"RS256\",\"kid\":\"k\"}")) + "." + base64(utf8(claims));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(utf8(input));
    return input + "." + base64(signature.sign());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
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

  /** {@return the decision on a token that was verified before} */
  @Benchmark
  public SecurityDecision jwt() {
    return jwtPlan.check(jwtRequest).decide();
  }

  /** {@return the decision on one of 21 keys} */
  @Benchmark
  public SecurityDecision apiKey() {
    return apiKeyPlan.check(apiKeyRequest).decide();
  }
}
