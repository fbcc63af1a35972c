package io.brrtrouter.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityPlanTest {
  private static final SourceLocation PLACE = new SourceLocation("api.yaml", 1, 1);

  private static final String NOTHING =
      "the request carries no credential that satisfies the operation's security requirements";

  private static final Map<String, SecurityScheme> SCHEMES =
      Map.of(
          "header", scheme("apiKey", "X-Key", ParameterLocation.HEADER, null),
          "query", scheme("apiKey", "key", ParameterLocation.QUERY, null),
          "cookie", scheme("apiKey", "sid", ParameterLocation.COOKIE, null),
          "basic", scheme("http", null, null, "basic"),
          "bearer", scheme("http", null, null, "bearer"),
          "digest", scheme("http", null, null, "Digest"),
          "oauth", scheme("oauth2", null, null, null),
          "oidc", scheme("openIdConnect", null, null, null),
          "mtls", scheme("mutualTLS", null, null, null));

  private static SecurityScheme scheme(
      String type, String name, ParameterLocation in, String scheme) {
    return new SecurityScheme(
        PLACE,
        type,
        Optional.empty(),
        Optional.ofNullable(name),
        Optional.ofNullable(in),
        Optional.ofNullable(scheme),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of());
  }

  /** {@code "a+b, c, -"}: a and b, or c, or anonymous. Scopes follow a colon, joined by dots. */
  private static SecurityPlan plan(String requirements) {
    List<SecurityRequirement> alternatives = new ArrayList<>();
    for (String alternative : requirements.split(", ")) {
      Map<String, List<String>> schemes = new LinkedHashMap<>();
      for (String name : alternative.equals("-") ? new String[0] : alternative.split("\\+")) {
        String[] parts = name.split(":");
        schemes.put(parts[0], parts.length == 1 ? List.of() : Arrays.asList(parts[1].split("\\.")));
      }
      alternatives.add(new SecurityRequirement(PLACE, schemes));
    }
    Map<String, SecurityProvider> providers = new LinkedHashMap<>();
    SCHEMES.keySet().forEach(name -> providers.put(name, SecurityPlanTest::believe));
    SecurityDomain domain = new SecurityDomain(SCHEMES, providers, "My \"Shop\"\u20ac\\", false);
    return SecurityPlan.compile(alternatives, domain, null, new ArrayList<>());
  }

  private static Verification believe(Credential credential, HttpRequest request) {
    return Verification.accepted(
        credential instanceof Credential.Basic basic ? basic.user() : "",
        List.of("admin", "read", "write"));
  }

  private static SecurityDecision decide(String requirements, HttpRequest request) {
    return plan(requirements).check(request).decide() instanceof SecurityDecision.NeedsThread rest
        ? rest.rest().get()
        : plan(requirements).check(request).decide();
  }

  private static HttpRequest request(String target, String... headers) {
    return new HttpRequest(
        Method.GET,
        target,
        "HTTP/1.1",
        Headers.of(headers),
        Peer.of(InetSocketAddress.createUnresolved("client", 1)));
  }

  private static boolean granted(String requirements, HttpRequest request) {
    return decide(requirements, request) instanceof SecurityDecision.Granted;
  }

  @Nested
  class An_api_key {

    @ParameterizedTest
    @CsvSource({"X-Key, k, true", "x-key, k, true", "X-Key, '', false", "X-Other, k, false"})
    void in_a_header_is_a_value(String name, String value, boolean granted) {
      assertThat(granted("header", request("/", name, value))).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource({
      "/?key=k, true",
      "/?a=1&key=k, true",
      "/?k%65y=k, true",
      "/?key=, false",
      "/?key, false",
      "/?keys=k, false",
      "/?key=%zz, false",
      "/?key=k&key=k, false",
      "/?key=k&k%65y=j, false",
      "/, false"
    })
    void in_the_query_is_a_value(String target, boolean granted) {
      assertThat(granted("query", request(target))).isEqualTo(granted);
    }

    /** Whoever presents something must be right, also where nobody has to. */
    @ParameterizedTest
    @CsvSource({
      "/, true",
      "/?other=1, true",
      "/?key=k, true",
      "/?key=%zz, false",
      "/?key, false",
      "/?key=, false",
      "/?key=%zz&key=k, false",
      "/?key=k&key=%zz, false"
    })
    void that_is_none_is_refused_where_anybody_may_come(String target, boolean granted) {
      assertThat(granted("query, -", request(target))).isEqualTo(granted);
    }

    @Test
    void in_two_header_fields_is_none() {
      assertThat(granted("header", request("/", "X-Key", "k", "x-key", "k"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "sid=k, true",
      "sid=k; sid=j, false",
      "sid=; sid=k, false",
      "a=b; sid=k, true",
      "sid=, false",
      "sid, false",
      "asid=k, false"
    })
    void in_a_cookie_is_a_value(String cookie, boolean granted) {
      assertThat(granted("cookie", request("/", "Cookie", cookie))).isEqualTo(granted);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          basic  | Basic dXNlcjpwYXNz     | true
          basic  | basic dXNlcjpwYXNz     | true
          basic  | Basic dXNlcg==         | false
          basic  | Basic ?                | false
          basic  | Basic //79Og==         | false
          basic  | Basic                  | false
          basic  | Basicdx dXNlcjpwYXNz   | false
          basic  | Bearer abc             | false
          bearer | Bearer a.b-c_d~e+f/g== | true
          bearer | bearer 0               | true
          bearer | Bearer                 | false
          bearer | Bearer a b             | false
          bearer | Bearer ==              | false
          bearer | Bearer a=b             | false
          bearer | Basic dXNlcjpwYXNz     | false
          oauth  | Bearer abc             | true
          oidc   | Bearer abc             | true
          digest | Digest username="u"    | true
          digest | Digest                 | false
          mtls   | Bearer abc             | false
          """)
  void a_credential_in_authorization_has_the_shape_of_its_scheme(
      String scheme, String authorization, boolean granted) {
    assertThat(granted(scheme, request("/", "Authorization", authorization))).isEqualTo(granted);
  }

  @Test
  void two_authorization_fields_are_no_credential() {
    HttpRequest request = request("/", "Authorization", "Bearer a", "Authorization", "Bearer b");

    assertThat(granted("bearer", request)).isFalse();
  }

  @Nested
  class Requirements {
    private final HttpRequest both = request("/?key=k", "X-Key", "k");
    private final HttpRequest one = request("/", "X-Key", "k");

    @Test
    void of_one_alternative_must_all_be_satisfied() {
      assertThat(granted("header+query", both)).isTrue();
      assertThat(granted("header+query", one)).isFalse();
    }

    @Test
    void of_different_alternatives_need_only_one() {
      assertThat(granted("query, header", one)).isTrue();
      assertThat(granted("query, cookie", one)).isFalse();
    }

    @Test
    void that_name_nothing_allow_anybody() {
      SecurityPlan plan = plan("header, -");

      assertThat(plan.isPublic()).isFalse();
      assertThat(decide("header, -", request("/")))
          .isEqualTo(new SecurityDecision.Granted(List.of()));
      assertThat(decide("header, -", one))
          .isEqualTo(
              new SecurityDecision.Granted(
                  List.of(
                      new Principal("header", "", List.of("admin", "read", "write"), Map.of()))));
      assertThat(plan("-").isPublic()).isTrue();
    }

    @Test
    void must_name_declared_schemes() {
      assertThatThrownBy(() -> plan("nothing")).hasMessage("unknown security scheme nothing");
    }

    @Test
    void none_at_all_is_public() {
      assertThat(plan("-").schemes()).isEmpty();
      SecurityDomain none = new SecurityDomain(Map.of(), Map.of(), "", false);
      assertThat(SecurityPlan.compile(List.of(), none, null, List.of()).isPublic()).isTrue();
    }
  }

  @Test
  void the_principals_have_scheme_subject_and_scopes_and_no_secret() {
    String credential =
        Base64.getEncoder()
            .encodeToString("J\u00fcrgen:pass:word".getBytes(StandardCharsets.UTF_8));
    SecurityDecision decision =
        decide(
            "header:admin+basic:read.write",
            request("/", "X-Key", "k", "Authorization", "Basic " + credential));

    assertThat(decision)
        .isEqualTo(
            new SecurityDecision.Granted(
                List.of(
                    new Principal("header", "", List.of("admin", "read", "write"), Map.of()),
                    new Principal(
                        "basic", "J\u00fcrgen", List.of("admin", "read", "write"), Map.of()))));
    assertThat(decision.toString()).doesNotContain("pass");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          header          | ApiKey realm="My Shop", in="header", name="X-Key"
          query           | ApiKey realm="My Shop", in="query", name="key"
          basic           | Basic realm="My Shop", charset="UTF-8"
          bearer          | Bearer realm="My Shop"
          oauth:a.b       | Bearer realm="My Shop", scope="a b"
          oidc            | Bearer realm="My Shop"
          digest          | Digest realm="My Shop"
          """)
  void a_challenge_says_what_is_wanted(String requirement, String challenge) {
    assertThat(decide(requirement, request("/")))
        .isEqualTo(new SecurityDecision.Challenged(List.of(challenge), NOTHING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true  | present a client certificate in the TLS handshake
          false | this connection is not encrypted; use https, and present a client certificate in the TLS handshake
          """)
  void a_certificate_is_wanted_in_the_handshake(boolean secure, String told) {
    HttpRequest request =
        new HttpRequest(
            Method.GET,
            "/",
            "HTTP/1.1",
            Headers.empty(),
            new Peer(new InetSocketAddress(0), secure, List.of()));

    assertThat(decide("mtls", request))
        .isEqualTo(
            new SecurityDecision.Challenged(
                List.of("ClientCertificate realm=\"My Shop\""), NOTHING + ": " + told));
  }

  @Test
  void every_scheme_is_challenged_once() {
    assertThat(decide("bearer+basic, oidc, header", request("/")))
        .isEqualTo(
            new SecurityDecision.Challenged(
                List.of(
                    "Bearer realm=\"My Shop\"",
                    "Basic realm=\"My Shop\", charset=\"UTF-8\"",
                    "ApiKey realm=\"My Shop\", in=\"header\", name=\"X-Key\""),
                NOTHING));
  }

  @Test
  void a_malformed_token_is_called_invalid() {
    assertThat(decide("bearer", request("/", "Authorization", "Bearer a b")))
        .isEqualTo(
            new SecurityDecision.Challenged(
                List.of(
                    "Bearer realm=\"My Shop\", error=\"invalid_token\", error_description=\"what"
                        + " follows Bearer in the Authorization field is no token, which has letters,"
                        + " digits and -._~+/ only, and = at its end\""),
                "what follows Bearer in the Authorization field is no token, which has letters, digits"
                    + " and -._~+/ only, and = at its end"));
  }

  @Test
  void credentials_never_show_their_secret() {
    String secret = "secret";
    assertThat(
            List.of(
                    new Credential.ApiKey(secret),
                    new Credential.Basic(secret, secret),
                    new Credential.Bearer(secret),
                    new Credential.Other("digest", secret))
                .toString())
        .isEqualTo("[ApiKey[hidden], Basic[hidden], Bearer[hidden], Other[digest, hidden]]");
  }
}
