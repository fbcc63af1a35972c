package io.brrtrouter.otel;

import static io.brrtrouter.otel.TracedServer.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import io.brrtrouter.server.trace.TracingSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** When traces are sent, where to, and what becomes of requests when that fails. */
@Timeout(120)
class ExportTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Things, version: "7"}
      paths:
        /things:
          get:
            operationId: things
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  private static final Consumer<BrrtServer.Builder> CODE =
      builder -> builder.handler("things", _ -> HttpResponse.text(200, "all"));

  @Test
  void what_is_not_sent_yet_is_sent_when_the_server_stops() {
    try (TracedServer traced =
        new TracedServer(DOCUMENT, Map.of("OTEL_BSP_SCHEDULE_DELAY", "3600000"), CODE)) {
      String id = id(traced.get("/things"));
      assertThat(traced.receiver.spans()).isEmpty();
      traced.server.close();
      assertThat(traced.receiver.serverSpan(id).name()).isEqualTo("GET /things");
    }
  }

  @Test
  void a_collector_that_refuses_fails_no_request_and_is_reported_once() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.brrtrouter.otel");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    // 400 is not tried again, so each batch fails at once.
    try (TracedServer traced = new TracedServer(DOCUMENT, Map.of(), CODE)) {
      traced.receiver.answer(400);
      int before = 0;
      for (int batch = 0; batch < 3; batch++) {
        assertThat(traced.get("/things").statusCode()).isEqualTo(200);
        while (traced.receiver.refused() == before) {
          Thread.onSpinWait();
        }
        before = traced.receiver.refused();
      }
      traced.receiver.answer(200);
      traced.receiver.serverSpan(id(traced.get("/things")));
      traced.server.close();
    } finally {
      logger.detachAppender(log);
    }
    List<String> said =
        List.copyOf(log.list).stream()
            .filter(event -> event.getLevel().levelInt >= ch.qos.logback.classic.Level.INFO_INT)
            .map(event -> event.getFormattedMessage().replaceAll(", \\d+ spans.*| again.*", ""))
            .toList();
    assertThat(said).containsExactly("traces do not get through", "traces get through");
  }

  @Test
  void a_collector_that_says_nothing_keeps_no_server_from_stopping() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TracedServer traced =
            new TracedServer(
                DOCUMENT,
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    "OTEL_EXPORTER_OTLP_TIMEOUT",
                    "3600000"),
                CODE)) {
      assertThat(traced.get("/things").statusCode()).isEqualTo(200);
      traced.server.close(); // Within the time of the test.
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                                                            | false",
        "OTEL_SERVICE_NAME=a                                                         | false",
        "OTEL_EXPORTER_OTLP_ENDPOINT=                                                | false",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1                              | true",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:1                       | true",
        "OTEL_TRACES_EXPORTER=otlp                                                   | true",
        "OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1    | false",
        "OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1       | false",
      })
  void traces_are_sent_where_the_environment_asks_for_it(String variables, boolean sent) {
    Map<String, String> environment = new java.util.HashMap<>();
    for (String variable : variables == null ? new String[0] : variables.split(" ")) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    var tracing =
        new OtelSource().open(new TracingSource.Settings(environment, "things", "7", List.of()));
    assertThat(tracing.isPresent()).isEqualTo(sent);
    tracing.ifPresent(opened -> {
      try (opened) {
        assertThat(opened).isInstanceOf(OtelTracing.class);
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
    });
  }

  @Test
  void without_variables_nothing_is_kept_open() {
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TracedServer.file(DOCUMENT))
            .config(
                ServerConfig.read(Optional.empty(), Map.of("OTEL_SERVICE_NAME", "a"), Map.of()));
    CODE.accept(builder);
    Set<Thread> before = senders();
    try (BrrtServer _ = builder.startInProcess()) {
      assertThat(before).containsAll(senders());
    }
  }

  private static Set<Thread> senders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("BatchSpanProcessor"))
        .collect(Collectors.toSet());
  }

  @Test
  void what_the_environment_asks_for_in_vain_is_said_at_the_start() {
    assertThatThrownBy(() ->
            new TracedServer(DOCUMENT, Map.of("OTEL_TRACES_EXPORTER", "carrier_pigeon"), CODE))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("requests cannot be recorded in traces: ")
        .hasMessageContaining("carrier_pigeon")
        .hasMessageEndingWith("; correct the variable, or set tracing.enabled to false");
  }

  @Test
  void the_environment_names_the_service() {
    try (TracedServer traced =
        new TracedServer(
            DOCUMENT,
            Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.name=shop,deployment.environment.name=t"),
            CODE)) {
      assertThat(traced.receiver.serverSpan(id(traced.get("/things"))).resource())
          .containsEntry("service.name", "shop")
          .containsEntry("deployment.environment.name", "t");
    }
  }

  @Test
  void a_sampler_of_the_environment_decides() {
    try (TracedServer traced =
        new TracedServer(DOCUMENT, Map.of("OTEL_TRACES_SAMPLER", "always_off"), CODE)) {
      traced.get("/things");
      traced.server.close();
      assertThat(traced.receiver.spans()).isEmpty();
    }
  }
}
