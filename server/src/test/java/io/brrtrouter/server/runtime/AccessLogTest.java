package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.brrtrouter.server.dispatch.Exchange;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.log.AccessLog;
import io.brrtrouter.server.log.SensitiveNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The line of each request, and which request a line belongs to. */
class AccessLogTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: t, version: "1"}
      paths:
        /pets/{id}:
          get:
            operationId: getPet
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            responses: {"200": {description: ok}}
        /resets/{resetToken}:
          get:
            operationId: reset
            parameters: [{name: resetToken, in: path, required: true, schema: {type: string}}]
            responses: {"200": {description: ok}}
      """;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);

  @BeforeEach
  void listens() {
    lines.list = new CopyOnWriteArrayList<>(); // other tests log there too
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leaves() {
    logger.detachAppender(lines);
  }

  private static TestServer server(String... settings) {
    return TestServer.of(
        DOCUMENT,
        builder ->
            builder
                .config(TestServer.config(settings))
                .handler("getPet", _ -> HttpResponse.of(200))
                .handler("reset", _ -> HttpResponse.of(200)));
  }

  /** {@return level, message and fields of the lines of a request, without its duration} */
  private List<String> of(String request) {
    return lines.list.stream()
        .filter(line -> request.equals(fields(line).get("request_id")))
        .map(line -> {
          Map<String, Object> fields = fields(line);
          assertThat((double) fields.remove("duration_ms")).isNotNegative();
          return line.getLevel() + " " + line.getFormattedMessage() + " " + fields;
        })
        .toList();
  }

  private static Map<String, Object> fields(ILoggingEvent line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    line.getKeyValuePairs().forEach(pair -> fields.put(pair.key, pair.value));
    return fields;
  }

  @Test
  void a_request_has_one_line_without_its_query() {
    server()
        .getFrom(
            "192.0.2.7",
            "/pets/42?key=hidden",
            "X-Request-ID",
            "access-1",
            "traceparent",
            "00-" + TRACE + "-" + SPAN + "-01",
            "User-Agent",
            "tests");

    assertThat(of("access-1"))
        .containsExactly(
            "INFO GET /pets/42 200 {request_id=access-1, trace_id="
                + TRACE
                + ", span_id="
                + SPAN
                + ", operation=getPet, route=/pets/{id}, method=GET, path=/pets/42, status=200,"
                + " bytes=0, client=192.0.2.7}");
  }

  @Test
  void query_and_agent_are_told_where_that_is_asked_for() {
    server("log.access_fields", "query, user_agent")
        .get("/pets/42?page=2&q=k3y=1", "X-Request-ID", "access-2", "User-Agent", "tests/1");

    assertThat(of("access-2"))
        .containsExactly(
            "INFO GET /pets/42 200 {request_id=access-2, operation=getPet, route=/pets/{id},"
                + " method=GET, path=/pets/42, status=200, bytes=0, client=client, query=page=***&q=***,"
                + " user_agent=tests/1}");
  }

  @Test
  void what_no_operation_answers_has_a_line_too() {
    server().get("/nowhere", "X-Request-ID", "access-3");

    assertThat(of("access-3"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("INFO GET /nowhere 404 {request_id=access-3, method=GET, path=/nowhere");
  }

  @Test
  void endpoints_that_machines_ask_are_no_news() {
    server().get("/health", "X-Request-ID", "access-4");

    assertThat(of("access-4")).hasSize(1).first().asString().startsWith("DEBUG GET /health 200 ");
  }

  @Test
  void a_secret_in_a_path_is_not_logged() {
    server().get("/resets/0xfeed", "X-Request-ID", "access-5");

    assertThat(of("access-5")).hasSize(1).first().asString().doesNotContain("0xfeed");
  }

  @Test
  void a_secret_in_a_path_is_not_logged_where_no_operation_answers() {
    server().ask("DELETE", "/resets/0xfeed", "", "X-Request-ID", "access-8");

    assertThat(of("access-8"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("INFO DELETE /resets/*** 405 {")
        .doesNotContain("0xfeed");
  }

  @Test
  void who_wants_none_has_none() {
    server("log.access", "false").get("/pets/1", "X-Request-ID", "access-6");

    assertThat(of("access-6")).isEmpty();
  }

  @Test
  void filters_handlers_and_writers_work_for_an_exchange() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    Filter filter =
        (exchange, next) -> {
          seen.add("filter " + current());
          return next.proceed(exchange);
        };
    try (BrrtServer server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config())
            .output(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()))
            .filter(filter)
            .handler(
                "getPet",
                _ -> {
                  seen.add("handler " + current());
                  return new HttpResponse(
                      200,
                      Headers.of("Content-Type", "text/plain"),
                      new Body.Streamed(
                          sink -> {
                            seen.add("writer " + current());
                            sink.write("a".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                          },
                          Body.Streamed.UNKNOWN_LENGTH));
                })
            .handler("reset", _ -> HttpResponse.of(200))
            .start()) {
      Wire.ask(
          server.port(),
          "GET /pets/1 HTTP/1.1\r\nHost: a\r\nX-Request-ID: mine\r\nConnection: close\r\n\r\n");
    }

    assertThat(seen)
        .containsExactly("filter mine getPet", "handler mine getPet", "writer mine getPet");
    assertThat(current()).isEqualTo("none");
  }

  private static String current() {
    return Exchange.ifCurrent()
        .map(exchange -> exchange.requestId() + " " + exchange.operationName())
        .orElse("none");
  }

  @Test
  void a_level_that_there_is_none_of_is_told_with_its_place(@TempDir Path directory)
      throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("config.yaml"), "log:\n  levels:\n    io.brrtrouter.access: loud\n");

    assertThatThrownBy(() -> ServerConfig.read(Optional.of(file), Map.of(), Map.of()))
        .hasMessageContaining(
            "config.yaml:3:27: error[config-value]: log.levels.\"io.brrtrouter.access\" cannot be"
                + " \"loud\"; it takes: off, error, warn, info, debug or trace");
  }

  @Test
  void levels_need_somebody_who_takes_them() {
    assertThat(TestServer.config("log.levels.root", "debug").warnings())
        .singleElement()
        .asString()
        .contains("log.levels is not taken")
        .contains("add the dependency io.brrtrouter:brrtrouter-logging");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-api-key",
        "X_API_KEY",
        "apiKey",
        "Authorization",
        "Set-Cookie",
        "cookie",
        "db.password",
        "client_secret",
        "client-secret",
        "access_token",
        "id_token",
        "refreshToken",
        "proxy-authorization",
        "secretKey",
        "private_key",
        "sessionId"
      })
  void names_say_that_a_value_is_a_secret(String name) {
    assertThat(SensitiveNames.DEFAULT.has(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "path", "max_tokens", "author", "status", "tokenizer", ""})
  void names_say_that_a_value_is_none(String name) {
    assertThat(SensitiveNames.DEFAULT.has(name)).isFalse();
  }
}
