package io.brrtrouter.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines as they come out, by way of a logger. */
class LinesTest {
  private static final String SECRET = "Zq8xW3vKp0LmT7";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final QueuedAppender appender = new QueuedAppender();

  private Logger logger(LineEncoder encoder) {
    encoder.setContext(context);
    encoder.start();
    context.setMDCAdapter(new ch.qos.logback.classic.util.LogbackMDCAdapter());
    appender.setContext(context);
    appender.setStream(out);
    appender.setEncoder(encoder);
    appender.start();
    Logger logger = context.getLogger("shop.Orders");
    logger.setLevel(Level.TRACE);
    logger.addAppender(appender);
    return logger;
  }

  @AfterEach
  void ends() {
    appender.stop();
  }

  private String text() {
    appender.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  private JsonNode line() {
    assertThat(text()).endsWith("}\n");
    assertThat(text().lines()).hasSize(1);
    return JSON.readTree(text());
  }

  @Test
  void a_line_of_json_has_all_its_members() {
    JsonLineEncoder encoder = new JsonLineEncoder();
    encoder.setService("shop");
    logger(encoder)
        .atInfo()
        .addKeyValue("count", 3)
        .addKeyValue("ratio", 0.5)
        .addKeyValue("new", true)
        .addKeyValue("nothing", (Object) null)
        .addKeyValue("name", "a \"b\"")
        .log("{} orders", 3);

    JsonNode line = line();
    assertThat(line.path("timestamp").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(
            line.toString()
                .replaceFirst("\"timestamp\":\"[^\"]*\",", "")
                .replaceFirst("\"thread\":\"[^\"]*\",", ""))
        .isEqualTo(
            "{\"level\":\"INFO\",\"logger\":\"shop.Orders\",\"message\":\"3 orders\","
                + "\"service\":\"shop\",\"count\":3,\"ratio\":0.5,\"new\":true,\"nothing\":\"null\","
                + "\"name\":\"a \\\"b\\\"\"}");
  }

  @Test
  void a_field_takes_no_member_of_the_line_and_none_comes_twice() {
    logger(new JsonLineEncoder())
        .atInfo()
        .addKeyValue("level", "x")
        .addKeyValue("a", 1)
        .addKeyValue("a", 2)
        .log("m");

    JsonNode line = line();
    assertThat(line.path("level").asString()).isEqualTo("INFO");
    assertThat(line.path("field.level").asString()).isEqualTo("x");
    assertThat(line.path("a").asInt()).isEqualTo(1);
  }

  @Test
  void a_failure_is_one_text_with_its_causes() {
    Exception failure = new IllegalStateException("outer", new IllegalArgumentException("in\nner"));
    failure.addSuppressed(new RuntimeException("beside"));
    logger(new JsonLineEncoder()).error("failed", failure);

    assertThat(line().path("exception").asString())
        .startsWith("java.lang.IllegalStateException: outer\n\tat io.brrtrouter.logging.LinesTest")
        .contains("\nCaused by: java.lang.IllegalArgumentException: in\\nner")
        .contains("\n\tSuppressed: java.lang.RuntimeException: beside");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "console"})
  void what_somebody_sends_begins_no_line_and_moves_no_cursor(String format) {
    String evil = "a\nERROR b\r\u001b[2Jc\u2028d\u202ee\u0085f\u0000\ud800";
    logger(format.equals("json") ? new JsonLineEncoder() : new ConsoleLineEncoder())
        .atInfo()
        .addKeyValue("x\ny", evil)
        .addKeyValue(evil, 1)
        .log("{}", evil);

    assertThat(text().lines()).hasSize(1);
    assertThat(text().stripTrailing().chars().filter(c -> c < ' ' || c == 0x85 || c == 0x202e))
        .isEmpty();
  }

  @Test
  void people_read_time_level_message_and_fields() {
    logger(new ConsoleLineEncoder())
        .atWarn()
        .addKeyValue("path", "/a")
        .addKeyValue("who", "a b")
        .log("late");

    assertThat(text())
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Orders - late path=/a who=\"a b\"\n");
  }

  @Test
  void only_who_asks_gets_colours() {
    ConsoleLineEncoder encoder = new ConsoleLineEncoder();
    encoder.setColoured(true);
    logger(encoder).atWarn().addKeyValue("a", 1).log("late");

    assertThat(text()).contains("\u001b[33mWARN\u001b[0m  ", "\u001b[2m a=1\u001b[0m\n");
  }

