package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
          Gateway.start(directory, document, Gateway.config(service.url(), "checked_bytes: 6"))) {
        assertThat(gateway.ask("GET", "/api/price")).contains("response-contract");
      }
      try (Gateway gateway =
          Gateway.start(directory, document, Gateway.config(service.url(), "checked_bytes: 5"))) {
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

  private static String chunked(String type, String... pieces) {
    StringBuilder answer =
        new StringBuilder(
            "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (String piece : pieces) {
      answer.append(Integer.toHexString(piece.length())).append("\r\n").append(piece);
      answer.append("\r\n");
    }
    return answer.append("0\r\n\r\n").toString();
  }

  private static String document(String content) {
    return Gateway.DOCUMENT.replace(
        "responses: { \"200\": { description: events } }",
        "responses: { \"200\": { description: events } }\n"
            + "  /price:\n"
            + "    get:\n"
            + "      operationId: price\n"
            + "      x-service: catalog\n"
            + "      x-brrtrouter-response-check: enforce\n"
            + "      responses: { default: { description: it, content: "
            + content
            + " } }");
  }

  /** No length is announced: it is known at the end whether it is judged. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          checked_bytes: 6      | application/json | \"fr|ee\" | 500
          checked_bytes: 5      | application/json | \"fr|ee\" | 200
          checked_bytes: 0      | application/json | \"fr|ee\" | 200
          checked_bytes: 1 MiB  | application/json | \"fr|ee\" | 500
          checked_bytes: 1 MiB  | application/json | 4|2     | 200
          checked_bytes: 1 MiB  | image/png        | fr|ee   | 200
          checked_bytes: 1 MiB  | text/plain       | fr|ee   | 200
          checked_bytes: 1 MiB  | application/jsonl| \"f\"|1  | 200
          """)
  void content_without_length_is_judged_where_all_of_it_is_small(
      String setting, String type, String first, String second, int status) throws Exception {
    String document =
        document(
            "{ application/json: { schema: { type: integer } }, image/png: {},"
                + " text/plain: { schema: { type: string, maxLength: 1 } },"
                + " application/jsonl: { schema: { type: array, maxItems: 0 } } }");
    try (RawService service = RawService.once(chunked(type, first, second));
        Gateway gateway =
            Gateway.start(directory, document, Gateway.config(service.url(), setting))) {
      String answer = gateway.ask("GET", "/api/price", "Connection: close");

      assertThat(Gateway.status(answer)).isEqualTo(status);
      if (status == 200) {
        assertThat(unchunked(answer)).isEqualTo(first + second);
      } else {
        assertThat(answer).contains("response-contract");
      }
    }
  }

  private static String unchunked(String answer) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(RawService.octets(Gateway.body(answer)));
    if (!RawService.field(answer, "Transfer-Encoding").equals("chunked")) {
      return Gateway.body(answer);
    }
    StringBuilder content = new StringBuilder();
    for (int size = -1; size != 0; RawService.line(in)) {
      size = Integer.parseInt(RawService.line(in), 16);
      content.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
    }
    return content.toString();
  }

  /** A part of a value is none, and nobody can judge it. */
  @Test
  void parts_are_not_judged() throws Exception {
    try (RawService service =
            RawService.once(
                "HTTP/1.1 206 Partial Content\r\nContent-Type: application/json\r\n"
                    + "Content-Range: bytes 0-1/6\r\nContent-Length: 2\r\n\r\n\"f");
        Gateway gateway =
            Gateway.start(
                directory,
                document("{ application/json: { schema: { type: string } } }"),
                Gateway.config(service.url()))) {
      String answer = gateway.ask("GET", "/api/price", "Range: bytes=0-1");

      assertThat(Gateway.status(answer)).isEqualTo(206);
      assertThat(Gateway.body(answer)).isEqualTo("\"f");
    }
  }
}
