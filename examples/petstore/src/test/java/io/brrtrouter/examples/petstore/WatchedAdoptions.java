package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who watches adoptions, over sockets. */
@Timeout(60)
abstract class WatchedAdoptions {
  private final TestDatabase database;
  private final HttpClient http = HttpClient.newHttpClient();

  WatchedAdoptions(TestDatabase database) {
    this.database = database;
  }

  @AfterEach
  void close() throws Exception {
    http.shutdownNow();
    database.close();
  }

  /** Somebody who watches. Has begun to when it is made. */
  private final class Watcher implements AutoCloseable {
    private final Stream<String> lines;
    private final Iterator<String> rest;

    Watcher(LiveShop shop, String... fields) throws IOException, InterruptedException {
      HttpRequest.Builder request = HttpRequest.newBuilder(shop.uri("http", "/adoptions/feed"));
      if (fields.length > 0) {
        request.headers(fields);
      }
      HttpResponse<Stream<String>> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
      lines = response.body();
      rest = lines.iterator();
    }

    /** {@return the lines of the next event} */
    List<String> next() {
      List<String> event = new ArrayList<>();
      for (String line = rest.next(); !line.isEmpty() || event.isEmpty(); line = rest.next()) {
        if (!line.isEmpty() && !line.startsWith(":")) {
          event.add(line);
        }
      }
      return event;
    }

    /** {@return which pet the next event is about} */
    long pet() {
      return data(next()).path("pet").asLong();
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  private static JsonNode data(List<String> event) {
    return new JsonMapper()
        .readTree(
            event.stream()
                .filter(line -> line.startsWith("data: "))
                .findFirst()
                .orElseThrow()
                .substring("data: ".length()));
  }

  private static long adopted(LiveShop shop) {
    return Long.parseLong(Given.adopted(shop.client()).substring("/pets/".length()));
  }

  @Test
  void is_told_what_is_adopted_and_nothing_of_who_adopts() throws Exception {
    try (LiveShop shop = new LiveShop(database);
        Watcher watcher = new Watcher(shop)) {
      awaitWatching(shop, watcher);
      long pet = adopted(shop);

      List<String> event = watcher.next();

      assertThat(event).contains("event: adoption", "id: 2");
      JsonNode data = data(event);
      assertThat(data.propertyNames()).containsExactly("pet", "name", "species", "at");
      assertThat(data.path("pet").asLong()).isEqualTo(pet);
      assertThat(data.path("name").asString()).isEqualTo("Waldi");
      assertThat(data.path("species").asString()).isEqualTo("dog");
    }
  }

  /** The head of a response may be there before the server has the client among its subscribers. */
  private void awaitWatching(LiveShop shop, Watcher watcher) {
    long first = adopted(shop);
    assertThat(watcher.pet()).isEqualTo(first);
  }

  @Test
  void gets_from_the_database_what_was_missed_while_there_was_no_server() throws Exception {
    List<Long> pets = new ArrayList<>();
    // The database is in memory, and goes with the last that has it open.
    try (LiveShop _ = new LiveShop(database)) {
      try (LiveShop before = new LiveShop(database)) {
        for (int i = 0; i < 4; i++) {
          pets.add(adopted(before));
        }
      }
      try (LiveShop shop = new LiveShop(database);
          Watcher back = new Watcher(shop, "Last-Event-ID", "2");
          Watcher lost = new Watcher(shop, "Last-Event-ID", "unknown")) {
        assertThat(List.of(back.pet(), back.pet())).isEqualTo(pets.subList(2, 4));
        assertThat(List.of(lost.pet(), lost.pet(), lost.pet(), lost.pet())).isEqualTo(pets);

        long now = adopted(shop);
        assertThat(back.pet()).isEqualTo(now);
        assertThat(lost.pet()).isEqualTo(now);
      }
    }
  }

  @Test
  void is_told_what_is_adopted_at_another_instance() throws Exception {
    try (LiveShop here = new LiveShop(database);
        LiveShop there = new LiveShop(database);
        Watcher watcher = new Watcher(here, "Last-Event-ID", "0")) {
      long pet = adopted(there);

      assertThat(watcher.pet()).isEqualTo(pet);
    }
  }

  @Test
  void is_told_nothing_of_an_application_that_is_refused() throws Exception {
    try (LiveShop shop = new LiveShop(database);
        Watcher watcher = new Watcher(shop, "Last-Event-ID", "0")) {
      String path = Given.dogPath(shop.client()) + "/adoption";
      shop.client()
          .post(path)
          .json(Given.questionnaire().put("applicant", "nobody"))
          .send()
          .expect(422);
      long pet = adopted(shop);
      shop.client()
          .post("/pets/" + pet + "/adoption")
          .json(Given.questionnaire())
          .send()
          .expect(409);
      long next = adopted(shop);

      assertThat(List.of(watcher.pet(), watcher.pet())).containsExactly(pet, next);
    }
  }
}
