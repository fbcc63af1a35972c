package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.decode.ItemReader;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table in {@code docs/streams.md}, over sockets. */
@Timeout(60)
@DisplayName("docs/streams.md: items of requests")
class ItemFramingTest {
  private static final Map<String, String> TYPES =
      Map.of(
          "lines", "application/jsonl",
          "sequence", "application/json-seq",
          "parts", "multipart/mixed; boundary=b");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (lines|sequence|parts) \\| (.*) \\| (.*) \\|$");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(x..|.)");

  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Items, version: "1"}
      paths:
        /streamed:
          post:
            operationId: streamed
            x-brrtrouter-stream-body: true
            requestBody: &body
              required: true
              content:
                application/jsonl: &items
                  itemSchema: {type: [integer, object], properties: {n: {type: integer}}}
                application/json-seq: *items
                multipart/mixed: *items
            responses: {"200": {description: ok, content: {application/json: {}}}}
        /collected:
          post:
            operationId: collected
            requestBody: *body
            responses: {"200": {description: ok, content: {application/json: {}}}}
      """;

  private static BrrtServer server;

  /**
   * A row of the table.
   *
   * @param type a name of a media type
   * @param sent the body, with escapes
   * @param read what becomes of it
   */
  record Row(String type, String sent, String read) {
    String octets() {
      if (sent.equals("*nothing*")) {
        return "";
      }
      return ESCAPE
          .matcher(sent.substring(1, sent.length() - 1))
          .replaceAll(escape -> Matcher.quoteReplacement(octet(escape.group(1))));
    }

    private static String octet(String escape) {
      return switch (escape.charAt(0)) {
        case 'n' -> "\n";
        case 'r' -> "\r";
        case 't' -> "\t";
        default -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
      };
    }
  }

  static List<Row> rows() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("brrt.root", ".."), "docs", "streams.md"));
    return ROW.matcher(page)
        .results()
        .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
        .toList();
  }

  static Stream<Row> eachRow() throws IOException {
    List<Row> rows = rows();
    assertThat(rows).hasSizeGreaterThan(30);
    return rows.stream();
  }

  @BeforeAll
  static void start() {
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config())
            .handler("streamed", ItemFramingTest::read)
            .handler("collected", ItemFramingTest::read)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse read(Request request) throws IOException {
    ItemReader items = request.items();
    List<JsonNode> all = new ArrayList<>();
    for (Optional<JsonNode> item = items.next(); item.isPresent(); item = items.next()) {
      all.add(item.get());
    }
    assertThat(items.number()).isEqualTo(all.size());
    assertThat(items.next()).isEmpty();
    return HttpResponse.json(200, all);
  }

  @ParameterizedTest
  @MethodSource("eachRow")
  void is_what_the_row_says(Row row) throws Exception {
    JsonNode streamed = answer("/streamed", row);
    JsonNode collected = answer("/collected", row);

    assertThat(told(streamed, true)).isEqualTo(row.read());
    assertThat(told(collected, false)).isEqualTo(told(streamed, false));
  }

  private static JsonNode answer(String path, Row row) throws IOException {
    try (KeptConnection connection = new KeptConnection(server)) {
      String body = row.octets();
      connection.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: a\r\nContent-Type: "
              + TYPES.get(row.type())
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return JsonMapper.shared()
          .readTree(connection.read().content().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** {@return what becomes of a body, in the words of the page} */
  private static String told(JsonNode answer, boolean place) {
    if (answer.isArray()) {
      return "`" + answer + "`";
    }
    StringBuilder told = new StringBuilder("**").append(answer.path("status").intValue());
    told.append("**");
    JsonNode item = answer.path("item");
    if (place && item.isObject()) {
      told.append(" item ").append(item.path("number")).append(" at octet ");
      told.append(item.path("offset"));
      told.append(item.has("line") ? ", line " + item.path("line") : "").append(':');
    }
    JsonNode error = answer.path("errors").path(0);
    told.append(' ');
    return error.isObject()
        ? told.append(error.path("keyword").stringValue())
            .append(" at `")
            .append(error.path("pointer").stringValue())
            .append("`: ")
            .append(error.path("message").stringValue())
            .toString()
        : told.append(answer.path("detail").stringValue()).toString();
  }
}
