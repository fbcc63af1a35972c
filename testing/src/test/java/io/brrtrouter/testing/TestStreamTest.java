package io.brrtrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.stream.Event;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams are read at both speeds alike. */
@BrrtTest(value = Library.class, document = "src/test/resources/library.yaml")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TestStreamTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final BrrtClient client;

  TestStreamTest(BrrtClient client) {
    this.client = client;
  }

  @BeforeEach
  void nothing_has_ended() {
    Library.ENDED.clear();
  }

  /** {@code Connection} goes over the client's other way to a socket. */
  @ParameterizedTest
  @ValueSource(strings = {"X-Color", "Connection"})
  void of_events_has_what_comes_and_its_handler_learns_that_the_client_goes(String field)
      throws InterruptedException {
    try (TestStream news = client.get("/news").header(field, "close").stream().expect(200)) {
      assertThat(news.header("content-type")).isEqualTo("text/event-stream");
      assertThat(news.next()).contains("event: added\n", "data: Emma\ndata: Persuasion");
      assertThat(news.next()).contains("event: removed\n", "data: Dracula").doesNotContain("Emma");
      assertThat(Library.ENDED).isEmpty();
    }
    assertThat(Library.ENDED.poll(30, TimeUnit.SECONDS)).isEqualTo(InterruptedException.class);
  }

  @Test
  void that_has_no_item_in_time_says_so() {
    try (TestStream news = client.waiting(SHORT).get("/news").stream()) {
      news.next();
      news.next();
      assertThatThrownBy(news::next)
          .isInstanceOf(AssertionError.class)
          .hasMessage("GET /news: no item came within 300 ms, and 2 before");
      assertThatThrownBy(news::expectEnd)
          .hasMessage("GET /news: the stream has not ended within 300 ms, and 2 before");
    }
  }

  @Test
  void that_is_sent_for_as_a_whole_fails_and_is_left() throws InterruptedException {
    TestRequest news = client.waiting(SHORT).get("/news");

    assertThatThrownBy(news::send)
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "GET /news: the response, 200 of text/event-stream, is a stream that has not ended"
                + " within 300 ms; read its items with stream() in place of send(), or let the"
                + " client wait longer with waiting(Duration)");
    assertThat(Library.ENDED.poll(30, TimeUnit.SECONDS)).isEqualTo(InterruptedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "application/jsonl, X-Color",
    "application/json-seq, X-Color",
    "application/jsonl, Connection",
    "application/json-seq, Connection"
  })
  void of_json_has_its_texts_and_an_end(String type, String field) {
    try (TestStream titles =
        client.get("/titles").query("as", type).header(field, "close").stream().expect(200)) {
      assertThat(titles.next()).isEqualTo("{\"title\":\"Emma\"}");
      assertThatThrownBy(titles::expectEnd)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected the end but got an item, and 1 before\n{\"title\"");
      titles.expectEnd();
      assertThatThrownBy(titles::next)
          .isInstanceOf(AssertionError.class)
          .hasMessageEndingWith(": the stream has ended, and 1 before");
    }
    assertThat(client.get("/titles").query("as", type).send().expect(200).text())
        .contains("Emma", "Dracula");
  }

  /** Over and over, because it is about who is first. */
  @RepeatedTest(20)
  void that_is_open_has_what_is_published_from_then_on() {
    try (TestStream told = client.get("/told").stream().expect(200)) {
      Library.TOLD.publish(Event.json(Map.of("pet", "Rex")));
      assertThat(told.nextJson().path("pet").asString()).isEqualTo("Rex");
    }
  }

  @Test
  void gives_json_of_events_and_lines() {
    try (TestStream titles = client.get("/titles").stream().expect(200)) {
      assertThat(titles.nextJson().path("title").asString()).isEqualTo("Emma");
    }
    try (TestStream news = client.get("/news").stream().expect(200)) {
      assertThatThrownBy(news::nextJson)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("GET /news: expected JSON but got ")
          .hasMessageContaining("Emma");
    }
  }

  @Test
  void with_an_item_that_the_document_does_not_allow_is_cut_off() {
    try (TestStream titles = client.get("/titles").query("wrong", true).stream().expect(200)) {
      titles.next();
      assertThatThrownBy(titles::next)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("GET /titles?wrong=true: the stream was cut off, and 1 before: ");
    }
  }

  @Test
  void that_is_another_response_shows_it() {
    TestRequest wrong = client.get("/books").query("limit", 11);
    assertThatThrownBy(() -> wrong.stream().expect(200))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("GET /books?limit=11: expected status 200 but got status 400\n")
        .hasMessageContaining("must be at most 10");
    try (TestStream books = client.get("/books").stream().expect(200)) {
      assertThatThrownBy(books::next)
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              "GET /books: a response of application/json has no items that are read one by one:"
                  + " events, JSON Lines and JSON sequences have; ask for others with send()");
    }
  }

  @Test
  void is_waited_for_longer_than_no_time() {
    assertThatThrownBy(() -> client.waiting(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
