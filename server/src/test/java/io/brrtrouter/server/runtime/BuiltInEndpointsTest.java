package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInEndpointsTest {
  private static final ServedDocument DOCUMENT =
      new ServedDocument(
          "Cats & <Dogs>",
          bytes("openapi: 3.2.0\n"),
          bytes("{\"openapi\":\"3.2.0\"}"),
          bytes("{}"));

  private final AtomicReference<Readiness> readiness = new AtomicReference<>(Readiness.STARTING);
  private Map<String, Endpoint> endpoints = endpoints(ServerConfig.defaults());

  private Map<String, Endpoint> endpoints(ServerConfig config) {
    return BuiltInEndpoints.of(
        config.endpoints(),
        new ReadyEndpoint(readiness::get),
        _ -> new Endpoint.Later(() -> HttpResponse.text(200, "up 1\n")),
        new RecentDecisions(InstantSource.system()),
        new ReloadHistory(),
        DOCUMENT);
  }

  private static Lazy<byte[]> bytes(String text) {
    return Lazy.made(text.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse get(String path, String... headers) {
    return switch (answer(path, headers)) {
      case Endpoint.Now(HttpResponse response) -> response;
      case Endpoint.Later(Supplier<HttpResponse> work) -> work.get();
    };
  }

  private Endpoint.Answer answer(String path, String... headers) {
    return endpoints
        .get(path)
        .answer(
            new HttpRequest(
                Method.GET,
                path,
                "HTTP/1.1",
                Headers.of(headers),
                Peer.of(InetSocketAddress.createUnresolved("client", 1))));
  }

  private static String text(HttpResponse response) {
    return response.body() instanceof Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  @Test
  void the_document_is_written_for_the_first_who_asks_and_not_on_an_event_loop() {
    AtomicInteger written = new AtomicInteger();
    ServedDocument document =
        new ServedDocument(
            "Cats",
            bytes(""),
            new Lazy<>(() -> {
              written.incrementAndGet();
              return "{}".getBytes(StandardCharsets.UTF_8);
            }),
            bytes("{}"));
    endpoints =
        BuiltInEndpoints.of(
            ServerConfig.defaults().endpoints(),
            new ReadyEndpoint(readiness::get),
            _ -> new Endpoint.Now(HttpResponse.of(204)),
            new RecentDecisions(InstantSource.system()),
            new ReloadHistory(),
            document);

    assertThat(answer("/openapi.json")).isInstanceOf(Endpoint.Later.class);
    assertThat(written).hasValue(0);
    assertThat(text(get("/openapi.json"))).isEqualTo("{}");
    assertThat(text(get("/openapi.json"))).isEqualTo("{}");
    assertThat(answer("/openapi.json")).isInstanceOf(Endpoint.Now.class);
    assertThat(written).hasValue(1);
  }

  @Test
  void they_are_where_the_configuration_says() {
    assertThat(endpoints)
        .containsOnlyKeys(
            "/health",
            "/ready",
            "/metrics",
            "/openapi.yaml",
            "/openapi.json",
            "/docs",
            "/docs/",
            "/docs/openapi.json",
            "/docs/initializer.js",
            "/docs/swagger-ui.css",
            "/docs/index.css",
            "/docs/swagger-ui-bundle.js",
            "/docs/favicon-32x32.png");
    ServerConfig other =
        ServerConfig.defaults()
            .with("endpoints.health", "/internal/health")
            .with("endpoints.ready", "off")
            .with("endpoints.metrics", "off")
            .with("endpoints.openapi_yaml", "off")
            .with("endpoints.openapi_json", "off")
            .with("endpoints.docs", "off");
    assertThat(endpoints(other)).containsOnlyKeys("/internal/health");
  }

  @Nested
  class Health {
    @Test
    void is_ok_while_the_process_lives() {
      HttpResponse response = get("/health");
      assertThat(response.status()).isEqualTo(200);
      assertThat(text(response)).isEqualTo("{\"status\":\"ok\"}");
      assertThat(response.headers())
          .isEqualTo(Headers.of("Content-Type", "application/json", "Cache-Control", "no-store"));
    }
  }

  @Nested
  class Readiness_follows_the_server {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            STARTING | 503 | {"status":"not_ready","reason":"starting"}
            READY    | 200 | {"status":"ready"}
            DRAINING | 503 | {"status":"not_ready","reason":"draining"}
            """)
    void through_its_life(Readiness now, int status, String body) {
      readiness.set(now);
      HttpResponse response = get("/ready");
      assertThat(response.status()).isEqualTo(status);
      assertThat(text(response)).isEqualTo(body);
      assertThat(response.headers().get("Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void metrics_are_never_cached() {
    HttpResponse response = get("/metrics");
    assertThat(text(response)).isEqualTo("up 1\n");
    assertThat(response.headers().get("Cache-Control")).isEqualTo("no-store");
  }

  /** What takes milliseconds would stop every connection of an event loop. */
  @Nested
  class An_event_loop {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/health",
          "/ready",
          "/openapi.yaml",
          "/openapi.json",
          "/docs",
          "/docs/initializer.js"
        })
    void answers_what_is_in_memory(String path) {
      assertThat(answer(path)).isInstanceOf(Endpoint.Now.class);
    }

    @Test
    void leaves_metrics_to_a_thread() {
      assertThat(answer("/metrics")).isInstanceOf(Endpoint.Later.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/docs/swagger-ui.css",
          "/docs/index.css",
          "/docs/swagger-ui-bundle.js",
          "/docs/favicon-32x32.png"
        })
    void leaves_reading_a_file_of_the_library_to_a_thread_once(String path) {
      assertThat(answer(path)).isInstanceOf(Endpoint.Later.class);
      HttpResponse read = get(path);
      assertThat(answer(path)).isEqualTo(new Endpoint.Now(read));
    }
  }

  @Nested
  class The_document {
    @ParameterizedTest
    @CsvSource({
      "/openapi.yaml, application/yaml, 'openapi: 3.2.0\n'",
      "/openapi.json, application/json, '{\"openapi\":\"3.2.0\"}'",
      "/docs/openapi.json, application/json, '{}'"
    })
    void is_served(String path, String mediaType, String content) {
      HttpResponse response = get(path);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers().get("Content-Type")).isEqualTo(mediaType);
      assertThat(text(response)).isEqualTo(content);
    }

    @Test
    void is_not_sent_to_who_has_it() {
      HttpResponse first = get("/openapi.yaml");
      String tag = first.headers().get("ETag");
      assertThat(tag).matches("\"[0-9a-f]{24}\"");
      HttpResponse again = get("/openapi.yaml", "If-None-Match", tag);
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.headers()).isEqualTo(Headers.of("ETag", tag, "Cache-Control", "no-cache"));
      assertThat(again.body()).isEqualTo(Body.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"x\", %s", "W/%s", " %s "})
    void is_recognized_in_every_form_of_the_field(String form) {
      String tag = get("/openapi.json").headers().get("ETag");
      String field = form.formatted(tag);
      assertThat(get("/openapi.json", "If-None-Match", field).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "", "%s-"})
    void is_sent_to_who_has_another(String form) {
      String field = form.formatted(get("/openapi.json").headers().get("ETag"));
      assertThat(get("/openapi.json", "If-None-Match", field).status()).isEqualTo(200);
    }
  }

  @Nested
  class The_documentation {
    @Test
    void is_a_page_that_loads_only_what_is_served_beside_it() {
      String html = text(get("/docs"));
      Matcher link = Pattern.compile("(?:href|src|data-document)=\"([^\"]*)\"").matcher(html);
      assertThat(link.results().map(found -> found.group(1)))
          .hasSizeGreaterThan(5)
          .allSatisfy(path -> assertThat(endpoints).containsKey(path));
      assertThat(html).doesNotContain("<script>").doesNotContain("<style").doesNotContain("@");
    }

    @Test
    void is_the_same_with_a_slash_at_the_end() {
      assertThat(text(get("/docs/"))).isEqualTo(text(get("/docs")));
    }

    @Test
    void has_the_name_of_the_api_as_title() {
      assertThat(text(get("/docs"))).contains("<title>Cats &amp; &lt;Dogs&gt;</title>");
    }

    @Test
    void allows_nothing_from_elsewhere_and_nothing_inline() {
      Headers headers = get("/docs").headers();
      assertThat(headers.get("Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(headers.get("Content-Security-Policy"))
          .isEqualTo(
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                  + " 'none'");
    }

    @ParameterizedTest
    @CsvSource({
      "/docs/swagger-ui.css, text/css; charset=utf-8, 'public, max-age=86400'",
      "/docs/index.css, text/css; charset=utf-8, 'public, max-age=86400'",
      "/docs/swagger-ui-bundle.js, text/javascript; charset=utf-8, 'public, max-age=86400'",
      "/docs/initializer.js, text/javascript; charset=utf-8, no-cache",
      "/docs/favicon-32x32.png, image/png, 'public, max-age=86400'"
    })
    void has_files_of_the_right_type(String path, String mediaType, String cacheControl) {
      HttpResponse response = get(path);
      assertThat(response.headers().get("Content-Type")).isEqualTo(mediaType);
      assertThat(response.headers().get("Cache-Control")).isEqualTo(cacheControl);
      assertThat(((Body.Bytes) response.body()).bytes()).hasSizeGreaterThan(100);
      String tag = response.headers().get("ETag");
      assertThat(get(path, "If-None-Match", tag).status()).isEqualTo(304);
    }

    @Test
    void may_be_moved() {
      endpoints = endpoints(ServerConfig.defaults().with("endpoints.docs", "/api/ui"));
      assertThat(text(get("/api/ui"))).contains("src=\"/api/ui/initializer.js\"");
      assertThat(endpoints).doesNotContainKey("/docs");
    }
  }
}
