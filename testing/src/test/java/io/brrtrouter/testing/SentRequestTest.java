package io.brrtrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Headers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a failure says of the request. */
class SentRequestTest {
  private static final byte[] NOTHING = {};

  @Test
  void credentials_are_not_shown() {
    Headers headers =
        Headers.builder()
            .add("Authorization", "Bearer abc")
            .add("proxy-authorization", "Basic abc")
            .add("X-Api-Key", "k1")
            .add("X-Auth-Token", "t1")
            .add("Cookie", "session=s1")
            .add("Accept", "text/plain")
            .build();

    assertThat(SentRequest.of(headers, NOTHING))
        .isEqualTo(
            """
            Authorization: ***
            proxy-authorization: ***
            X-Api-Key: ***
            X-Auth-Token: ***
            Cookie: ***
            Accept: text/plain
            """);
  }

  @Test
  void without_fields_and_content_there_is_nothing() {
    assertThat(SentRequest.of(Headers.empty(), NOTHING)).isEmpty();
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
