package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Preconditions.Outcome;
import io.brrtrouter.server.http.Preconditions.Validators;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that change something, whose handlers ask; reading is in the table of what is sent. */
class PreconditionsTest {
  private static final Instant TIME = Instant.parse("1994-11-06T08:49:37.9Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PUT    | v1 | If-Match            | "v1"                          | HOLD
          PUT    | v1 | If-Match            | "v2"                          | FAILED
          PUT    | v1 | If-Match            | W/"v1"                        | FAILED
          PUT    | v1 | If-Match            | *                             | HOLD
          PUT    |    | If-Match            | *                             | FAILED
          PUT    |    | If-Match            | "v1"                          | FAILED
          PUT    | v1 | If-None-Match       | *                             | FAILED
          PUT    |    | If-None-Match       | *                             | HOLD
          PUT    | v1 | If-None-Match       | "v2"                          | HOLD
          DELETE | v1 | If-None-Match       | "v1"                          | FAILED
          PATCH  | v1 | If-Unmodified-Since | Sun, 06 Nov 1994 08:49:37 GMT | HOLD
          PATCH  | v1 | If-Unmodified-Since | Sun, 06 Nov 1994 08:49:36 GMT | FAILED
          PATCH  |    | If-Unmodified-Since | Sun, 06 Nov 1994 08:49:36 GMT | HOLD
          POST   | v1 | If-Modified-Since   | Sun, 06 Nov 1994 08:49:37 GMT | HOLD
          GET    | v1 | If-Modified-Since   | Sun, 06 Nov 1994 08:49:37 GMT | NOT_MODIFIED
          GET    | v1 | If-None-Match       | "v1"                          | NOT_MODIFIED
          PUT    | v1 | X                   | y                             | HOLD
          """)
  void come_to(String method, @Nullable String tag, String name, String value, Outcome outcome) {
    Validators current = tag == null ? null : new Validators(EntityTag.strong(tag), TIME);
    assertThat(Preconditions.evaluate(Method.of(method), Headers.of(name, value), current))
        .isEqualTo(outcome);
  }

  /** RFC 9110 section 8.8.2.2. */
  @Test
  void a_time_names_octets_when_it_is_over() {
    Validators current = new Validators(null, TIME);
    Headers asked = Headers.of("If-Range", HttpDate.format(TIME));
    assertThat(Preconditions.allowRange(asked, current, TIME)).isFalse();
    assertThat(Preconditions.allowRange(asked, current, TIME.plusSeconds(3))).isTrue();
    assertThat(Preconditions.allowRange(asked, Validators.NONE, TIME.plusSeconds(3))).isFalse();
  }
}
