package io.brrtrouter.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.stream.EventChannel;
import io.brrtrouter.server.stream.EventStream;
import io.brrtrouter.server.stream.StreamOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the {@code EventSource} of a real browser makes of events (HTML standard section 9.2). */
class EventsInBrowserTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Adoptions, version: "1"}
      paths:
        /adoptions:
          get:
            operationId: watch
            responses: {"200": {description: adoptions, content: {text/event-stream: {schema: {type: string}}}}}
      """;

  private static final String PAGE =
      """
      const lines = [];
      await new Promise(done => {
        const source = new EventSource('http://127.0.0.1:%d/adoptions');
        const told = event =>
            lines.push(event.type + ' ' + JSON.stringify(event.data) + ' ' + event.lastEventId);
        source.onopen = () => lines.push('open');
        source.onerror = () =>
            lines.push(source.readyState === EventSource.CONNECTING ? 'connects again' : 'failed');
        source.onmessage = told;
        source.addEventListener('adopted', told);
        source.addEventListener('last', event => { told(event); source.close(); done(); });
      });
      return lines.join('\\n');
      """;

  private static final int PATIENCE_SECONDS = 50;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch gone = new CountDownLatch(1);

  @TempDir private Path directory;

  @BeforeAll
  static void needs_a_browser() {
    Chromium.require();
  }

  private BrrtServer serve(Relay relay) throws Exception {
    return BrrtServer.builder()
        .document(Files.writeString(directory.resolve("api.yaml"), DOCUMENT))
        .config(ServerConfig.defaults().with(Map.of("port", "0", "cors.origins", "*")))
        .handler(
            "watch",
            request ->
                EventStream.respond(
                    request,
                    // Nothing is sent to the page that is left: its end alone has to be noticed.
                    StreamOptions.ENDLESS.withHeartbeat(
                        asked.isEmpty() ? Duration.ofMillis(20) : Duration.ZERO),
                    events -> produce(events, relay)))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private void produce(EventChannel events, Relay relay) throws Exception {
    asked.add(events.lastEventId().orElse("nothing"));
    if (asked.size() == 1) {
      events.send(Event.of("Rex").withRetry(Duration.ofMillis(1)));
      events.comment("nobody sees this");
      events.send(
          Event.of("Minka\n\n gr\u00fc\u00dft: \ud83d\udc08\n").withName("adopted").withId("7"));
      assertThat(relay.heartbeat().await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      events.send(Event.json(Map.of("pet", 8)).withName("adopted").withId("8"));
      return;
    }
    events.send(Event.of("").withName("adopted"));
    events.send(Event.of("Bello").withName("last").withId("9"));
    try {
      // The page has closed it, and the producer is interrupted.
      new CountDownLatch(1).await();
    } finally {
      gone.countDown();
    }
  }

  @Test
  void has_events_and_no_heartbeats_and_asks_for_what_came_after_the_last() throws Exception {
    String told;
    try (Relay relay = new Relay();
        BrrtServer server = serve(relay)) {
      relay.to(server.port());
      told = Chromium.run("localhost", 0, PAGE.formatted(relay.port()));

      assertThat(gone.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("the server notices that the page is not there any more")
          .isTrue();
    }

    assertThat(told)
        .isEqualTo(
            """
            open
            message "Rex"\s
            adopted "Minka\\n\\n gr\u00fc\u00dft: \ud83d\udc08\\n" 7
            adopted "{\\"pet\\":8}" 8
            connects again
            open
            adopted "" 8
            last "Bello" 9\
            """);
    assertThat(asked).containsExactly("nothing", "8");
  }
}
