package io.brrtrouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServeCommandTest {
  @TempDir Path directory;
  private CommandBench bench;
  private String pets;

  @BeforeEach
  void prepare() throws IOException {
    bench = new CommandBench(directory, Map.of());
    pets = bench.write("pets.yaml", CommandBench.PETS);
  }

  /** A command that serves on another thread. */
  private static final String SERVED_ELSEWHERE =
      """
      openapi: 3.1.1
      info: { title: Shop, version: '1' }
      paths:
        /item:
          get:
            operationId: item
            x-service: catalog
            x-brrtrouter-downstream-path: /v2/item
            responses: { '200': { description: an item, content: { text/plain: {} } } }
        /price:
          get:
            operationId: price
            x-service: prices
            responses: { '200': { description: it, content: { text/plain: { example: 7 } } } }
      """;

  private final class Serving implements AutoCloseable {
    final List<String> banner = new ArrayList<>();
    final String url;
    private final FutureTask<Integer> status;
    private final Thread thread;

    Serving(String... arguments) throws IOException {
      PipedOutputStream pipe = new PipedOutputStream();
      BufferedReader output =
          new BufferedReader(new InputStreamReader(new PipedInputStream(pipe), UTF_8));
      PrintStream stream = new PrintStream(pipe, true, UTF_8);
      status =
          new FutureTask<>(() -> {
            try (stream) {
              return bench.execute(stream, arguments);
            }
          });
      thread = Thread.ofPlatform().name("serve").start(status);
      String line = output.readLine();
      while (line != null && !line.startsWith("Listening on ")) {
        banner.add(line.replace(directory + "/", ""));
        line = output.readLine();
      }
      assertThat(line).as(() -> banner + bench.err()).isNotNull();
      url = line.substring("Listening on ".length());
    }

    String get(String path) throws IOException {
      try (InputStream body = URI.create(url + path).toURL().openStream()) {
        return new String(body.readAllBytes(), UTF_8);
      }
    }

    int stop() throws Exception {
      thread.interrupt();
      return status.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  @Test
  void serves_the_files_of_directories() throws Exception {
    Path web = Files.createDirectory(directory.resolve("web"));
    Files.writeString(web.resolve("index.html"), "home");
    Path odd = Files.createDirectory(directory.resolve("a=b"));
    Files.writeString(odd.resolve("notes.txt"), "note");
    try (Serving serving =
        new Serving(
            "serve",
            pets,
            "--port=0",
            "--dev-security",
            "--static-dir",
            web.toString(),
            "--static-dir",
            odd + "=/files")) {
      assertThat(serving.get("/")).isEqualTo("home");
      assertThat(serving.get("/files/notes.txt")).isEqualTo("note");
      assertThat(serving.banner)
          .anyMatch(line -> line.contains("anybody may get the files below /, from web"))
          .anyMatch(line -> line.contains("anybody may get the files below /files, from a=b"));
      assertThat(serving.stop()).isZero();
    }
  }

  @Test
  void codes_by_zstd_and_gzip() throws Exception {
    Path web = Files.createDirectory(directory.resolve("web"));
    Files.writeString(web.resolve("long.txt"), "again ".repeat(1000));
    String config = bench.write("config.yaml", "compression: { enabled: true }\n");
    try (Serving serving =
        new Serving(
            "serve",
            pets,
            "--port=0",
            "--dev-security",
            "--config",
            config,
            "--static-dir",
            web.toString())) {
      for (String coding : List.of("zstd", "gzip")) {
        URLConnection asked = URI.create(serving.url + "/long.txt").toURL().openConnection();
        asked.setRequestProperty("Accept-Encoding", coding);
        assertThat(asked.getHeaderField("Content-Encoding")).isEqualTo(coding);
      }
      assertThat(serving.stop()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nowhere    | 1 | there is no directory nowhere
          =/files    | 2 | --static-dir needs a directory
          web=/../a  | 1 | static.static-dir-1.prefix cannot be "/../a"
          """)
  void refuses_directories_that_cannot_be_served(String given, int status, String said)
      throws Exception {
    assertThat(bench.execute("serve", pets, "--port=0", "--static-dir", given)).isEqualTo(status);
    assertThat(bench.err()).contains(said);
  }

  /** Nothing listens at the discard port; a server starts without, and counts by itself. */
  @Test
  void knows_Redis() throws Exception {
    String config =
        bench.write(
            "config.yaml", "rate_limit: { enabled: true, redis_url: \"redis://127.0.0.1:9\" }\n");
    try (Serving serving =
        new Serving("serve", pets, "--dev-security", "--port=0", "--config", config)) {
      assertThat(
              URI.create(serving.url + "/v1/pets")
                  .toURL()
                  .openConnection()
                  .getHeaderField("RateLimit"))
          .isEqualTo("\"default\";r=99;t=1");
      assertThat(serving.stop()).isZero();
    }
  }

  @Test
  void hands_operations_on_to_services_without_code() throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    service.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestURI().toString().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
    String document = bench.write("shop.yaml", SERVED_ELSEWHERE);
    String config =
        bench.write(
            "config.yaml",
            "services: { catalog: { url: [\"http://127.0.0.1:%d\"] } }\n"
                .formatted(service.getAddress().getPort()));
    assertThat(bench.execute("serve", document, "--port=0", "--config", config)).isEqualTo(1);
    assertThat(bench.err())
        .contains(
            "error[service-settings]: the service \"prices\", which answers \"price\", is not configured")
        .contains(
            "set services.prices.url to its address, or say --mock to have it answered from examples");
    try (Serving serving =
        new Serving("serve", document, "--port=0", "--mock", "--config", config)) {
      assertThat(serving.banner)
          .contains(
              "service catalog at http://127.0.0.1:%d answers 1 operation"
                  .formatted(service.getAddress().getPort()));
      assertThat(serving.get("/item?a=b")).isEqualTo("/v2/item?a=b");
      assertThat(serving.get("/price")).isEqualTo("7");
      assertThat(serving.banner)
          .anyMatch(line ->
              line.contains("the service \"prices\", which answers \"price\", is not configured"));
      assertThat(serving.stop()).isZero();
    } finally {
      service.stop(0);
    }
  }

  @Test
  void a_configuration_that_a_project_would_read_is_not_read_and_said() throws Exception {
    bench.write("config.yaml", "port: none\n");
    try (Serving serving = new Serving("serve", pets, "--dev-security", "--port", "0")) {
      assertThat(serving.stop()).isZero();
    }
    assertThat(bench.err())
        .contains("config.yaml is not read, which a project does; name it with --config\n");
  }

  @Test
  void settings_of_services_are_shown_with_their_defaults() throws IOException {
    String document = bench.write("shop.yaml", SERVED_ELSEWHERE);
    String config =
        bench.write("config.yaml", "services: { catalog: { url: [\"ftp://127.0.0.1:1\"] } }\n");
    assertThat(bench.execute("serve", document, "--verbose", "--config", config)).isEqualTo(1);
    assertThat(bench.err())
        .contains("services.catalog.url = ")
        .containsPattern("services\\.catalog\\.idle_timeout_ms = .* \\(default\\)")
        .doesNotContain("services.<service>")
        .as("the document is right, but for a service that is not configured")
        .endsWith("shop.yaml cannot be served; correct the errors above\n");
  }

  @Test
  void a_service_that_is_wrong_is_a_fault_of_the_configuration() throws IOException {
    String document = bench.write("shop.yaml", SERVED_ELSEWHERE);
    String config =
        bench.write(
            "config.yaml",
            "services: { catalog: { url: [\"ftp://127.0.0.1:1\"] }, prices: { url: [\"http://a\"] } }\n");
    assertThat(bench.execute("serve", document, "--config", config)).isEqualTo(1);
    assertThat(bench.err())
        .contains("config.yaml:1:")
        .endsWith("brrt: the configuration cannot be used; correct the errors above\n");
  }

  @Test
  void services_that_are_missing_are_told_in_the_order_of_the_document() throws IOException {
    String document = bench.write("shop.yaml", SERVED_ELSEWHERE);
    String config = bench.write("config.yaml", "services: { pricess: { url: [\"http://a\"] } }\n");
    assertThat(bench.execute("serve", document, "--config", config)).isEqualTo(1);
    assertThat(bench.err())
        .containsSubsequence("the service \"catalog\"", "the service \"prices\"")
        .contains(
            "set services.prices.url to its address, or say --mock to have it answered from"
                + " examples; did you mean pricess?");
  }

  @Test
  void answers_from_examples_and_says_what_it_serves() throws Exception {
    try (Serving serving = new Serving("serve", pets, "--dev-security", "--port", "0")) {
      assertThat(serving.banner)
          .satisfiesExactly(
              line -> assertThat(line).startsWith("BRRTRouter "),
              line -> assertThat(line).isEqualTo("Pets 1.0.0 (pets.yaml, OpenAPI 3.1.1)"),
              line -> assertThat(line).isEqualTo("2 operations, answered from examples"),
              line ->
                  assertThat(line)
                      .isEqualTo(
                          "secured by Key: development credentials, which everybody knows, 1 operation"),
              line -> assertThat(line).isEqualTo("anybody may call: list_pets"),
              line -> assertThat(line).isEqualTo("no lint findings"),
              line ->
                  assertThat(line)
                      .isEqualTo(
                          "pets.yaml:1:1: warning[security-development]: security scheme Key accepts the credentials for development, which everybody knows: \"development-only\" as key, token, or password of user developer"));
      assertThat(serving.url).startsWith("http://127.0.0.1:");
      assertThat(serving.get("/v1/pets")).isEqualTo("[\"Tom\",\"Kiwi\"]");
      assertThat(serving.stop()).isZero();
      assertThat(bench.err()).isEmpty();
    }
  }

  @Test
  void takes_an_empty_variable_for_none() throws Exception {
    bench = new CommandBench(directory, Map.of("BRRTR_CONFIG", ""));
    try (Serving serving = new Serving("serve", pets, "--dev-security", "--port", "0")) {
      assertThat(serving.get("/v1/pets")).isEqualTo("[\"Tom\",\"Kiwi\"]");
      assertThat(serving.stop()).isZero();
    }
  }

  @Test
  void echoes_what_it_understood() throws Exception {
    try (Serving serving = new Serving("serve", pets, "--dev-security", "--port", "0", "--echo")) {
      assertThat(serving.get("/v1/pets?limit=5")).contains("[\"limit\",5]");
    }
  }

  @Test
  void takes_the_port_from_the_environment_unless_a_flag_says_otherwise() throws Exception {
    bench = new CommandBench(directory, Map.of("BRRTR_PORT", "0", "BRRTR_HOST", "nowhere.invalid"));
    try (Serving serving = new Serving("serve", pets, "--dev-security", "--host", "127.0.0.1")) {
      assertThat(serving.url).startsWith("http://127.0.0.1:");
    }
  }

  @Test
  void explains_how_it_read_the_document() throws Exception {
    String config = bench.write("config.yaml", "http: { max_requests: 7 }\n");
    try (Serving serving =
        new Serving("serve", pets, "--dev-security", "--port=0", "--verbose", "--config", config)) {
      assertThat(serving.get("/health")).isEqualTo("{\"status\":\"ok\"}");
    }
    assertThat(bench.err())
        .contains(
            "Files\n  pets.yaml\nHow the document was read\n  honoured  operation DELETE (pets.yaml:22:5)\n",
            "\n  honoured  security scheme apiKey (pets.yaml:29:22)\n",
            "\n  rate_limit.redis_url =  (default)\n",
            "\n  security.development = true (--dev-security)\n",
            "\nSettings\n  host = 127.0.0.1 (default)\n  port = 0 (--port)\n  mock = true (brrt serve)\n",
            "  http.max_requests = 7 (config.yaml:1:23)\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--mock, true, --mock, ''",
    "--echo, false, --echo, ''",
    ", true, brrt serve, 'brrt: mock = false (BRRTR_MOCK) does not count: there are no"
        + " handlers, so examples answer\n'"
  })
  void says_who_decided_what_answers(
      @Nullable String flag, boolean mock, String source, String said) throws Exception {
    bench = new CommandBench(directory, Map.of("BRRTR_MOCK", "false"));
    List<String> command =
        new ArrayList<>(List.of("serve", pets, "--dev-security", "--port=0", "--verbose"));
    Optional.ofNullable(flag).ifPresent(command::add);
    try (Serving serving = new Serving(command.toArray(String[]::new))) {
      assertThat(serving.get("/v1/pets")).isNotEmpty();
    }
    assertThat(bench.err())
        .startsWith(said + "Files\n")
        .contains("\n  mock = " + mock + " (" + source + ")\n");
  }

  @Test
  void reads_other_directories_when_it_may() throws Exception {
    Path api = Files.createDirectories(directory.resolve("api"));
    bench.write("name.yaml", "type: string\n");
    String document =
        Files.writeString(
                api.resolve("api.yaml"),
                CommandBench.PETS.replace(
                    "items: { type: string }", "items: { $ref: ../name.yaml }"))
            .toString();

    assertThat(bench.execute("serve", document, "--port=0")).isEqualTo(1);
    assertThat(bench.err()).contains("error[reference-forbidden]", "--allow-dir");
    assertThat(bench.execute("lint", document)).isEqualTo(1);
    assertThat(bench.execute("lint", document, "--allow-dir", directory.toString())).isZero();
    assertThat(bench.execute("routes", document, "--allow-dir", directory.toString())).isZero();
    assertThat(bench.execute("lint", document, "--allow-dir", directory + "/none")).isEqualTo(1);
    assertThat(bench.err()).endsWith("brrt: there is no directory none\n");
    try (Serving serving =
        new Serving(
            "serve", document, "--dev-security", "--port=0", "--allow-dir", directory.toString())) {
      assertThat(serving.get("/v1/pets")).isEqualTo("[\"Tom\",\"Kiwi\"]");
    }
  }

  @Nested
  class Refuses {
    @ParameterizedTest
    @ValueSource(strings = {"--mock", "--echo"})
    void what_is_secured_without_a_provider(String answers) {
      refuses(
          """
          pets.yaml:29:27: error[security-without-provider]: nothing verifies the credentials of security scheme "Key", which operation "remove" takes
             29 |   securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } }
                |                           ^
            fix: configure security.api_keys.Key.key or security.remote_api_keys.Key.verify_url, give a provider in code with security("Key", ...), or try it out on this machine with --dev-security
          1 error
          brrt: pets.yaml cannot be served; correct the errors above
          """,
          pets,
          answers);
    }

    @Test
    void credentials_for_development_where_others_can_reach_the_server() {
      refuses(
          """
          --dev-security: error[security-provider]: security.development is on, but the server does not listen on a loopback address only: everybody knows the credentials for development
            fix: listen on 127.0.0.1, or configure providers
          1 error
          brrt: pets.yaml cannot be served; correct the errors above
          """,
          pets,
          "--host=0.0.0.0",
          "--dev-security");
    }

    @Test
    void why_requests_are_refused_where_proxies_hand_them_on() throws IOException {
      String config =
          bench.write(
              "config.yaml",
              """
              http: { trusted_proxies: [127.0.0.1] }
              endpoints:
                security_decisions: /why
              security: { api_keys: { Key: { key: "sha256:9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f" } } }
              """);
      refuses(
          """
          config.yaml:3:23: error[security-provider]: endpoints.security_decisions = /why tells why requests are refused, and by http.trusted_proxies proxies hand on the requests of others
            fix: remove http.trusted_proxies, or turn it off
          1 error
          brrt: the configuration cannot be used; correct the errors above
          """,
          pets,
          "--config",
          config);
    }

    @ParameterizedTest
    @CsvSource({
      "https://example.com/a/openapi.yaml, 'documents are files, and"
          + " https://example.com/a/openapi.yaml is a URL; download it and name the file'",
      "-, 'documents are files, standard input is not read; name a file'"
    })
    void what_is_no_file(String document, String reason) {
      refuses("brrt: " + reason + "\n", document);
    }

    @Test
    void a_broken_document_with_all_its_findings() throws IOException {
      refuses(
          """
          broken.yaml:4:3: error[path-parameter-undeclared]: parameter "petId" is in the path template but not declared
              4 |   /pets/{petId}:
                |   ^
            fix: add {name: petId, in: path, required: true, schema: {type: string}} to "parameters"
          broken.yaml:6:20: warning[operation-id-casing]: operationId "getPet" is not in snake_case
              6 |       operationId: getPet
                |                    ^
            fix: write "get_pet"
          1 error, 1 warning
          brrt: broken.yaml cannot be served; correct the errors above
          """,
          bench.write("broken.yaml", CommandBench.BROKEN));
    }

    @Test
    void a_broken_configuration() throws IOException {
      refuses(
          """
          config.yaml:1:1: error[config-unknown-key]: there is no setting prot
            fix: did you mean port?
          1 error
          brrt: the configuration cannot be used; correct the errors above
          """,
          pets,
          "--config",
          bench.write("config.yaml", "prot: 1\n"));
    }

    @Test
    void a_configuration_that_a_variable_names_and_that_is_not_there() {
      bench = new CommandBench(directory, Map.of("BRRTR_CONFIG", "no/such.yaml"));
      refuses("brrt: there is no file no/such.yaml\n", pets);
    }

    @Test
    void a_file_that_is_not_there() {
      refuses("brrt: there is no file nope.yaml\n", "nope.yaml");
    }

    @Test
    void a_directory() throws IOException {
      Files.createDirectory(directory.resolve("api"));
      refuses("brrt: api is a directory; name a file in it\n", directory + "/api");
    }

    @Test
    void a_port_in_use() throws IOException {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        refuses(
            "brrt: cannot listen on 127.0.0.1:"
                + taken.getLocalPort()
                + ": the port is in use; choose another one, or 0 for any that is free\n",
            pets,
            "--dev-security",
            "--port",
            String.valueOf(taken.getLocalPort()));
      }
    }

    @Test
    void a_host_that_does_not_exist() throws IOException {
      refuses(
          "brrt: cannot listen on no.such.host.invalid:8080: there is no such host\n",
          bench.write("public.yaml", CommandBench.STYLELESS),
          "--host",
          "no.such.host.invalid");
    }

    private void refuses(String reason, String... arguments) {
      List<String> command = new ArrayList<>(List.of("serve"));
      command.addAll(List.of(arguments));
      assertThat(bench.execute(command.toArray(String[]::new))).isEqualTo(1);
      assertThat(bench.err()).isEqualTo(reason);
    }
  }

  /** Also what breaks clients, which a server that only watches would not take. */
  @Test
  void takes_a_document_that_is_changed_while_it_watches() throws Exception {
    String document =
        """
        openapi: 3.1.1
        info: {title: A, version: "1"}
        paths:
          /%s: {get: {operationId: a, responses: {"200": {description: ok, content: {text/plain: {example: %s}}}}}}
        """;
    String file = bench.write("watched.yaml", document.formatted("old", "old"));
    try (Serving serving = new Serving("serve", file, "--watch", "--port", "0")) {
      assertThat(serving.get("/old")).isEqualTo("old");

      bench.write("watched.yaml", document.formatted("new", "new"));
      String ready = serving.get("/ready");
      while (!ready.contains("\"number\":2")) {
        ready = serving.get("/ready");
      }

      assertThat(serving.get("/new")).isEqualTo("new");
      assertThat(ready).contains("1 breaking, 1 compatible changes");
      assertThat(serving.stop()).isZero();
    }
  }

  @Test
  void drains_and_exits_with_0_on_SIGTERM_without_a_word_on_standard_error() throws Exception {
    Path err = directory.resolve("err.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ForkedJvm.serverFlags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of("io.brrtrouter.cli.Main", "serve", pets, "--dev-security", "--port", "0"));
    Process brrt = new ProcessBuilder(command).redirectError(err.toFile()).start();
    try (BufferedReader output = brrt.inputReader(UTF_8)) {
      assertThat(output.lines().anyMatch(line -> line.startsWith("Listening on "))).isTrue();
      brrt.destroy();
      assertThat(brrt.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(brrt.exitValue()).isZero();
      assertThat(err).isEmptyFile();
    } finally {
      brrt.destroyForcibly();
    }
  }
}
