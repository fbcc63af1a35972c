package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
          InetSocketAddress.createUnresolved("localhost", 1),
          false);
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
}
