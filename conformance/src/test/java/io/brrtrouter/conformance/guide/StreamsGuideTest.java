package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.server.decode.ItemReader;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.stream.Broadcaster;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.stream.EventStream;
import io.brrtrouter.server.stream.JsonStream;
import io.brrtrouter.server.stream.PartStream;
import io.brrtrouter.server.stream.StreamOptions;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestStream;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/streams.md")
@Timeout(60)
class StreamsGuideTest {
  @TempDir private Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private Path document;
  private BrrtServer.Builder server;

  record Reading(String sensor, double value) {}

  @BeforeEach
  void begin() throws Exception {
    document =
        Files.writeString(
            directory.resolve("shelter.yaml"), Pages.blocks("docs/streams.md", "yaml").getFirst());
    server =
        BrrtServer.builder()
            .document(document)
            .mock(true)
            .config(ServerConfig.defaults().with(Map.of("port", "0", "responses.check", "enforce")))
            .output(new PrintStream(OutputStream.nullOutputStream()));
  }

  private String get(BrrtServer started, String path, String accept) throws Exception {
    return http.send(
            HttpRequest.newBuilder(uri(started, path)).header("Accept", accept).build(),
            java.net.http.HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private String post(BrrtServer started, String path, String type, String body) throws Exception {
    return http.send(
            HttpRequest.newBuilder(uri(started, path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            java.net.http.HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static URI uri(BrrtServer started, String path) {
    return URI.create("http://localhost:" + started.port() + path);
  }

  @Test
  void its_document_has_no_finding() {
    Loaded loaded = OpenApiLoader.load(document, LoadOptions.defaults());

    assertThat(loaded.findings()).isEmpty();
    assertThat(Linter.lint(loaded)).noneMatch(found -> found.rule().contains("effect"));
  }

  @Test
  void json_values_are_sent_and_read() throws Exception {
    List<Reading> readings = List.of(new Reading("door", 1), new Reading("roof", 2.5));
    server.handler(
        "list_readings",
        request ->
            JsonStream.respond(
                request,
                "application/jsonl",
                items -> {
                  for (Reading reading : readings) {
                    items.send(reading);
                  }
                }));
    server.handler(
        "add_readings",
        request -> {
          ItemReader items = request.items();
          double sum = 0;
          for (Optional<Reading> next = items.next(Reading.class);
              next.isPresent();
              next = items.next(Reading.class)) {
            sum += next.get().value();
          }
          return HttpResponse.text(200, items.number() + " readings, " + sum);
        });
    try (BrrtServer started = server.start()) {
      String lines = get(started, "/readings", "application/jsonl");
      assertThat(lines)
          .isEqualTo("{\"sensor\":\"door\",\"value\":1.0}\n{\"sensor\":\"roof\",\"value\":2.5}\n");
      assertThat(post(started, "/readings", "application/jsonl", lines))
          .isEqualTo("2 readings, 3.5");
      assertThat(post(started, "/readings", "application/jsonl", lines + "{}\n"))
          .contains("\"item\":{\"number\":3,\"offset\":60,\"line\":3}");
    }
  }

  @Test
  void parts_are_sent_and_read() throws Exception {
    List<byte[]> photos = List.of(new byte[3], new byte[4]);
    server.handler(
        "list_photos",
        request ->
            PartStream.respond(
                request,
                "multipart/mixed",
                parts -> {
                  parts.send(Part.json(List.of("Rex", "Ida")));
                  for (byte[] photo : photos) {
                    parts.send(Part.of("image/png", photo));
                  }
                }));
    server.handler(
        "add_photos",
        request -> {
          ItemReader items = request.items();
          long length = 0;
          while (items.next().isPresent()) {
            length += items.part().orElseThrow().length();
          }
          return HttpResponse.text(200, length + " octets");
        });
    try (BrrtServer started = server.start()) {
      assertThat(get(started, "/photos", "multipart/mixed"))
          .contains("application/json\r\n\r\n[\"Rex\",\"Ida\"]\r\n--")
          .endsWith("--\r\n");
      String part = "--b\r\nContent-Type: image/png\r\n\r\nx\r\n";
      assertThat(post(started, "/photos", "multipart/mixed; boundary=b", part + part + "--b--"))
          .isEqualTo("2 octets");
      String wrong = part.replace("png", "gif");
      assertThat(post(started, "/photos", "multipart/mixed; boundary=b", wrong + "--b--"))
          .contains("must be image/png");
    }
  }

  private static List<String> since(String last) {
    return last.isEmpty() ? List.of("Rex", "Ida") : List.of("Ida");
  }

  @Test
  void events_are_sent() throws Exception {
    server.handler(
        "watch_adoptions",
        request ->
            EventStream.respond(
                request,
                StreamOptions.ENDLESS.withLifetime(Duration.ofHours(1)),
                events -> {
                  String last = events.lastEventId().orElse("");
                  for (String pet : since(last)) {
                    events.send(Event.json(Map.of("pet", pet)).withName("adopted").withId(pet));
                  }
                }));
    try (BrrtServer started = server.start()) {
      assertThat(get(started, "/adoptions", "text/event-stream"))
          .isEqualTo(
              "id: Rex\nevent: adopted\ndata: {\"pet\":\"Rex\"}\n\n"
                  + "id: Ida\nevent: adopted\ndata: {\"pet\":\"Ida\"}\n\n");
    }
  }

  @Test
  void a_broadcaster_sends_to_all() throws Exception {
    Broadcaster adoptions = Broadcaster.of(1_000);
    server.handler("watch_adoptions", adoptions::subscribe);
    Map<String, String> adoption = Map.of("pet", "Rex");
    try (BrrtServer started = server.start();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    uri(started, "/adoptions").toURL().openStream(), StandardCharsets.UTF_8))) {
      while (adoptions.subscribers() == 0) {
        Thread.onSpinWait();
      }
      adoptions.publish(Event.json(adoption).withName("adopted").withId("7"));
      assertThat(lines.readLine()).isEqualTo("id: 7");
      adoptions.close();
    }
  }

  @Test
  void tests_read_streams() {
    Broadcaster published = Broadcaster.of(1_000);
    server.handler("watch_adoptions", published::subscribe);
    try (BrrtServer started = server.start()) {
      for (BrrtClient speed :
          List.of(BrrtClient.inProcess(started), BrrtClient.at(URI.create(started.url())))) {
        try (BrrtClient client = speed) {
          try (TestStream adoptions = client.get("/adoptions").stream().expect(200)) {
            published.publish(Event.json(Map.of("pet", "Rex")).withName("adopted"));
            assertThat(adoptions.nextJson().path("pet").asString()).isEqualTo("Rex");
          }
        }
      }
    }
  }
}
