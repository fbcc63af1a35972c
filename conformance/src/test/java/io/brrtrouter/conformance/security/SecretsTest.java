package io.brrtrouter.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Judgement;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Every kind of secret, right and wrong, goes through a server whose loggers say all they can; none
 * of them is in anything that comes out.
 */
class SecretsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Secrets, version: "1"}
      paths:
        /header:
          get: {operationId: header, security: [{header: []}], responses: {"204": {description: ok}}}
        /query:
          get: {operationId: query, security: [{query: []}], responses: {"204": {description: ok}}}
        /cookie:
          post: {operationId: cookie, security: [{cookie: []}], responses: {"204": {description: ok}}}
        /token:
          get: {operationId: token, security: [{token: [read]}], responses: {"204": {description: ok}}}
        /broken:
          get: {operationId: broken, security: [{header: []}], responses: {"204": {description: ok}}}
        /body:
          post:
            operationId: body
            requestBody:
              content: {application/json: {schema: {type: object, properties: {password: {type: string, maxLength: 3}}}}}
            responses: {"204": {description: ok}}
      components:
        securitySchemes:
          header: {type: apiKey, in: header, name: X-Key}
          query: {type: apiKey, in: query, name: key}
          cookie: {type: apiKey, in: cookie, name: session}
          token: {type: http, scheme: bearer}
      """;

  private static final String KEY = "right-key-8361b0c1f0";
  private static final String WRONG_KEY = "wrong-key-51d0a7be22";
  private static final String HMAC =
      Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              "an hmac secret of exactly 64 octets, which is enough for HS512 ...."
                  .getBytes(StandardCharsets.UTF_8));
  private static final String TOKEN_SIGNATURE = "c2lnbmF0dXJlLW9mLWEtdGVzdC1mb3ItbG9ncw";
  private static final String TOKEN =
      base64("{\"alg\":\"HS256\"}") + "." + base64("{\"sub\":\"a\"}") + "." + TOKEN_SIGNATURE;
  private static final String PASSWORD = "a-password-in-a-body-77";

  private static final List<String> SECRETS =
      List.of(KEY, WRONG_KEY, HMAC, TOKEN, TOKEN_SIGNATURE, PASSWORD);

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender = new Keeping();
  private Level before = Level.INFO;

  private final class Keeping extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      IThrowableProxy thrown = event.getThrowableProxy();
      logged.add(
          event.getFormattedMessage()
              + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
    }
  }

  /** Keeps whatever a listener can print of what it is told. */
  private final class Printing implements ExchangeListener {
    @Override
    public void completed(CompletedExchange exchange) {
      told.add(exchange.template() + exchange.requestId() + exchange.status());
    }

    @Override
    public void judged(Judgement judgement) {
      told.add(judgement.decision() + " " + judgement.findings());
    }
  }

  @TempDir Path directory;

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeEach
  void listen() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    before = root.getLevel();
    root.setLevel(Level.TRACE);
    appender.start();
    root.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender(appender);
    root.setLevel(before);
  }

  private ServerConfig config() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            port: 0
            endpoints: {security_decisions: /why}
            security:
              api_keys:
                header: {key: %1$s}
                query: {key: %1$s}
                cookie: {keys: {me: {key: %1$s}}}
              jwks:
                token: {hmac_secret: %2$s, iss: me, aud: you}
            """
                .formatted(KEY, HMAC));
    return ServerConfig.read(Optional.of(file), Map.of(), Map.of());
  }

  @Test
  void are_in_nothing_that_comes_out() throws Exception {
    ServerConfig config = config();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> answers = new ArrayList<>();
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(Files.writeString(directory.resolve("api.yaml"), DOCUMENT))
            .config(config)
            .listener(new Printing())
            .output(new PrintStream(said, true, StandardCharsets.UTF_8));
    for (String operation : List.of("header", "query", "cookie", "token", "body")) {
      builder.handler(
          operation,
          request -> {
            told.add(request.principal().map(Principal::toString).orElse(""));
            return io.brrtrouter.server.http.HttpResponse.of(204);
          });
    }
    builder.handler(
        "broken",
        _ -> {
          throw new IllegalStateException("thrown by a test");
        });
    try (BrrtServer server = builder.start();
        HttpClient http = HttpClient.newHttpClient()) {
      for (HttpRequest request : requests(server.url())) {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        answers.add(response.statusCode() + " " + response.headers().map() + response.body());
      }
    }

    assertThat(answers.stream().map(answer -> answer.substring(0, 3)).toList())
        .containsExactly(
            "204", "401", "204", "401", "204", "401", "401", "401", "500", "400", "404", "200",
            "200");
    assertThat(logged).as("the log").anyMatch(line -> line.contains("is not let in"));
    assertThat(told).as("listeners").anyMatch(line -> line.contains("the key is not known"));
    assertThat(said.toString(StandardCharsets.UTF_8)).as("a start").contains("secured by header");
    String settings = config.settings() + " " + config.security();
    for (String secret : SECRETS) {
      assertThat(logged).as("the log").noneMatch(line -> line.contains(secret));
      assertThat(told).as("listeners").noneMatch(line -> line.contains(secret));
      assertThat(answers).as("answers, metrics and decisions").noneMatch(a -> a.contains(secret));
      assertThat(said.toString(StandardCharsets.UTF_8)).as("a start").doesNotContain(secret);
      assertThat(settings).as("settings").doesNotContain(secret);
    }
  }

  private static List<HttpRequest> requests(String url) {
    return List.of(
        get(url + "/header").header("X-Key", KEY).build(),
        get(url + "/header").header("X-Key", WRONG_KEY).build(),
        get(url + "/query?key=" + KEY).build(),
        get(url + "/query?key=" + WRONG_KEY).build(),
        post(url + "/cookie", "").header("Cookie", "session=" + KEY).build(),
        post(url + "/cookie", "").header("Cookie", "session=" + WRONG_KEY).build(),
        get(url + "/token").header("Authorization", "Bearer " + TOKEN).build(),
        get(url + "/token").header("Authorization", "Bearer " + WRONG_KEY + " " + KEY).build(),
        get(url + "/broken").header("X-Key", KEY).build(),
        post(url + "/body", "{\"password\":\"" + PASSWORD + "\"}")
            .header("Content-Type", "application/json")
            .build(),
        get(url + "/nowhere?key=" + KEY).header("X-Key", KEY).build(),
        get(url + "/metrics").build(),
        get(url + "/why").build());
  }

  private static HttpRequest.Builder get(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  private static HttpRequest.Builder post(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
