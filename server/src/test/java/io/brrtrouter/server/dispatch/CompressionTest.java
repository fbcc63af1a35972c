package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Compression, version: "1"}
      paths:
        /it:
          get: {operationId: it, responses: {default: {description: any}}}
      """;
  private static final String LONG = "{\"a\":\"" + "a".repeat(1_000) + "\"}";

  private static TestServer server(HttpResponse response, String... settings) {
    return TestServer.of(
        DOCUMENT,
        builder -> {
          String[] all = new String[settings.length + 4];
          all[0] = "compression.enabled";
          all[1] = "true";
          all[2] = "compression.codings";
          all[3] = "gzip";
          System.arraycopy(settings, 0, all, 4, settings.length);
          builder.config(TestServer.config(all)).handler("it", _ -> response);
        });
  }

  private static String coding(HttpResponse response) {
    return response.headers().first("Content-Encoding").orElse("-")
        + " "
        + response.headers().first("Vary").orElse("-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                 | gzip Accept-Encoding
          deflate, GZIP;q=0.1  | gzip Accept-Encoding
          br, *                | gzip Accept-Encoding
          x-gzip               | gzip Accept-Encoding
          gzip;q=0             | - Accept-Encoding
          gzip;q=0.000, *      | - Accept-Encoding
          gzip ; q= 0          | - Accept-Encoding
          gzip;a=b;q=0         | - Accept-Encoding
          gzip;q=abc           | - Accept-Encoding
          gzip;q=0.0001        | - Accept-Encoding
          gzip ; Q=0.001       | gzip Accept-Encoding
          gzip;q=1.000         | gzip Accept-Encoding
          *;q=0                | - Accept-Encoding
          br                   | - Accept-Encoding
          identity             | - Accept-Encoding
          """)
  void is_what_the_client_accepts(String accepted, String coding) {
    HttpResponse response =
        server(HttpResponse.bytes(200, "application/json", LONG.getBytes(StandardCharsets.UTF_8)))
            .get("/it", "Accept-Encoding", accepted);
    assertThat(coding(response)).isEqualTo(coding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | text/html; charset=utf-8      | gzip Accept-Encoding
          201 | application/vnd.a+json        | gzip Accept-Encoding
          200 | image/svg+xml                 | gzip Accept-Encoding
          200 | application/jsonl             | gzip Accept-Encoding
          200 | application/geo+json-seq      | gzip Accept-Encoding
          200 | application/wasm              | gzip Accept-Encoding
          200 | text/event-stream             | - -
          200 | image/png                     | - -
          200 | application/octet-stream      | - -
          202 | application/json              | - -
          206 | application/json              | - -
          404 | application/problem+json      | - -
          """)
  void is_for_whole_successes_of_text(int status, String type, String coding) {
    HttpResponse response =
        server(HttpResponse.bytes(status, type, LONG.getBytes(StandardCharsets.UTF_8)))
            .get("/it", "Accept-Encoding", "gzip");
    assertThat(coding(response)).isEqualTo(coding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Encoding | br              | br -
          Content-Range    | bytes 0-1/2     | - -
          Cache-Control    | no-transform    | - -
          Content-Digest   | sha-256=:YQ==:  | - -
          Repr-Digest      | sha-256=:YQ==:  | - -
          Vary             | X-Accept-Encoding | gzip X-Accept-Encoding, Accept-Encoding
          Vary             | Origin          | gzip Origin, Accept-Encoding
          Vary             | accept-encoding | gzip accept-encoding
          Vary             | *               | gzip *
          """)
  void leaves_to_handlers_what_they_say(String name, String value, String coding) {
    HttpResponse response =
        server(
                HttpResponse.bytes(200, "text/plain", LONG.getBytes(StandardCharsets.UTF_8))
                    .withHeader(name, value))
            .get("/it", "Accept-Encoding", "gzip");
    assertThat(coding(response)).isEqualTo(coding);
  }

  @Test
  void gives_back_what_was_sent() throws IOException {
    HttpResponse response =
        server(
                HttpResponse.bytes(200, "application/json", LONG.getBytes(StandardCharsets.UTF_8))
                    .withHeader("ETag", "\"1\""))
            .get("/it", "Accept-Encoding", "gzip");
    byte[] coded = ((Body.Bytes) response.body()).bytes();
    assertThat(coded.length).isLessThan(100);
    assertThat(response.headers().first("ETag")).hasValue("W/\"1\"");
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(coded))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LONG);
    }
  }

  @Test
  void spares_what_is_short_or_would_grow() {
    assertThat(
            coding(
                server(HttpResponse.text(200, "x".repeat(255)))
                    .get("/it", "Accept-Encoding", "gzip")))
        .isEqualTo("- -");
    assertThat(
            coding(
                server(HttpResponse.text(200, "short"), "compression.min_bytes", "1")
                    .get("/it", "Accept-Encoding", "gzip")))
        .isEqualTo("- Accept-Encoding");
    assertThat(
            coding(
                server(HttpResponse.text(200, "short"), "compression.min_bytes", "1")
                    .get("/it", "Accept-Encoding", "gzip, identity;q=0")))
        .as("what is longer, to who does not take it as it is")
        .isEqualTo("gzip Accept-Encoding");
  }

  @Test
  void is_off_unless_configured() {
    TestServer server =
        TestServer.of(
            DOCUMENT, builder -> builder.handler("it", _ -> HttpResponse.text(200, LONG)));
    assertThat(coding(server.get("/it", "Accept-Encoding", "gzip"))).isEqualTo("- -");
  }
}
