package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigReader;
import io.brrtrouter.server.config.ConfigType;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.dispatch.DispatchLimits;
import io.brrtrouter.server.dispatch.ResponseCheckMode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
  @TempDir Path directory;

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("config.yaml"), yaml);
  }

  private ServerConfig read(String yaml, Map<String, String> environment, Map<String, String> flags)
      throws IOException {
    return ServerConfig.read(Optional.of(file(yaml)), environment, flags);
  }

  private ServerConfig read(String yaml) throws IOException {
    return read(yaml, Map.of(), Map.of());
  }

  private static ServerConfig environment(Map<String, String> environment) {
    return ServerConfig.read(Optional.empty(), environment, Map.of());
  }

  @Nested
  class Without_any_source_the_defaults_are_in_force {
    private final ServerConfig config = ServerConfig.read(Optional.empty(), Map.of(), Map.of());

    @Test
    void the_server_is_reached_from_this_machine_only() {
      assertThat(config.host()).isEqualTo("127.0.0.1");
      assertThat(config.port()).isEqualTo(8080);
    }

    @Test
    void limits_are_those_promised() {
      assertThat(config.http())
          .isEqualTo(
              new HttpSettings(
                  true,
                  Duration.ofSeconds(60),
                  10_000,
                  Duration.ZERO,
                  16_384,
                  10_000,
                  10_000,
                  100,
                  200,
                  8_192,
                  16_384,
                  100,
                  8_192,
                  1_024,
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(2)));
      assertThat(config.bodies()).isEqualTo(new BodySettings(1 << 20, 16 << 20, 25));
      assertThat(config.json()).isEqualTo(JsonLimits.DEFAULT);
      assertThat(config.forms()).isEqualTo(new FormSettings(1_000, 50, 8_192));
      assertThat(config.loadOptions(List.of())).isEqualTo(LoadOptions.defaults());
      assertThat(config.drain()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void the_dispatcher_has_the_same() {
      assertThat(config.dispatchLimits()).isEqualTo(DispatchLimits.DEFAULT);
    }

    @Test
    void responses_are_checked_and_nothing_is_mocked() {
      assertThat(config.responseCheck()).isEqualTo(ResponseCheckMode.LOG);
      assertThat(config.mock()).isFalse();
      assertThat(config.problemBase()).isEqualTo("urn:brrtrouter:problem:");
    }

    @Test
    void endpoints_have_their_usual_paths() {
      assertThat(config.endpoints())
          .isEqualTo(
              new EndpointSettings(
                  Optional.of("/health"),
                  Optional.of("/ready"),
                  Optional.of("/metrics"),
                  Optional.of("/openapi.yaml"),
                  Optional.of("/openapi.json"),
                  Optional.of("/docs"),
                  Optional.empty(),
                  Optional.empty()));
    }

    @Test
    void they_are_the_constant() {
      assertThat(config.settings()).isEqualTo(ServerConfig.defaults().settings());
      assertThat(config.warnings()).isEmpty();
    }
  }

  @Nested
  class A_later_source_wins {
    private static final String FILE = "port: 1001\nhost: file\n";

    @Test
    void the_file_over_the_default() throws IOException {
      assertThat(read(FILE).port()).isEqualTo(1001);
    }

    @Test
    void PORT_over_the_file() throws IOException {
      assertThat(read(FILE, Map.of("PORT", "1002"), Map.of()).port()).isEqualTo(1002);
    }

    @Test
    void nothing_when_PORT_is_empty() throws IOException {
      assertThat(read(FILE, Map.of("PORT", ""), Map.of()).port())
          .isEqualTo(read(FILE, Map.of(), Map.of()).port());
    }

    @Test
    void the_variable_of_the_setting_over_PORT() throws IOException {
      Map<String, String> environment = Map.of("PORT", "1002", "BRRTR_PORT", "1003");
      assertThat(read(FILE, environment, Map.of()).port()).isEqualTo(1003);
    }

    @Test
    void a_flag_over_everything() throws IOException {
      Map<String, String> environment = Map.of("PORT", "1002", "BRRTR_PORT", "1003");
      ServerConfig config = read(FILE, environment, Map.of("port", "1004"));
      assertThat(config.port()).isEqualTo(1004);
      assertThat(config.host()).isEqualTo("file");
    }

    @Test
    void every_value_tells_where_it_comes_from() throws IOException {
      ServerConfig config =
          read(
              "host: file\nhttp:\n  max_requests: 5\n",
              Map.of("BRRTR_BODY_MAX_BYTES", "64KiB", "PORT", "1002"),
              Map.of("mock", "true"));
      assertThat(config.settings().stream().limit(9).map(Setting::toString))
          .map(line -> line.replace(directory + "/", ""))
          .containsExactly(
              "host = file (config.yaml:1:7)",
              "port = 1002 (PORT)",
              "mock = true (--mock)",
              "watch = false (default)",
              "allow_breaking = false (default)",
              "http.keep_alive = true (default)",
              "http.timeout_secs = 1 min (default)",
              "http.max_requests = 5 (config.yaml:3:17)",
              "http.handler_deadline_ms = 0 (default)");
      assertThat(config.settings())
          .contains(new Setting("body.max_bytes", "64 KiB", "BRRTR_BODY_MAX_BYTES"));
    }
  }

  @Nested
  class A_file {
    @Test
    void may_be_empty() throws IOException {
      assertThat(read("").settings()).isEqualTo(ServerConfig.defaults().settings());
      assertThat(read("# nothing yet\n").port()).isEqualTo(8080);
    }

    @Test
    void may_have_empty_sections() throws IOException {
      assertThat(read("http:\n  # later\nport: 1").port()).isEqualTo(1);
    }

    @Test
    void may_be_json() throws IOException {
      Path json =
          Files.writeString(directory.resolve("config.json"), "{\"http\":{\"max_headers\":7}}");
      ServerConfig config = ServerConfig.read(Optional.of(json), Map.of(), Map.of());
      assertThat(config.http().maxHeaders()).isEqualTo(7);
    }

    @Test
    void may_turn_endpoints_off_and_move_them() throws IOException {
      EndpointSettings endpoints =
          read("endpoints:\n  docs: off\n  health: /internal/health\n").endpoints();
      assertThat(endpoints.docs()).isEmpty();
      assertThat(endpoints.health()).contains("/internal/health");
    }

    @Test
    void must_be_there() {
      Path absent = Path.of("no", "such.yaml");
      ConfigException refused =
          catchThrowableOfType(
              ConfigException.class,
              () -> ServerConfig.read(Optional.of(absent), Map.of(), Map.of()));
      assertThat(refused)
          .hasMessage(
              "no/such.yaml: error[file-unreadable]: there is no such file; check the path");
    }
  }

  @Nested
  class Environment_variables {
    @Test
    void set_any_setting() {
      ServerConfig config =
          environment(
              Map.of(
                  "BRRTR_HTTP_KEEP_ALIVE", "false",
                  "BRRTR_HTTP_TIMEOUT_SECS", "5",
                  "BRRTR_HTTP_HANDLER_DEADLINE_MS", "1.5 s",
                  "BRRTR_RESPONSES_CHECK", "sample:0.25",
                  "BRRTR_ENDPOINTS_METRICS", "off"));
      assertThat(config.http().keepAlive()).isFalse();
      assertThat(config.http().timeout()).isEqualTo(Duration.ofSeconds(5));
      assertThat(config.http().handlerDeadline()).isEqualTo(Duration.ofMillis(1500));
      assertThat(config.responseCheck()).isEqualTo(new ResponseCheckMode.Sample(0.25));
      assertThat(config.endpoints().metrics()).isEmpty();
    }

    @Test
    void are_one_for_each_setting() {
      assertThat(ConfigKeys.ALL.stream().map(ConfigKey::variable)).doesNotHaveDuplicates();
    }

    @Test
    void of_the_launcher_and_of_others_are_left_alone() {
      ServerConfig config =
          environment(
              Map.of("BRRTR_STACK_SIZE", "0x8000", "BRRTR_CONFIG", "x.yaml", "BRRT_DATA", "y"));
      assertThat(config.warnings()).isEmpty();
    }

    @Test
    void that_nobody_knows_are_a_warning() {
      ServerConfig config = environment(Map.of("BRRTR_HTTP_MAX_REQUEST", "5", "BRRTR_FOO", "1"));
      assertThat(config.warnings().stream().map(Finding::toString))
          .containsExactly(
              "environment variable BRRTR_FOO: warning[config-unknown-variable]: no setting has this"
                  + " variable; that of http.max_requests is BRRTR_HTTP_MAX_REQUESTS, for example; "
                  + "there are host, port, mock, watch, allow_breaking, http, body, form, json, requests, problems, responses, endpoints, metrics, shutdown, tls, cors, security_headers, security, rate_limit, concurrency, compression, tracing, log, static, document",
              "environment variable BRRTR_HTTP_MAX_REQUEST: warning[config-unknown-variable]: no"
                  + " setting has this variable; did you mean BRRTR_HTTP_MAX_REQUESTS?");
    }

    @ParameterizedTest
    @CsvSource({
      "BRRTR_SECURITY_API_KEYS_STAFF_ROLES, BRRTR_SECURITY_API_KEYS_STAFF_SCOPES",
      "BRRTR_SECURITY_API_KEYS_MY_STAFF_KEYS_ANN_LEE_ROLES,"
          + " BRRTR_SECURITY_API_KEYS_MY_STAFF_KEYS_ANN_LEE_SCOPES",
      "BRRTR_SECURITY_API_KEYS_STAFF_KEY_FIEL, BRRTR_SECURITY_API_KEYS_STAFF_KEY_FILE",
      "BRRTR_SECURITY_API_KEYS_MY_STAFF_KYE, BRRTR_SECURITY_API_KEYS_MY_STAFF_KEY",
    })
    void of_schemes_are_guessed_as_in_the_file(String variable, String meant) {
      assertThat(environment(Map.of(variable, "x")).warnings().stream().map(Finding::toString))
          .containsExactly(
              "environment variable "
                  + variable
                  + ": warning[config-unknown-variable]: no setting has this variable; did you mean "
                  + meant
                  + "?");
    }

    @Test
    void and_flags_with_wrong_values_are_all_told() {
      ConfigException refused =
          catchThrowableOfType(
              ConfigException.class,
              () ->
                  ServerConfig.read(
                      Optional.empty(),
                      Map.of("PORT", "http", "BRRTR_MOCK", "yes"),
                      Map.of("host", " ")));
      assertThat(refused)
          .hasMessage(
              """
              environment variable PORT: error[config-value]: port cannot be "http"; it takes: \
              integer from 0 to 65535
              environment variable BRRTR_MOCK: error[config-value]: mock cannot be "yes"; it takes: \
              true or false
              --host: error[config-value]: host cannot be " "; it takes: host name or IP address\
              """);
    }
  }

  @Nested
  class A_configuration_with_one_setting_changed {
    @Test
    void is_another() {
      ServerConfig changed = ServerConfig.defaults().with("port", "0").with("mock", "true");
      assertThat(changed.port()).isZero();
      assertThat(changed.mock()).isTrue();
      assertThat(changed.settings()).contains(new Setting("port", "0", "code"));
      assertThat(ServerConfig.defaults().port()).isEqualTo(8080);
    }

    @Test
    void keeps_its_warnings() {
      ServerConfig odd = environment(Map.of("BRRTR_X", "1"));
      assertThat(odd.with("port", "1").warnings()).isEqualTo(odd.warnings());
    }

    @Test
    void must_have_a_setting_of_that_name() {
      ServerConfig config = ServerConfig.defaults();
      ConfigException refused =
          catchThrowableOfType(ConfigException.class, () -> config.with("ports", "0"));
      assertThat(refused)
          .hasMessage(
              "code: error[config-unknown-key]: there is no setting ports; did you mean port?");
      assertThat(refused.findings()).hasSize(1);
    }
  }

  @Nested
  class A_secret {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "security:\n  api_keys:\n    door:\n      kye: s3cr3t-of-a-test\n",
          "security:\n  api_keys:\n    door: s3cr3t-of-a-test\n",
          "security:\n  api_keys:\n    door:\n      key:\n        is: s3cr3t-of-a-test\n",
          "api_key: s3cr3t-of-a-test\n",
          "port: 1\nport: s3cr3t-of-a-test\n",
          "port: 1\n key: [s3cr3t-of-a-test\n",
          "security:\n  basic: [s3cr3t-of-a-test]\n",
          "s3cr3t-of-a-test",
        })
    void is_not_shown_by_the_line_of_a_mistake(String yaml) {
      ConfigException mistake = catchThrowableOfType(ConfigException.class, () -> read(yaml));
      assertThat(FindingRenderer.text(mistake.findings()))
          .contains("config.yaml:")
          .doesNotContain("s3cr3t");
    }

    private final ConfigKey<Integer> pin =
        new ConfigKey<>("door.pin", ConfigType.integer(1000, 9999), 1000, "Opens the door.", true);

    private final ConfigReader reader =
        new ConfigReader(ConfigValues.defaults(List.of(pin)), Map.of());

    @Test
    void is_masked_when_printed() {
      reader.given("door.pin", "4711", "code");
      assertThat(reader.values().get(pin)).isEqualTo(4711);
      assertThat(reader.values().shown(pin)).isEqualTo("******");
    }

    @Test
    void is_not_repeated_when_refused() {
      reader.environment(Map.of("BRRTR_DOOR_PIN", "hunter2"));
      assertThat(reader.findings().getFirst().toString())
          .isEqualTo(
              "environment variable BRRTR_DOOR_PIN: error[config-value]: door.pin cannot be this; it"
                  + " takes: integer from 1000 to 9999");
    }
  }

  static Stream<Path> invalid() throws IOException, URISyntaxException {
    Path folder = Path.of(ServerConfigTest.class.getResource("config/invalid").toURI());
    try (Stream<Path> cases = Files.list(folder)) {
      return cases.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void a_broken_file_is_refused_with_all_its_errors(Path folder) throws IOException {
    Path file = folder.resolve("config.yaml");
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class, () -> ServerConfig.read(Optional.of(file), Map.of(), Map.of()));
    assertThat(refused.getMessage().replace(folder + "/", "") + "\n")
        .isEqualTo(Files.readString(folder.resolve("expected.txt")));
  }
}
