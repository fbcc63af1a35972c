package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.security.jose.CompactJws;
import io.brrtrouter.security.jose.KeySet;
import io.brrtrouter.server.auth.ClockSkew;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.decode.DecodedParameters;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.transport.TransportLimits;
import io.brrtrouter.server.transport.TransportTimeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    "shutdown.drain_ms, 20 s",
    "security.jwks.<scheme>.leeway_secs, 30 s",
    "security.spiffe.<scheme>.leeway_secs, 30 s",
    "security.jwks.<scheme>.cache_ttl_secs, 5 min",
    "security.jwks.<scheme>.stale_secs, 1 h",
    "security.jwks.<scheme>.refetch_secs, 30 s",
    "security.jwks.<scheme>.timeout_ms, 2 s",
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
                8_192, 16_384, 100, 8_192, 1_024, limits.bufferedBytes(), 16_384, 10_000, 100));
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

  @Test
  void of_documents_tokens_and_key_sets_which_no_setting_changes() {
    assertThat(DocumentLimits.DEFAULT)
        .isEqualTo(new DocumentLimits(16 << 20, 256, 1_000, 1_000_000));
    assertThat(CompactJws.MAX_LENGTH).isEqualTo(8 * 1024);
    assertThat(KeySet.MAX_OCTETS).isEqualTo(256 * 1024);
    assertThat(KeySet.MAX_KEYS).isEqualTo(100);
    assertThat(ClockSkew.DEFAULT).isEqualTo(Duration.ofSeconds(30));
  }

  /** The table of the page names what no setting changes. */
  @Test
  void those_that_are_fixed_are_on_the_page() throws IOException {
    DocumentLimits document = LoadOptions.defaults().limits();
    List<String> fixed =
        List.of(
            "size of a file of a document | " + (document.bytes() >> 20) + " MiB",
            "size of all files of a document together | " + (document.together() >> 20) + " MiB",
            "depth of a file of a document | " + document.depth(),
            "aliases in a file of a document | " + number(document.aliases()),
            "values in a file of a document, aliases expanded | " + number(document.nodes()),
            "files of a document | " + number(LoadOptions.defaults().files()),
            "violations in a problem | " + DecodedParameters.MAX_VIOLATIONS,
            "decimal exponent of a number that is computed with | "
                + number(JsonInput.MAX_EXPONENT),
            "streams that are reset on an HTTP/2 connection | "
                + TransportLimits.STREAM_RESETS
                + " in "
                + TransportLimits.RESET_SECONDS
                + " s",
            "a token (JWT) | " + (CompactJws.MAX_LENGTH >> 10) + " KiB",
            "the id of a key (`kid`) in a token | " + CompactJws.MAX_KID + " octets",
            "a key set (JWKS) | " + (KeySet.MAX_OCTETS >> 10) + " KiB",
            "keys in a key set | " + KeySet.MAX_KEYS);

    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.equals("## Limits that are fixed"))
            .dropWhile(line -> !line.startsWith("|---"))
            .skip(1)
            .takeWhile(line -> line.startsWith("| "))
            .toList();

    assertThat(rows)
        .hasSameSizeAs(fixed)
        .zipSatisfy(fixed, (row, start) -> assertThat(row).startsWith("| " + start + " | "));
    assertThat(fixed)
        .containsExactly(
            "size of a file of a document | 16 MiB",
            "size of all files of a document together | 64 MiB",
            "depth of a file of a document | 256",
            "aliases in a file of a document | 1,000",
            "values in a file of a document, aliases expanded | 1,000,000",
            "files of a document | 1,000",
            "violations in a problem | 50",
            "decimal exponent of a number that is computed with | 1,000",
            "streams that are reset on an HTTP/2 connection | 200 in 30 s",
            "a token (JWT) | 8 KiB",
            "the id of a key (`kid`) in a token | 256 octets",
            "a key set (JWKS) | 256 KiB",
            "keys in a key set | 100");
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
