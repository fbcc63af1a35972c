package io.brrtrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Headers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a failure says of the request. */
class SentRequestTest {
  private static final Courier REFUSING =
      new Courier() {
        @Override
        public TestResponse send(String method, String target, Headers headers, byte[] body) {
          return new TestResponse(method + " " + target, 400, Headers.empty(), "No".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
      };

  private static TestRequest request() {
    return new TestRequest(REFUSING, "POST", "/todos");
  }

  @Test
  void fields_and_content_are_shown_and_no_credentials() {
    TestRequest request =
        request()
            .header("Authorization", "Bearer abc")
            .header("X-Api-Key", "k1")
            .cookie("session", "s1")
            .json("{\"text\": \"\"}");

    assertThatThrownBy(() -> request.send().expect(201))
        .hasMessage(
            """
            POST /todos: expected status 201 but got status 400
            the request had:
            Authorization: ***
            X-Api-Key: ***
            Cookie: ***
            Content-Type: application/json

            {"text": ""}
            the answer is:
            400

            No\
            """);
  }

  @Test
  void without_fields_and_content_there_is_the_answer_only() {
    assertThatThrownBy(() -> request().send().expect(201))
        .hasMessage("POST /todos: expected status 201 but got status 400\n400\n\nNo");
  }

  @Test
  void long_content_is_cut_between_characters() {
    String text = "a".repeat(999) + "\uD83D\uDC36".repeat(2);
    assertThat(SentRequest.of(Headers.empty(), text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("\n" + "a".repeat(999) + "\uD83D\uDC36... (1007 octets in all)\n");
  }

  @Test
  void content_that_is_no_text_is_counted() {
    assertThat(SentRequest.of(Headers.empty(), new byte[] {(byte) 0x89, 'P', 'N', 'G'}))
        .isEqualTo("\n(4 octets that are no text)\n");
  }
}