  /** Whichever way it comes. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "console"})
  void no_secret_passes_by_any_way(String format) {
    LineEncoder encoder = format.equals("json") ? new JsonLineEncoder() : new ConsoleLineEncoder();
    encoder.setRedact("x-tenant-key, pin");
    Logger logger = logger(encoder);
    logger.info("password={}", SECRET);
    logger.info("password = \"{}\" and {}", SECRET + " " + SECRET, "more");
    logger.info("headers {}", Map.of("X-Api-Key", List.of(SECRET)));
    logger.info("sent {}", "Bearer " + SECRET);
    logger.atInfo().addKeyValue("client-secret", SECRET + "\n" + SECRET).log("key value");
    logger.atInfo().addKeyValue("x-api-key=" + SECRET, 1).log("name");
    logger.atInfo().addKeyValue("X_Tenant_Key", SECRET).addKeyValue("pin", 1234567).log("added");
    logger.atInfo().addKeyValue("all", new Object[] {"token=" + SECRET}).log("array");
    logger.error(
        "failed",
        new IllegalStateException(
            "{\"password\":\"" + SECRET + "\"}", new Exception("api_key=" + SECRET)));
    Exception suppressed = new Exception("a");
    suppressed.addSuppressed(new Exception("Cookie: id=" + SECRET));
    logger.error("failed", suppressed);
    context.getMDCAdapter().put("session_id", SECRET);
    context.getMDCAdapter().put("note", "jdbc://u:" + SECRET + "@h");
    logger.info("context");
    context.getMDCAdapter().clear();
    Thread named = new Thread(() -> logger.info("thread"), "token=" + SECRET);
    named.start();
    join(named);

    assertThat(text()).doesNotContain(SECRET).doesNotContain("1234567").contains("thread", "note");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void who_has_no_text_keeps_no_line_from_being_written() {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("none");
          }
        };
    logger(new JsonLineEncoder()).atInfo().addKeyValue("it", broken).log("m");

    assertThat(line().path("it").asString()).contains("has no text");
  }

  @Test
  void sampling_leaves_warnings_alone() {
    appender.setSampling("1/3, shop.audit=all, noisy=error-only");
    Logger logger = logger(new ConsoleLineEncoder());
    for (int i = 0; i < 7; i++) {
      logger.info("i{}", i);
      logger.warn("w{}", i);
    }
    assertThat(text().lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
        .containsExactly("i0", "w0", "w1", "w2", "i3", "w3", "w4", "w5", "i6", "w6");
    Sampling sampling = Sampling.of("1/3, shop.audit=all, noisy=error-only");
    assertThat(sampling.keeps("noisy.one", Level.INFO)).isFalse();
    assertThat(sampling.keeps("noisy.one", Level.ERROR)).isTrue();
    for (int i = 0; i < 9; i++) {
      assertThat(sampling.keeps("shop.audit.x", Level.DEBUG)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1/0", "0", "NaN", "some", "a=", "1/3,"})
  void a_sampling_that_is_none_is_refused(String text) {
    assertThatThrownBy(() -> Sampling.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it takes: all, error-only, or 1/N");
  }

  @Test
  void what_is_wrong_with_the_environment_is_told_and_the_usual_is_done() {
    LogSettings settings =
        LogSettings.of(
            Map.of(
                "LOG_FORMAT", "xml",
                "LOG_LEVEL", "loud",
                "LOG_SAMPLING", "half",
                "LOG_QUEUE", "1",
                "LOKI_URL", "http//u:" + SECRET + "@h"),
            true);

    assertThat(settings.json()).isFalse();
    assertThat(settings.level()).isEqualTo("INFO");
    assertThat(settings.mistakes())
        .hasSize(5)
        .anyMatch(each -> each.startsWith("LOG_FORMAT cannot be \"xml\"; it takes: console, json"))
        .noneMatch(each -> each.contains(SECRET));
    assertThat(LogSettings.of(Map.of("LOG_FORMAT", "JSON", "LOG_LEVEL", "debug"), true))
        .matches(LogSettings::json)
        .matches(each -> each.level().equals("DEBUG"));
  }

  /** Of the backend's own context: the tests of this class have others. */
  @Test
  void a_level_is_taken_back_when_it_is_not_configured_any_more() {
    LogbackBackend backend = new LogbackBackend();
    Logger logger = (Logger) org.slf4j.LoggerFactory.getLogger("levels.of.a.test");
    backend.setLevels(Map.of("levels.of.a.test", io.brrtrouter.server.log.LogLevel.TRACE));
    assertThat(logger.getLevel()).isEqualTo(Level.TRACE);
    backend.setLevels(Map.of("levels.of.a.test", io.brrtrouter.server.log.LogLevel.OFF));
    assertThat(logger.getLevel()).isEqualTo(Level.OFF);
    backend.setLevels(Map.of());
    assertThat(logger.getLevel()).isNull();
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }
}
