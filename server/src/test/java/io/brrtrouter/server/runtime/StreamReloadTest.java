package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.stream.Broadcaster;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.stream.EventStream;
import io.brrtrouter.server.stream.StreamOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are open when a file changes. */
@Timeout(120)
class StreamReloadTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: News, version: "1"}
      paths:
        /events:
          get:
            operationId: watch
            responses:
              "200":
                description: ok
                content:
                  text/event-stream:
                    itemSchema: {type: object, properties: {data: {type: string, maxLength: 5}}}
      """;

  @TempDir Path directory;

  private final BlockingQueue<String> source = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();

  private WatchedServer serve(String configuration) {
    WatchedServer.write(directory.resolve("api.yaml"), DOCUMENT);
    WatchedServer.write(
        directory.resolve("config.yaml"),
        "responses: {check: enforce}\nallow_breaking: true\n" + configuration);
    return WatchedServer.of(
        directory,
        builder ->
            builder.handler(
                "watch",
                request ->
                    EventStream.respond(
                        request,
                        StreamOptions.ENDLESS.withHeartbeat(Duration.ZERO),
                        events -> {
                          while (true) {
                            events.send(Event.of(source.take()));
                          }
                        })));
  }

  private WatchedServer serve(Broadcaster broadcaster) {
    WatchedServer.write(directory.resolve("api.yaml"), DOCUMENT);
    WatchedServer.write(
        directory.resolve("config.yaml"), "responses: {check: enforce}\nallow_breaking: true\n");
    return WatchedServer.of(directory, builder -> builder.handler("watch", broadcaster::subscribe));
  }

  private static void awaitSubscribers(Broadcaster broadcaster, int count) {
    while (broadcaster.subscribers() != count) {
      Thread.onSpinWait();
    }
  }

  private BufferedReader events(WatchedServer server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.server().url() + "/events")).build();
    return new BufferedReader(
        new InputStreamReader(
            client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  private static void relax(WatchedServer server) {
    server.change("api.yaml", DOCUMENT.replace("maxLength: 5", "maxLength: 50")).awaitGeneration(2);
  }

  @Test
  void one_that_goes_on_does_so_with_the_document_it_began_with() throws Exception {
    try (WatchedServer server = serve("");
        BufferedReader old = events(server)) {
      source.add("short");
      assertThat(old.readLine()).isEqualTo("data: short");
      relax(server);
      source.add("longer");
      assertThatThrownBy(() -> old.lines().toList())
          .as("cut off")
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void one_that_ends_lets_its_client_have_the_new_document() throws Exception {
    try (WatchedServer server = serve("http: {streams_on_reload: end}\n")) {
      try (BufferedReader old = events(server)) {
        source.add("short");
        assertThat(old.readLine()).isEqualTo("data: short");
        relax(server);
        assertThat(old.lines()).as("nothing else, and it ends well").containsExactly("");
      }
      try (BufferedReader again = events(server)) {
        source.add("longer");
        assertThat(again.readLine()).isEqualTo("data: longer");
      }
    }
  }

  @Test
  void what_becomes_of_them_may_change_together_with_the_document() throws Exception {
    try (WatchedServer server = serve("");
        BufferedReader old = events(server)) {
      source.add("short");
      assertThat(old.readLine()).isEqualTo("data: short");
      server.change("config.yaml", "http: {streams_on_reload: end}\n").awaitGeneration(2);
      assertThat(old.lines()).containsExactly("");
    }
  }

  @Test
  void one_of_a_replaced_document_that_refuses_what_is_published_ends_and_refuses_nobody_else()
      throws Exception {
    Broadcaster broadcaster = Broadcaster.of(0);
    try (WatchedServer server = serve(broadcaster);
        BufferedReader old = events(server)) {
      awaitSubscribers(broadcaster, 1);
      assertThatThrownBy(() -> broadcaster.publish(Event.of("longer")))
          .as("by the document that serves")
          .isInstanceOf(IllegalArgumentException.class);
      relax(server);
      try (BufferedReader recent = events(server)) {
        awaitSubscribers(broadcaster, 2);
        assertThat(broadcaster.publish(Event.of("short"))).isEqualTo(2);
        assertThat(broadcaster.publish(Event.of("longer"))).isEqualTo(1);

        assertThat(old.lines()).as("it ends well").containsExactly("data: short", "");
        assertThat(recent.readLine()).isEqualTo("data: short");
        assertThat(recent.readLine()).isEmpty();
        assertThat(recent.readLine()).isEqualTo("data: longer");
      }
    }
  }
}
