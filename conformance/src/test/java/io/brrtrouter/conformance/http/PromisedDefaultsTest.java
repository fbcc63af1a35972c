package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.server.auth.ClockSkew;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.transport.TransportLimits;
import io.brrtrouter.server.transport.TransportTimeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is promised of a server that nobody has configured: times, connections and sizes. The page
 * is generated from the settings, so it follows whatever they become; here the promise stands by
 * itself, and the settings, the page and the constants of the transport have to agree with it. What
 * happens beyond a limit is in {@link LimitsTableTest} and the tests named there.
 */
class PromisedDefaultsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("brrt.root")).resolve("docs/configuration.md");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "http.max_target_bytes, 8 KiB",
    "http.max_header_bytes, 16 KiB",
    "http.max_headers, 100",
    "http.max_trailer_bytes, 8 KiB",
    "http.max_chunk_extension_bytes, 1 KiB",
    "http.max_connections, 16384",
    "http.max_in_flight, 10000",
    "http.max_requests, 10000",
    "http.max_concurrent_streams, 100",
    "http.max_reset_streams, 200",
    "http.keep_alive, true",
    "http.timeout_secs, 1 min",
    "http.head_timeout_ms, 10 s",
    "http.body_timeout_ms, 30 s",
    "http.body_timeout_per_kib_ms, 1 s",
    "http.decision_timeout_ms, 20 s",
    "http.handler_deadline_ms, 0",
    "http.write_stall_ms, 30 s",
    "http.write_stall_per_kib_ms, 1 s",
    "http.linger_ms, 2 s",
    "body.max_bytes, 1 MiB",
    "body.ceiling_bytes, 16 MiB",
    "body.heap_percent, 25",
    "form.max_fields, 1000",
    "form.max_parts, 50",
    "form.max_part_header_bytes, 8 KiB",
    "json.max_depth, 128",
    "json.max_string_length, 1048576",
    "json.max_name_length, 1024",
    "json.max_number_length, 1000",
    "json.max_tokens, 250000",
    "json.max_members, 10000",
    "json.max_exponent, 1000",
    "problems.max_violations, 50",
    "document.max_file_bytes, 16 MiB",
    "document.max_depth, 256",
    "document.max_aliases, 1000",
    "document.max_values, 1000000",
    "document.max_files, 1000",
    "shutdown.drain_ms, 20 s",
    "security.jwks.<scheme>.leeway_secs, 30 s",
    "security.spiffe.<scheme>.leeway_secs, 30 s",
    "security.jwks.<scheme>.cache_ttl_secs, 5 min",
    "security.jwks.<scheme>.stale_secs, 1 h",
    "security.jwks.<scheme>.refetch_secs, 30 s",
    "security.jwks.<scheme>.timeout_ms, 2 s",
    "security.jwks.<scheme>.max_token_bytes, 8 KiB",
    "security.jwks.<scheme>.max_kid_bytes, 256",
    "security.jwks.<scheme>.max_key_set_bytes, 256 KiB",
    "security.jwks.<scheme>.max_keys, 100",
    "security.spiffe.<scheme>.max_token_bytes, 8 KiB",
    "security.spiffe.<scheme>.max_kid_bytes, 256",
    "security.spiffe.<scheme>.max_key_set_bytes, 256 KiB",
    "security.spiffe.<scheme>.max_keys, 100",
    "security.introspection.<scheme>.max_token_bytes, 8 KiB",
    "security.remote_api_keys.<scheme>.max_key_bytes, 8 KiB",
  })
  void in_the_settings_and_on_the_page(String setting, String promised) throws IOException {
    ConfigKey<?> key =
        ServerConfig.reference().stream()
            .filter(each -> each.name().equals(setting))
            .findFirst()
            .orElseThrow();
    assertThat(shown(key)).isEqualTo(promised);
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| `" + setting + "` |"))
            .toList();
    assertThat(rows).singleElement().asString().contains(" | `" + promised + "` | ");
  }

  private static <T> String shown(ConfigKey<T> key) {
    return key.type().render(key.fallback());
  }

  /** Whoever starts the transport without a configuration is promised the same. */
  @Test
  void in_the_transport_itself() {
    TransportLimits limits = TransportLimits.defaults();
    assertThat(limits)
        .isEqualTo(
            new TransportLimits(
                8_192,
                16_384,
                100,
                8_192,
                1_024,
                limits.bufferedBytes(),
                16_384,
                10_000,
                100,
                200));
    assertThat(limits.bufferedBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    assertThat(TransportTimeouts.defaults())
        .isEqualTo(
            new TransportTimeouts(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(250)));
  }

  /** Whoever reads documents or verifies tokens without a configuration is promised the same. */
  @Test
  void of_documents_tokens_and_key_sets() {
    assertThat(LoadOptions.defaults().limits())
        .isEqualTo(new DocumentLimits(16 << 20, 256, 1_000, 1_000_000));
    assertThat(LoadOptions.defaults().files()).isEqualTo(1_000);
    assertThat(JoseLimits.DEFAULT).isEqualTo(new JoseLimits(8 * 1024, 256, 256 * 1024, 100));
    assertThat(JsonLimits.DEFAULT)
        .isEqualTo(new JsonLimits(128, 1 << 20, 1_024, 1_000, 250_000, 10_000, 1_000));
    assertThat(ClockSkew.DEFAULT).isEqualTo(Duration.ofSeconds(30));
  }
}
