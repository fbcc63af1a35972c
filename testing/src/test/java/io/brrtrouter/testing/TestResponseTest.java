package io.brrtrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Headers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TestResponseTest {
  private static TestResponse response(int status, Headers headers, String body) {
    return new TestResponse("GET /", status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static TestResponse of(String type, String body) {
    return response(400, Headers.of("Content-Type", type), body);
  }

  @Test
  void json_keeps_its_digits() {
    assertThat(of("application/vnd.x+json", "1.10").json().decimalValue()).hasToString("1.10");
  }

  @Test
  void what_says_it_is_json_must_be_json() {
    assertThatThrownBy(() -> of("application/json", "{").json())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("GET /: expected JSON but got Unexpected end-of-input");
    assertThatThrownBy(() -> of("application/json", "1 2").json())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void json_must_say_that_it_is() {
    assertThatThrownBy(() -> response(200, Headers.empty(), "{}").json())
        .isInstanceOf(AssertionError.class)
        .hasMessage("GET /: expected JSON but got media type missing\n200\n\n{}");
  }

  @Test
  void a_problem_agrees_with_its_response() {
    assertThatThrownBy(() -> of("application/problem+json", "{\"status\":404}").problem())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "GET /: expected a problem of status 400 but got member status: 404");
  }

  @Test
  void an_instance_is_a_member_of_a_problem() {
    TestResponse response =
        of("application/problem+json", "{\"status\":400,\"instance\":\"/orders/7\",\"x\":1}");
    assertThat(response.problem().members()).containsOnlyKeys("instance", "x");
  }

  @Test
  void a_problem_has_standard_members_and_others() {
    var problem =
        of(
                "application/problem+json; charset=utf-8",
                "{\"status\":400,\"title\":\"T\",\"detail\":\"D\",\"x\":1}")
            .problem();
    assertThat(problem.type()).isEqualTo("about:blank");
    assertThat(problem.title()).isEqualTo("T");
    assertThat(problem.detail()).isEqualTo("D");
    assertThat(problem.members()).containsOnlyKeys("x");
  }
}
