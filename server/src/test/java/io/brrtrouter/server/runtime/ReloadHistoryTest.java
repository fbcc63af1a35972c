package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The feed of what became of changed files. */
@Timeout(120)
class ReloadHistoryTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      paths:
        /goods:
          get: {operationId: goods, responses: {"204": {description: ok}}}
      """;

  private static final String MORE =
      "  /more:\n    get: {operationId: more, responses: {\"204\": {description: ok}}}\n";

  private static final String FEED = "endpoints: {reloads: /reloads}\n";

  @TempDir Path directory;

  @BeforeEach
  void writes_a_document() {
    WatchedServer.write(directory.resolve("api.yaml"), DOCUMENT);
    WatchedServer.write(directory.resolve("config.yaml"), FEED);
  }

  /** Three changes: one that is taken, one that would break clients, and that one taken back. */
  private void change(WatchedServer server) {
    server.change("api.yaml", DOCUMENT + MORE).awaitGeneration(2);
    server.change("api.yaml", DOCUMENT).awaitRefusal();
    server.change("api.yaml", DOCUMENT + MORE).await(ready -> !ready.has("refused"));
  }

  @Test
  void has_every_change_with_what_it_brought() {
    try (WatchedServer server = WatchedServer.of(directory)) {
      change(server);

      HttpResponse<String> answer = server.get("/reloads");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("Vary")).contains("Accept");
      JsonNode told = JsonMapper.shared().readTree(answer.body());
      String file = directory.resolve("api.yaml").toString();
      assertThat(told.size()).isEqualTo(4);
      assertThat(lines(told))
          .containsExactly("4 restored 2", "3 refused 2", "2 serves 2", "1 serves 1");
      assertThat(told.at("/2/changes").stringValue()).isEqualTo("1 compatible change");
      assertThat(told.at("/2/details/0").stringValue())
          .startsWith(file + ":7:10: compatible[operation-added]: GET /more");
      assertThat(told.at("/1/breaking/0").stringValue())
          .startsWith(file + ":")
          .contains(": breaking[operation-removed]: GET /more");
      assertThat(told.at("/3").size()).isEqualTo(4);
    }
  }

  private static List<String> lines(JsonNode told) {
    List<String> lines = new ArrayList<>();
    told.forEach(each ->
        lines.add(
            each.path("number").asString()
                + " "
                + each.path("outcome").asString()
                + " "
                + each.path("generation").asString()));
    return lines;
  }

  private static void refuse(WatchedServer server) {
    server
        .server()
        .refuse(
            List.of(
                new Finding(
                    "not-compiled",
                    Severity.ERROR,
                    new SourceLocation("Main.java", 7, 2),
                    "';' expected",
                    "")));
  }

  /** That code does not compile only who compiles it knows. */
  @Test
  void has_code_that_is_not_taken() {
    try (WatchedServer server = WatchedServer.of(directory)) {
      refuse(server);

      JsonNode told = JsonMapper.shared().readTree(server.get("/reloads").body());
      assertThat(lines(told)).containsExactly("2 refused 1", "1 serves 1");
      assertThat(told.at("/0/findings/0").stringValue())
          .isEqualTo("Main.java:7:2: error[not-compiled]: ';' expected");
    }
  }

  /** Files that are as they were say nothing of code, and files that are taken do not either. */
  @Test
  void tells_code_that_is_not_taken_from_files_that_are_not() {
    try (WatchedServer server = WatchedServer.of(directory)) {
      refuse(server);
      server.server().reload();
      assertThat(server.ready().path("refused").toString()).contains("';' expected");

      server.change("api.yaml", DOCUMENT + MORE).awaitGeneration(2);
      assertThat(server.ready().path("refused").toString()).contains("';' expected");

      server.change("api.yaml", DOCUMENT).await(ready -> ready.path("refused").has("breaking"));
      assertThat(server.ready().path("refused").toString()).contains("';' expected");
      server
          .change("api.yaml", DOCUMENT + MORE)
          .await(ready -> !ready.path("refused").has("breaking"));
      assertThat(server.ready().path("refused").toString()).contains("';' expected");

      assertThat(server.server().keepsCode(Set.of(directory.resolve("api.yaml")))).isFalse();
      assertThat(server.server().keepsCode(Set.of())).isTrue();
      assertThat(server.ready().has("refused")).isFalse();
      JsonNode told = JsonMapper.shared().readTree(server.get("/reloads").body());
      assertThat(lines(told))
          .containsExactly(
              "6 restored 2",
              "5 restored 2",
              "4 refused 2",
              "3 serves 2",
              "2 refused 1",
              "1 serves 1");
    }
  }

  @Test
  void is_seen_while_it_happens() throws Exception {
    WatchedServer.write(
        directory.resolve("config.yaml"), FEED + "http: {streams_on_reload: end}\n");
    try (WatchedServer server = WatchedServer.of(directory);
        BufferedReader feed = feed(server, Map.of())) {
      change(server);

      assertThat(List.of(event(feed), event(feed), event(feed)))
          .extracting(event -> number(event) + " " + event.get("event"))
          .containsExactly("2 serves", "3 refused", "4 restored");
    }
  }

  @Test
  void is_taken_up_where_it_was_left() throws Exception {
    try (WatchedServer server = WatchedServer.of(directory)) {
      String last;
      try (BufferedReader feed = feed(server, Map.of())) {
        change(server);
        last = event(feed).get("id");
      }

      try (BufferedReader feed = feed(server, Map.of("Last-Event-ID", last))) {
        Map<String, String> refused = event(feed);
        assertThat(number(refused)).isEqualTo("3");
        assertThat(refused).containsEntry("event", "refused");
        assertThat(JsonMapper.shared().readTree(refused.get("data")))
            .isEqualTo(JsonMapper.shared().readTree(server.get("/reloads").body()).get(1));
        assertThat(number(event(feed))).isEqualTo("4");
      }
      try (BufferedReader feed = feed(server, Map.of("Last-Event-ID", "of-another-process-4"))) {
        assertThat(number(event(feed))).as("all there is").isEqualTo("1");
      }
    }
  }

  private static String number(Map<String, String> event) {
    String id = event.get("id");
    return id.substring(id.lastIndexOf('-') + 1);
  }

  /** It lasts, and counts as every response that does. */
  @Test
  void is_one_of_the_streams_that_there_may_be() throws Exception {
    WatchedServer.write(directory.resolve("config.yaml"), FEED + "http: {max_streams: 1}\n");
    try (WatchedServer server = WatchedServer.of(directory)) {
      try (BufferedReader feed = feed(server, Map.of())) {
        assertThat(server.get("/reloads", "Accept", "text/event-stream").statusCode())
            .isEqualTo(503);
        assertThat(server.get("/reloads").statusCode()).isEqualTo(200);
        server.change("api.yaml", DOCUMENT + MORE).awaitGeneration(2);
        assertThat(number(event(feed))).isEqualTo("2");
      }
      server.awaitMetrics(
          text -> text.lines().anyMatch("brrtrouter_streams_in_flight 0.0"::equals));
    }
  }

  @Test
  void ends_with_the_server() throws Exception {
    BufferedReader feed;
    try (WatchedServer server = WatchedServer.of(directory)) {
      feed = feed(server, Map.of());
    }
    assertThat(feed.readLine()).isNull();
  }

  @Test
  void keeps_the_last_hundred() {
    try (WatchedServer server = WatchedServer.of(directory)) {
      for (int i = 0; i < 2 * ReloadHistory.MOST; i++) {
        server
            .server()
            .replaceHandler("goods", _ -> io.brrtrouter.server.http.HttpResponse.of(204));
      }
      JsonNode told = JsonMapper.shared().readTree(server.get("/reloads").body());
      assertThat(told.size()).isEqualTo(ReloadHistory.MOST);
      assertThat(told.at("/0/number").intValue()).isEqualTo(1 + 2 * ReloadHistory.MOST);
    }
  }

  @Test
  void is_not_there_unless_somebody_wants_it() {
    WatchedServer.write(directory.resolve("config.yaml"), "");
    try (WatchedServer server = WatchedServer.of(directory)) {
      assertThat(server.get("/reloads").statusCode()).isEqualTo(404);
    }
  }

  private static BufferedReader feed(WatchedServer server, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.server().url() + "/reloads"))
            .header("Accept", "text/event-stream");
    headers.forEach(request::header);
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  /** {@return the fields of the next event} */
  private static Map<String, String> event(BufferedReader feed) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line = feed.readLine(); line != null; line = feed.readLine()) {
      if (line.isEmpty() && fields.containsKey("data")) {
        return fields;
      }
      int colon = line.indexOf(": ");
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    throw new IOException("the feed has ended");
  }
}
