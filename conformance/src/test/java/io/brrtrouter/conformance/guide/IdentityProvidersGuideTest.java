package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every preset of the page serves requests whose tokens have the shape that its provider documents,
 * with keys and metadata where that one has them, below a loopback address.
 */
@DisplayName("docs/identity-providers.md")
class IdentityProvidersGuideTest {
  private static final String PAGE = "docs/identity-providers.md";

  private static final Pattern PRESET =
      Pattern.compile("^```yaml\\n(.*?\\n)```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern URL_SETTING =
      Pattern.compile("((?:discovery|jwks)_url: )https://[^/\\s]+");

  private static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
  private static final String API = "6e74172b-be56-4843-9ff4-e66a39bb12e3";

  /** What users write for the names in capitals. */
  private static final Map<String, String> NAMES =
      Map.of(
          "TENANT_ID", TENANT,
          "API_CLIENT_ID", API,
          "TENANT.", "shop.",
          "REGION", "eu-west-1",
          "POOL_ID", "eu-west-1_aBcDeFgHi",
          "APP_CLIENT_ID", "1example23456789");

  @TempDir private Path directory;
  private LocalIssuer issuer;

  @BeforeEach
  void start() throws Exception {
    issuer = new LocalIssuer();
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  /** {@return the blocks, by the headings they stand below, numbered where there are several} */
  private static Map<String, String> presets() throws IOException {
    Map<String, String> presets = new LinkedHashMap<>();
    for (String section : Pages.read(PAGE).split("(?m)^## ")) {
      String heading = section.substring(0, section.indexOf('\n'));
      PRESET
          .matcher(section)
          .results()
          .forEach(block -> {
            String name = heading;
            for (int i = 2; presets.containsKey(name); i++) {
              name = heading + " " + i;
            }
            presets.put(name, block.group(1));
          });
    }
    return presets;
  }

  /**
   * A provider.
   *
   * @param preset the heading of its settings
   * @param metadata the path of its metadata, empty for none
   * @param issuer what it calls itself; ISSUER is where it is
   * @param keys the path of its keys
   * @param scopes what operations ask for, one each
   * @param tokens its tokens, and others
   */
  private record Provider(
      String preset,
      String metadata,
      String issuer,
      String keys,
      List<String> scopes,
      List<Token> tokens) {
    @Override
    public String toString() {
      return preset;
    }
  }

  /**
   * A token, and what becomes of it.
   *
   * @param what what it is
   * @param type the {@code typ} of its header, empty for none
   * @param claims JSON; NOW is the time, LATER the time in an hour, ISS its issuer
   * @param outcomes what each operation answers: that asks for no scope, then for each of them
   */
  private record Token(String what, String type, String claims, List<String> outcomes) {}

  private static Token token(String what, String type, String claims, String... outcomes) {
    return new Token(what, type, claims, List.of(outcomes));
  }

  private static final String TIMES = "\"iat\": NOW, \"exp\": LATER";

  private static Provider keycloak() {
    String claims =
        """
        {%s, "jti": "onrtro:a6d3b5e3", "iss": "ISS", "aud": %s, "typ": "Bearer",
         "sub": "36fa0f91-f94d-4a0c-afed-6b7d952e47da", "azp": "shop", "sid": "2a88c258", "acr": "1",
         "allowed-origins": ["https://shop.example.com"],
         "realm_access": {"roles": ["offline_access", "keeper"]},
         "resource_access": {%s, "account": {"roles": ["manage-account"]}},
         "scope": "%s", "email_verified": true, "preferred_username": "anna"}
        """;
    String sub = "200 36fa0f91-f94d-4a0c-afed-6b7d952e47da";
    String clerk = "\"shop-api\": {\"roles\": [\"clerk\"]}";
    String right = "openid profile orders:write";
    String audience = "401 the token is not for this audience";
    return new Provider(
        "Keycloak",
        "/realms/shop/.well-known/openid-configuration",
        "ISSUER/realms/shop",
        "/realms/shop/protocol/openid-connect/certs",
        List.of("orders:write", "keeper", "clerk"),
        List.of(
            token(
                "of a user",
                "JWT",
                claims.formatted(TIMES, "[\"shop-api\", \"account\"]", clerk, right),
                sub,
                sub,
                sub,
                sub),
            token(
                "without an audience mapper",
                "JWT",
                claims.formatted(TIMES, "\"account\"", clerk, right),
                audience,
                audience,
                audience,
                audience),
            token(
                "without the scope, and with the role of another client",
                "JWT",
                claims.formatted(
                    TIMES, "\"shop-api\"", "\"other\": {\"roles\": [\"clerk\"]}", "openid profile"),
                sub,
                "403",
                sub,
                "403"),
            token(
                "of another realm",
                "JWT",
                claims
                    .formatted(TIMES, "\"shop-api\"", clerk, right)
                    .replace("\"ISS\"", "\"ISSUER/realms/other\""),
                "401 the token is not of this issuer"),
            token(
                "an ID token",
                "JWT",
                """
                {%s, "iss": "ISS", "aud": "shop", "typ": "ID", "azp": "shop", "nonce": "n",
                 "sub": "36fa0f91-f94d-4a0c-afed-6b7d952e47da", "preferred_username": "anna"}
                """
                    .formatted(TIMES),
                audience)));
  }

  private static Provider auth0() {
    String claims =
        """
        {%s, "iss": "ISS", "sub": "auth0|123456", "aud": [%s, "ISSUER/userinfo"], %s,
         "scope": "%s", "permissions": ["read:orders"]}
        """;
    String api = "\"https://api.example.com\"";
    String azp = "\"azp\": \"my_client_id\"";
    String right = "openid profile write:orders";
    String sub = "200 auth0|123456";
    String audience = "401 the token is not for this audience";
    return new Provider(
        "Auth0",
        "/.well-known/openid-configuration",
        "ISSUER/",
        "/.well-known/jwks.json",
        List.of("write:orders", "read:orders"),
        List.of(
            token(
                "of the Auth0 profile",
                "JWT",
                claims.formatted(TIMES, api, azp, right),
                sub,
                sub,
                sub),
            token(
                "of the RFC 9068 profile",
                "at+jwt",
                claims.formatted(
                    TIMES, api, "\"client_id\": \"my_client_id\", \"jti\": \"73Wakr\"", right),
                sub,
                sub,
                sub),
            token(
                "of an application by itself",
                "JWT",
                """
                {%s, "iss": "ISS", "sub": "awZfdIir8YFd@clients", "aud": %s, "azp": "awZfdIir8YFd",
                 "gty": "client-credentials", "scope": "write:orders"}
                """
                    .formatted(TIMES, api),
                "200 awZfdIir8YFd@clients",
                "200 awZfdIir8YFd@clients",
                "403"),
            token(
                "for another API",
                "JWT",
                claims.formatted(TIMES, "\"https://other.example.com\"", azp, right),
                audience,
                audience,
                audience),
            token(
                "without the scope",
                "JWT",
                claims.formatted(TIMES, api, azp, "openid profile"),
                sub,
                "403",
                sub),
            token(
                "of an issuer without the slash",
                "JWT",
                claims.formatted(TIMES, api, azp, right).replace("\"ISS\"", "\"ISSUER\""),
                "401 the token is not of this issuer"),
            token(
                "an ID token",
                "JWT",
                """
                {%s, "iss": "ISS", "sub": "auth0|123456", "aud": "my_client_id", "nonce": "n",
                 "email": "anna@example.com"}
                """
                    .formatted(TIMES),
                audience)));
  }

  private static Provider okta() {
    String claims =
        """
        {"ver": 1, "jti": "AT.MNAoEQ", "iss": "ISS", "aud": "%s", %s, "cid": "0oabCdEf",
         "uid": "00u1g2", "scp": %s, "auth_time": NOW, "sub": "anna@example.com"}
        """;
    String right = "[\"openid\", \"orders.write\"]";
    String sub = "200 anna@example.com";
    String audience = "401 the token is not for this audience";
    return new Provider(
        "Okta",
        "/oauth2/default/.well-known/openid-configuration",
        "ISSUER/oauth2/default",
        "/oauth2/default/v1/keys",
        List.of("orders.write"),
        List.of(
            token("of a user", "", claims.formatted("api://default", TIMES, right), sub, sub),
            token(
                "for another API",
                "",
                claims.formatted("api://other", TIMES, right),
                audience,
                audience),
            token(
                "without the scope",
                "",
                claims.formatted("api://default", TIMES, "[\"openid\"]"),
                sub,
                "403"),
            token(
                "of the organisation's own server",
                "",
                claims.formatted("ISSUER", TIMES, right).replace("\"ISS\"", "\"ISSUER\""),
                "401 the token is not of this issuer")));
  }

  private static Provider propelAuth() {
    String claims =
        """
        {%s, "iss": "%s", "user_id": "31c41c16-c281-44ae-9602-8a047e3bf33d", "email": "anna@example.com",
         "org_id_to_org_member_info": {"1189c444-8a2d": {"org_id": "1189c444-8a2d", "org_name": "Acme",
           "user_role": "Admin", "inherited_user_roles_plus_current_role": ["Admin", "Member"],
           "user_permissions": ["orders::write"]}}}
        """;
    String user = "200 31c41c16-c281-44ae-9602-8a047e3bf33d";
    return new Provider(
        "PropelAuth",
        "",
        "https://auth.example.com",
        "/.well-known/jwks.json",
        List.of("orders::write"),
        List.of(
            token("of a user", "JWT", claims.formatted(TIMES, "ISS"), user, "403"),
            token(
                "of another environment",
                "JWT",
                claims.formatted(TIMES, "https://auth.test.example.com"),
                "401 the token is not of this issuer")));
  }

  private static String entraClaims(String version, String aud, String rest) {
    return """
    {"aud": "%s", "iss": "ISS", %s, "nbf": NOW, "aio": "AXQAi/8", "oid": "690222be-ff1a-4d56",
     "rh": "0.AQEA", "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ", "tid": "%s",
     "uti": "fqiBqXLPj0eQa82S", "ver": "%s", %s}
    """
        .formatted(aud, TIMES, TENANT, version, rest);
  }

  private static Provider entra() {
    String user = "200 690222be-ff1a-4d56";
    String delegated =
        "\"azp\": \"0b2c\", \"azpacr\": \"1\", \"scp\": \"orders.write orders.read\", \"name\": \"Anna\","
            + " \"preferred_username\": \"anna@example.com\"";
    String app =
        "\"azp\": \"0b2c\", \"azpacr\": \"1\", \"idtyp\": \"app\", \"roles\": [\"Orders.Admin\"]";
    String audience = "401 the token is not for this audience";
    String another = "401 the token is not of this issuer";
    String right = entraClaims("2.0", API, delegated);
    return new Provider(
        "Microsoft Entra ID",
        "/" + TENANT + "/v2.0/.well-known/openid-configuration",
        "ISSUER/" + TENANT + "/v2.0",
        "/" + TENANT + "/discovery/v2.0/keys",
        List.of("orders.write", "Orders.Admin"),
        List.of(
            token("of a user", "JWT", right, user, user, "403"),
            token(
                "of an application by itself",
                "JWT",
                entraClaims("2.0", API, app),
                user,
                "403",
                user),
            token(
                "for another API",
                "JWT",
                entraClaims("2.0", "00000003-0000-0000-c000-000000000000", delegated),
                audience,
                audience,
                audience),
            token(
                "of another tenant, with the same keys",
                "JWT",
                right.replace("\"ISS\"", "\"ISSUER/0b0b/v2.0\"").replace(TENANT, "0b0b"),
                another,
                another,
                another),
            token(
                "that names another tenant than its issuer",
                "JWT",
                right.replace("\"tid\": \"" + TENANT, "\"tid\": \"0b0b"),
                "401 the claim tid of the token is not what is required here"),
            token(
                "of version 1.0",
                "JWT",
                entraClaims("1.0", "api://" + API, delegated)
                    .replace("\"ISS\"", "\"https://sts.windows.net/" + TENANT + "/\""),
                another,
                another,
                another)));
  }

  private static Provider entraVersion1() {
    String user = "200 690222be-ff1a-4d56";
    String delegated =
        "\"appid\": \"0b2c\", \"appidacr\": \"1\", \"scp\": \"orders.write\", \"unique_name\": \"anna\","
            + " \"idp\": \"https://sts.windows.net/%s/\"".formatted(TENANT);
    String right = entraClaims("1.0", "api://" + API, delegated);
    return new Provider(
        "Microsoft Entra ID 2",
        "/" + TENANT + "/.well-known/openid-configuration",
        "https://sts.windows.net/" + TENANT + "/",
        "/common/discovery/keys",
        List.of("orders.write", "Orders.Admin"),
        List.of(
            token("of a user", "JWT", right, user, user, "403"),
            token(
                "of an application by itself",
                "JWT",
                entraClaims(
                    "1.0", "api://" + API, "\"appid\": \"0b2c\", \"roles\": [\"Orders.Admin\"]"),
                user,
                "403",
                user),
            token(
                "for another API",
                "JWT",
                entraClaims("1.0", "https://graph.microsoft.com", delegated),
                "401 the token is not for this audience"),
            token(
                "of another tenant, with the same keys",
                "JWT",
                right
                    .replace("\"ISS\"", "\"https://sts.windows.net/0b0b/\"")
                    .replace("\"tid\": \"" + TENANT, "\"tid\": \"0b0b"),
                "401 the token is not of this issuer"),
            token(
                "of version 2.0",
                "JWT",
                entraClaims("2.0", API, delegated)
                    .replace("\"ISS\"", "\"ISSUER/" + TENANT + "/v2.0\""),
                "401 the token is not of this issuer")));
  }

  private static Provider cognito() {
    String claims =
        """
        {"sub": "aaaaaaaa-bbbb-cccc", "cognito:groups": [%s], "iss": "ISS", "version": 2, %s, "event_id": "64f5",
         "client_id": "%s", "origin_jti": "o", "token_use": "access", "scope": "%s", "auth_time": NOW,
         "jti": "j", "username": "anna"}
        """;
    String app = "1example23456789";
    String right = "openid orders/write";
    String sub = "200 aaaaaaaa-bbbb-cccc";
    String lacksClient = "401 the claim client_id of the token is not what is required here";
    return new Provider(
        "Amazon Cognito",
        "/eu-west-1_aBcDeFgHi/.well-known/openid-configuration",
        "ISSUER/eu-west-1_aBcDeFgHi",
        "/eu-west-1_aBcDeFgHi/.well-known/jwks.json",
        List.of("orders/write", "clerks"),
        List.of(
            token(
                "of a user", "", claims.formatted("\"clerks\"", TIMES, app, right), sub, sub, sub),
            token(
                "of another application",
                "",
                claims.formatted("\"clerks\"", TIMES, "2example", right),
                lacksClient,
                lacksClient,
                lacksClient),
            token(
                "without the scope and the group",
                "",
                claims.formatted("", TIMES, app, "aws.cognito.signin.user.admin"),
                sub,
                "403",
                "403"),
            token(
                "of another pool",
                "",
                claims
                    .formatted("\"clerks\"", TIMES, app, right)
                    .replace("\"ISS\"", "\"ISSUER/eu-west-1_other\""),
                "401 the token is not of this issuer"),
            token(
                "an ID token",
                "",
                """
                {"sub": "aaaaaaaa-bbbb-cccc", "cognito:groups": ["clerks"], "iss": "ISS", "aud": "%s", %s,
                 "cognito:username": "anna", "token_use": "id", "auth_time": NOW}
                """
                    .formatted(app, TIMES),
                "401 the claim token_use of the token is not what is required here")));
  }

  private static List<Provider> providers() {
    return List.of(keycloak(), auth0(), okta(), propelAuth(), entra(), entraVersion1(), cognito());
  }

  @Test
  void has_no_preset_that_is_not_tried() throws IOException {
    assertThat(presets().keySet())
        .containsExactlyElementsOf(providers().stream().map(Provider::preset).toList());
  }

  static Stream<String> everyPreset() throws IOException {
    return presets().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyPreset")
  void is_a_configuration_as_it_stands(String preset) throws IOException {
    Path file = Files.writeString(directory.resolve("config.yaml"), presets().get(preset));

    ServerConfig config = ServerConfig.read(Optional.of(file), Map.of(), Map.of());

    assertThat(config).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void lets_in_whom_it_should_and_nobody_else(Provider provider) throws Exception {
    String called = provider.issuer().replace("ISSUER", issuer.url());
    if (provider.metadata().isEmpty()) {
      issuer.keys(provider.keys());
    } else {
      issuer.metadata(provider.metadata(), called, provider.keys());
    }
    try (BrrtServer server = server(provider);
        BrrtClient client = BrrtClient.inProcess(server)) {
      for (Token token : provider.tokens()) {
        List<String> told = new ArrayList<>();
        String sent = issuer.token(token.type(), claims(token, called));
        for (int i = 0; i < token.outcomes().size(); i++) {
          told.add(told(client, "/" + i, sent));
        }
        assertThat(told).as(token.what()).isEqualTo(token.outcomes());
      }
      assertThat(client.get("/0").send().status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void takes_no_token_that_somebody_else_signed_or_that_has_expired(Provider provider)
      throws Exception {
    String called = provider.issuer().replace("ISSUER", issuer.url());
    if (provider.metadata().isEmpty()) {
      issuer.keys(provider.keys());
    } else {
      issuer.metadata(provider.metadata(), called, provider.keys());
    }
    Token right = provider.tokens().getFirst();
    try (LocalIssuer somebody = new LocalIssuer();
        BrrtServer server = server(provider);
        BrrtClient client = BrrtClient.inProcess(server)) {
      String claims = claims(right, called);
      assertThat(told(client, "/0", issuer.token(right.type(), claims))).startsWith("200 ");
      assertThat(told(client, "/0", somebody.token(right.type(), claims)))
          .isEqualTo("401 the signature is not valid");
      String late = String.valueOf(Instant.now().getEpochSecond() - 3600);
      assertThat(
              told(
                  client,
                  "/0",
                  issuer.token(
                      right.type(),
                      claims(
                          new Token("", "", right.claims().replace("LATER", late), List.of()),
                          called))))
          .isEqualTo("401 the token has expired");
    }
  }

  private String claims(Token token, String called) {
    long now = Instant.now().getEpochSecond();
    return token
        .claims()
        .replace("\"ISS\"", "\"" + called + "\"")
        .replace("ISSUER", issuer.url())
        .replace("NOW", String.valueOf(now))
        .replace("LATER", String.valueOf(now + 3600));
  }

  private static String told(BrrtClient client, String path, String token) {
    var response = client.get(path).bearer(token).send();
    String field = String.valueOf(response.header("WWW-Authenticate"));
    String why = " " + field.replaceAll(".*error_description=\"(.*?)\".*", "$1");
    return switch (response.status()) {
      case 200 -> "200 " + response.text();
      case 401 -> "401" + why;
      default -> String.valueOf(response.status());
    };
  }

  private BrrtServer server(Provider provider) throws IOException {
    StringBuilder paths = new StringBuilder();
    for (int i = 0; i <= provider.scopes().size(); i++) {
      paths.append(
          """
            /%d:
              get:
                operationId: ask_%d
                security: [{login: [%s]}]
                responses: {"200": {description: Whose., content: {text/plain: {}}}}
          """
              .formatted(i, i, i == 0 ? "" : "\"" + provider.scopes().get(i - 1) + "\""));
    }
    Path document =
        Files.writeString(
            directory.resolve("api.yaml"),
            """
            openapi: 3.1.1
            info: {title: Shop, version: "1"}
            paths:
            %scomponents:
              securitySchemes:
                login: {type: http, scheme: bearer}
            """
                .formatted(paths));
    String settings = presets().get(provider.preset());
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      settings = settings.replace(name.getKey(), name.getValue());
    }
    String local = URL_SETTING.matcher(settings).replaceAll("$1" + issuer.url());
    assertThat(local).isNotEqualTo(settings);
    Path config = Files.writeString(directory.resolve("config.yaml"), local);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(document)
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (int i = 0; i <= provider.scopes().size(); i++) {
      builder.handler(
          "ask_" + i,
          request ->
              HttpResponse.text(200, request.principal().map(Principal::subject).orElseThrow()));
    }
    return builder.startInProcess();
  }
}
