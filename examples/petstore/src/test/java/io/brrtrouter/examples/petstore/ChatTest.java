package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Customers who talk, over sockets. */
@Timeout(60)
class ChatTest {
  private static final int PATIENCE_SECONDS = 50;

  private final TestDatabase database = TestDatabase.h2();
  private final LiveShop shop = new LiveShop(database);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() throws Exception {
    http.shutdownNow();
    shop.close();
    database.close();
  }

  /** Somebody in a room, and what they were told: a line for each message, and how it ended. */
  private final class Talker implements WebSocket.Listener {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    Talker(String target) {
      socket = http.newWebSocketBuilder().buildAsync(shop.uri("ws", target), this).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        told.add(line(new JsonMapper().readTree(message.toString())));
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private static String line(JsonNode news) {
      return switch (news.path("kind").asString()) {
        case "welcome" -> "welcome " + news.path("people") + news.path("earlier").size();
        case "said" -> news.at("/said/name").asString() + ": " + news.at("/said/text").asString();
        case String kind ->
            news.path("name").asString() + " " + kind + ", " + news.path("people").asString();
      };
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      told.add(code + " " + reason);
      return null;
    }

    void say(String text) {
      send(JsonMapper.shared().createObjectNode().put("text", text).toString());
    }

    void send(String message) {
      socket.sendText(message, true).join();
    }

    void leave() {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    String next() throws InterruptedException {
      return String.valueOf(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  private Talker enter(String room, String name) {
    return new Talker("/chat/" + room + "?name=" + name);
  }

  @Test
  void two_hear_each_other_come_talk_and_leave() throws Exception {
    Talker ada = enter("dogs", "ada");
    assertThat(ada.next()).isEqualTo("welcome 10");
    Talker grace = enter("dogs", "grace");
    assertThat(grace.next()).isEqualTo("welcome 20");
    assertThat(ada.next()).isEqualTo("grace came, 2");

    ada.say("Does Rex bite? \uD83D\uDC15");
    assertThat(grace.next()).isEqualTo("ada: Does Rex bite? \uD83D\uDC15");
    assertThat(ada.next()).isEqualTo("ada: Does Rex bite? \uD83D\uDC15");

    grace.leave();
    assertThat(grace.next()).startsWith("1000");
    assertThat(ada.next()).isEqualTo("grace left, 1");
  }

  @Test
  void who_comes_later_is_told_the_last_fifty_lines_in_order() throws Exception {
    Talker ada = enter("cats", "ada");
    ada.next();
    for (int i = 1; i <= 60; i++) {
      ada.say("line " + i);
      assertThat(ada.next()).isEqualTo("ada: line " + i);
    }

    BlockingQueue<String> first = new LinkedBlockingQueue<>();
    http.newWebSocketBuilder()
        .buildAsync(
            shop.uri("ws", "/chat/cats?name=alan"),
            new WebSocket.Listener() {
              private final StringBuilder all = new StringBuilder();

              @Override
              public @Nullable CompletionStage<?> onText(
                  WebSocket from, CharSequence data, boolean last) {
                all.append(data);
                if (last) {
                  first.add(all.toString());
                }
                from.request(1);
                return null;
              }
            })
        .join();

    JsonNode earlier =
        new JsonMapper()
            .readTree(String.valueOf(first.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)))
            .path("earlier");
    assertThat(earlier.valueStream().map(said -> said.path("text").asString()))
        .hasSize(50)
        .startsWith("line 11")
        .endsWith("line 60");
  }

  @Test
  void rooms_are_apart() throws Exception {
    Talker ada = enter("dogs", "ada");
    Talker alan = enter("birds", "alan");
    assertThat(ada.next()).isEqualTo("welcome 10");
    assertThat(alan.next()).isEqualTo("welcome 10");
    ada.say("dogs only");
    assertThat(ada.next()).isEqualTo("ada: dogs only");
    alan.say("birds only");

    assertThat(alan.next()).isEqualTo("alan: birds only");
  }

  @Test
  void a_name_is_of_one_in_the_room_until_that_one_leaves() throws Exception {
    Talker first = enter("dogs", "ada");
    first.next();
    Talker second = enter("dogs", "ada");
    assertThat(second.next()).isEqualTo("4009 somebody has that name");
    assertThat(enter("cats", "ada").next()).isEqualTo("welcome 10");

    first.leave();
    assertThat(first.next()).startsWith("1000");
    // The client knows that it has left a moment before the room does.
    String again = enter("dogs", "ada").next();
    while (again.startsWith("4009")) {
      again = enter("dogs", "ada").next();
    }
    assertThat(again).isEqualTo("welcome 10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"text": ""}                   | 1008
          {"text": "   "}                | 1008
          {"text": 7}                    | 1008
          {"text": "a", "name": "grace"} | 1008
          {}                             | 1008
          hello                          | 1008
          """)
  void what_the_document_does_not_allow_is_said_to_nobody(String message, String code)
      throws Exception {
    Talker ada = enter("dogs", "ada");
    ada.next();
    Talker grace = enter("dogs", "grace");
    grace.next();
    ada.next();

    grace.send(message);

    assertThat(grace.next()).startsWith(code);
    assertThat(ada.next()).isEqualTo("grace left, 1");
  }

  @Test
  void a_line_has_a_bounded_length() throws Exception {
    Talker ada = enter("dogs", "ada");
    ada.next();
    ada.say("x".repeat(500));
    assertThat(ada.next()).hasSize("ada: ".length() + 500);
    ada.say("x".repeat(501));
    assertThat(ada.next()).startsWith("1008");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/chat/fish?name=ada", "/chat/dogs", "/chat/dogs?name=Ada", "/chat/dogs?name=x"})
  void whoever_has_no_room_or_name_does_not_get_in(String target) {
    assertThatThrownBy(() -> new Talker(target))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }
}
