package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class MessagesTest {

  @Nested
  class A_method {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "PURGE"
        })
    void is_its_token(String token) {
      assertThat(Method.of(token)).hasToString(token).isEqualTo(new Method(token));
    }

    @Test
    void is_case_sensitive_and_a_token() {
      assertThat(Method.of("get")).isNotEqualTo(Method.GET);
      assertThat(Method.of("GET")).isSameAs(Method.GET);
      assertThatThrownBy(() -> Method.of("GE T"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a method is a token, not \"GE T\"");
    }
  }

  @Nested
  class A_request {
    private HttpRequest request(String target) {
      return new HttpRequest(
          Method.GET,
          target,
          "HTTP/1.1",
          Headers.empty(),
          Peer.of(InetSocketAddress.createUnresolved("localhost", 1)));
    }

    @Test
    void divides_its_target_at_the_first_question_mark() {
      assertThat(request("/a/b?c=d?e").rawPath()).isEqualTo("/a/b");
      assertThat(request("/a/b?c=d?e").rawQuery()).isEqualTo("c=d?e");
      assertThat(request("/a").rawPath()).isEqualTo("/a");
      assertThat(request("/a").rawQuery()).isEmpty();
      assertThat(request("/a?").rawQuery()).isEmpty();
      assertThat(request("*").rawPath()).isEqualTo("*");
    }
  }

  @Nested
  class A_response {
    @Test
    void is_made_for_each_kind_of_content() {
      assertThat(HttpResponse.of(204).body()).isEqualTo(Body.EMPTY);
      HttpResponse text = HttpResponse.text(200, "é");
      assertThat(text.headers().get("content-type")).isEqualTo("text/plain; charset=utf-8");
      assertThat(text.body())
          .isInstanceOfSatisfying(
              Body.Bytes.class,
              body -> assertThat(body.bytes()).isEqualTo("é".getBytes(StandardCharsets.UTF_8)));
      HttpResponse problem = HttpResponse.problem(404, "No such pet", "There is no pet 7.");
      assertThat(problem.status()).isEqualTo(404);
      assertThat(problem.headers().get("content-type")).isEqualTo("application/problem+json");
      assertThat(problem.body().toString())
          .contains(
              "{\"type\":\"about:blank\",\"title\":\"No such pet\",\"status\":404,\"detail\":\"There is no pet 7.\"}");
      assertThat(HttpResponse.problem(503, "Closed", "").body().toString())
          .contains("{\"type\":\"about:blank\",\"title\":\"Closed\",\"status\":503}");
      assertThatThrownBy(() -> HttpResponse.problem(200, "Fine", ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a problem's status is 400 to 599, not 200");
      HttpResponse json = HttpResponse.json(201, StringNode.valueOf("x"));
      assertThat(json.headers().get("content-type")).isEqualTo("application/json");
      assertThat(json.body()).isEqualTo(new Body.Json(StringNode.valueOf("x")));
    }

    @Test
    void changes_into_a_new_value() {
      HttpResponse response = HttpResponse.of(200);
      assertThat(response.withHeader("A", "1").headers().get("A")).isEqualTo("1");
      assertThat(response.withBody(new Body.Json(StringNode.valueOf("x"))).body())
          .isNotEqualTo(response.body());
      assertThat(response).isEqualTo(HttpResponse.of(200));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 101, 199, 600})
    void has_a_final_status(int status) {
      assertThatThrownBy(() -> HttpResponse.of(status))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a response status is 200 to 599, not " + status);
    }
  }

  @Nested
  class A_response_of_a_Java_value {
    record Pet(int id, String name, List<String> tags, @Nullable String owner) {}

    static Stream<Arguments> values() {
      return Stream.of(
          Arguments.of(
              new Pet(7, "Rex", List.of("old"), null),
              "{\"id\":7,\"name\":\"Rex\",\"tags\":[\"old\"],\"owner\":null}"),
          Arguments.of(Map.of("price", new BigDecimal("89.90")), "{\"price\":89.90}"),
          Arguments.of(List.of(1, true, "a"), "[1,true,\"a\"]"),
          Arguments.of(Optional.of("x"), "\"x\""),
          Arguments.of(LocalDate.of(2020, 2, 29), "\"2020-02-29\""),
          Arguments.of(Instant.EPOCH, "\"1970-01-01T00:00:00Z\""),
          Arguments.of("text", "\"text\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void carries_what_Jackson_makes_of_it(Object value, String json) {
      HttpResponse response = HttpResponse.json(200, value);
      assertThat(response.headers()).isEqualTo(Headers.of("Content-Type", "application/json"));
      assertThat(response.body())
          .isInstanceOfSatisfying(
              Body.Json.class, body -> assertThat(body.value()).hasToString(json));
    }

    @Test
    @SuppressWarnings("NullAway") // what a map gives for a key it does not have
    void of_nothing_is_refused_where_it_is_made() {
      JsonNode nothing = null;
      assertThatThrownBy(() -> HttpResponse.json(200, nothing))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("a JSON body needs a value; is there nothing to answer with?");
    }
  }
}
