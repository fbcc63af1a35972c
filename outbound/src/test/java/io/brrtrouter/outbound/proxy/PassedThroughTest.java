package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions, parts and codings are judged once, by the service or by the server. */
class PassedThroughTest {
  private static final String GET = "/api/items/7";
  private static final String COMPRESSING = "compression:\n  enabled: true\n  min_bytes: 1\n";

  @TempDir Path directory;

  private static String ok(String fields, String body) {
    return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** A service may have its reasons not to answer 304. */
  @Test
  void conditions_are_the_service_s_to_judge() throws IOException {
    try (RawService service = RawService.once(ok("ETag: \"a\"\r\n", "whole"));
        Gateway gateway = Gateway.of(directory, service)) {
      String answer = gateway.ask("GET", GET, "If-None-Match: \"a\"");

      assertThat(Gateway.status(answer)).isEqualTo(200);
      assertThat(Gateway.body(answer)).isEqualTo("whole");
      assertThat(RawService.field(answer, "ETag")).isEqualTo("\"a\"");
      assertThat(RawService.field(service.received.getLast().head(), "If-None-Match"))
          .isEqualTo("\"a\"");
      assertThat(Gateway.status(gateway.ask("GET", GET, "If-Match: \"b\""))).isEqualTo(200);
    }
  }

  @Test
  void parts_are_the_service_s_to_choose() throws IOException {
    try (RawService service =
            RawService.once(
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 1-3/9\r\n"
                    + "Content-Length: 3\r\n\r\nbcd");
        Gateway gateway = Gateway.of(directory, service)) {
      String answer = gateway.ask("GET", GET, "Range: bytes=1-3");

      assertThat(Gateway.status(answer)).isEqualTo(206);
      assertThat(Gateway.body(answer)).isEqualTo("bcd");
      assertThat(RawService.field(answer, "Content-Range")).isEqualTo("bytes 1-3/9");
    }
  }

  @Test
  void what_is_coded_is_not_coded_again() throws IOException {
    try (RawService service =
            RawService.once(
                ok("Content-Type: text/plain\r\nContent-Encoding: gzip\r\n", "not really"));
        Gateway gateway =
            Gateway.start(
                directory, Gateway.DOCUMENT, Gateway.config(service.url()) + COMPRESSING)) {
      String answer = gateway.ask("GET", GET, "Accept-Encoding: gzip");

      assertThat(answer).containsOnlyOnce("Content-Encoding: gzip");
      assertThat(Gateway.body(answer)).isEqualTo("not really");
    }
  }

  @Test
  void what_is_not_coded_may_be() throws IOException {
    try (RawService service =
            RawService.once(ok("Content-Type: text/plain\r\nETag: \"a\"\r\n", "a".repeat(500)));
        Gateway gateway =
            Gateway.start(
                directory, Gateway.DOCUMENT, Gateway.config(service.url()) + COMPRESSING)) {
      String answer =
          gateway.raw("GET /api/items/7 HTTP/1.0\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");

      assertThat(RawService.field(answer, "Content-Encoding")).isEqualTo("gzip");
      assertThat(RawService.field(answer, "ETag")).isEqualTo("W/\"a\"");
      byte[] coded = Gateway.body(answer).getBytes(StandardCharsets.ISO_8859_1);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(coded)).readAllBytes()).hasSize(500);
    }
  }

  @Test
  void a_body_that_is_collected_is_checked_and_one_that_is_not_is_not() throws IOException {
    String document =
        Gateway.DOCUMENT.replace(
            "responses: { \"200\": { description: events } }",
            "responses: { \"200\": { description: events } }\n"
                + "  /price:\n"
                + "    get:\n"
                + "      operationId: price\n"
                + "      x-service: catalog\n"
                + "      x-brrtrouter-response-check: enforce\n"
                + "      responses:\n"
                + "        \"200\":\n"
                + "          description: a price\n"
                + "          content: { application/json: { schema: { type: integer } } }");
    try (RawService service =
        RawService.once(ok("Content-Type: application/json\r\n", "\"free\""))) {
      try (Gateway gateway =
          Gateway.start(
              directory, document, Gateway.config(service.url(), "checked_bytes: 1KiB"))) {
        assertThat(gateway.ask("GET", "/api/price")).contains("response-contract");
      }
      try (Gateway gateway = Gateway.start(directory, document, Gateway.config(service.url()))) {
        assertThat(Gateway.body(gateway.ask("GET", "/api/price"))).isEqualTo("\"free\"");
      }
    }
    // A problem of ours is none of the service's, and no document has to declare it.
    try (RawService service = RawService.once("nonsense\r\n\r\n");
        Gateway gateway = Gateway.start(directory, document, Gateway.config(service.url()))) {
      assertThat(Gateway.status(gateway.ask("GET", "/api/price"))).isEqualTo(502);
    }
    // Status and media type are checked in any case.
    try (RawService service = RawService.once(ok("Content-Type: text/html\r\n", "<p>"));
        Gateway gateway = Gateway.start(directory, document, Gateway.config(service.url()))) {
      assertThat(gateway.ask("GET", "/api/price")).contains("response-contract");
    }
  }
}
