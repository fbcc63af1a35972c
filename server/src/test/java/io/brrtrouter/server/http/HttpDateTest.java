package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void has_three_formats(String text) {
    assertThat(HttpDate.parse(text)).contains(TIME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Wed, 30 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 99999999999 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994 GMT"
      })
  void has_no_others(String text) {
    assertThat(HttpDate.parse(text)).isEmpty();
  }

  @Test
  void is_cut_to_the_second() {
    assertThat(HttpDate.format(TIME.plusMillis(999))).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void a_year_of_two_digits_is_at_most_fifty_years_ahead() {
    int now = Year.now(ZoneOffset.UTC).getValue();
    for (int ahead : new int[] {-49, 0, 49}) {
      Instant time = TIME.atOffset(ZoneOffset.UTC).withYear(now + ahead).toInstant();
      String text =
          java.time.format.DateTimeFormatter.ofPattern(
                  "EEEE, dd-MMM-uu HH:mm:ss 'GMT'", java.util.Locale.ENGLISH)
              .format(time.atOffset(ZoneOffset.UTC));
      assertThat(HttpDate.parse(text)).as(text).contains(time);
    }
  }
}
