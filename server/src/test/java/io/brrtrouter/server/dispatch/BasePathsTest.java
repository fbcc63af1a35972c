package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.model.Server;
import io.brrtrouter.openapi.model.ServerVariable;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.runtime.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasePathsTest {
  private static final SourceLocation PLACE = new SourceLocation("api.yaml", 3, 5);

  private final List<Finding> findings = new ArrayList<>();

  private static Server server(String url, Map<String, ServerVariable> variables) {
    return new Server(PLACE, url, Optional.empty(), Optional.empty(), variables, Map.of());
  }

  private static ServerVariable variable(String defaultValue, String... values) {
    return new ServerVariable(PLACE, List.of(values), defaultValue, Optional.empty(), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                            | ''
          ''                           | ''
          .                            | ''
          /v1                          | /v1
          /v1/                         | /v1
          v1                           | /v1
          ./v1/../v2                   | /v2
          ../v1                        | /v1
          /a/../../..                  | ''
          https://api.example.com      | ''
          https://api.example.com/     | ''
          https://api.example.com/a/b/ | /a/b
          https://h:8443/a%20b         | /a%20b
          //h/v1                       | /v1
          /a//b/                       | /a//b
          https://h/a//b/../c/.        | /a//c
          ./a//../b                    | /a/b
          """)
  void the_path_of_the_url_is_the_base_path(String url, String base) {
    assertThat(BasePaths.of(List.of(server(url, Map.of())), findings)).containsExactly(base);
    assertThat(findings).isEmpty();
  }

  @Test
  void empty_segments_of_a_base_path_are_asked_for() {
    TestServer server =
        TestServer.mocking(
            """
            openapi: 3.1.1
            info: {title: T, version: "1"}
            servers: [{url: /a//b/}]
            paths: {/x: {get: {responses: {"200": {description: ok}}}}}
            """);

    assertThat(server.get("/a//b/x").status()).isEqualTo(200);
    assertThat(server.get("/a/b/x").status()).isEqualTo(404);
  }

  @Test
  void no_server_means_the_root() {
    assertThat(BasePaths.of(List.of(), findings)).containsExactly("");
  }

  @Test
  void every_different_path_counts_once() {
    List<Server> servers =
        List.of(
            server("https://a/v1", Map.of()),
            server("https://b/v1/", Map.of()),
            server("https://c/v2", Map.of()));

    assertThat(BasePaths.of(servers, findings)).containsExactly("/v1", "/v2");
  }

  @Test
  void a_variable_in_the_path_stands_for_each_of_its_values() {
    Map<String, ServerVariable> variables =
        Map.of(
            "version", variable("v2", "v1", "v2"),
            "region", variable("eu", "eu", "us"),
            "tenant", variable("acme"));
    Server server = server("https://{region}.example.com/{tenant}/{version}", variables);

    assertThat(BasePaths.of(List.of(server), findings))
        .containsExactlyInAnyOrder("/acme/v2", "/acme/v1");
  }

  @Test
  void too_many_base_paths_are_a_mistake() {
    String[] values = IntStream.range(0, 100).mapToObj(i -> "v" + i).toArray(String[]::new);
    BasePaths.of(List.of(server("/{v}", Map.of("v", variable("v0", values)))), findings);

    assertThat(findings)
        .extracting(Finding::toString)
        .containsExactly(
            "api.yaml:3:5: error[server-url]: the servers have 65 different base paths or more;"
                + " declare at most 64");
  }

  @Test
  void what_is_no_url_is_a_finding() {
    BasePaths.of(List.of(server("https://exa mple/v1", Map.of())), findings);

    assertThat(findings)
        .extracting(Finding::toString)
        .containsExactly(
            "api.yaml:3:5: error[server-url]: server URL \"https://exa mple/v1\" is not a URL;"
                + " write an absolute URL or a path such as /v1");
  }

  @Test
  void operations_are_mounted_under_their_own_servers() {
    TestServer mock =
        TestServer.mocking(
            """
            openapi: 3.1.1
            info: {title: Bases, version: "1"}
            servers: [{url: https://a.example/v1}, {url: /v2}]
            paths:
              /root: {get: &op {responses: {"204": {description: ok}}}}
              /item:
                servers: [{url: /item-base}]
                get: {responses: {"204": {description: ok}}}
                post:
                  servers: [{url: /}]
                  responses: {"204": {description: ok}}
            """);

    assertThat(mock.get("/v1/root").status()).isEqualTo(204);
    assertThat(mock.get("/v2/root").status()).isEqualTo(204);
    assertThat(mock.get("/root").status()).isEqualTo(404);
    assertThat(mock.get("/item-base/item").status()).isEqualTo(204);
    assertThat(mock.ask("POST", "/item", "").status()).isEqualTo(204);
    assertThat(mock.get("/item").status()).isEqualTo(405);
    assertThat(mock.ask("POST", "/item-base/item", "").status()).isEqualTo(405);
    assertThat(mock.get("/health").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/b%C3%BCcher/gr%C3%B6%C3%9Fe, 204",
    "/b%c3%bccher/gr%c3%b6%c3%9fe, 204",
    "/bucher/gr%C3%B6%C3%9Fe, 404"
  })
  void a_percent_encoded_base_path_matches_as_templates_do(String target, int status) {
    TestServer server =
        TestServer.mocking(
            """
            openapi: 3.1.1
            info: {title: Books, version: "1"}
            servers: [{url: "https://example.com/b%C3%BCcher"}]
            paths:
              /größe: {get: {operationId: size, responses: {"204": {description: ok}}}}
            """);

    assertThat(server.get(target).status()).isEqualTo(status);
  }
}
