package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {

  @ParameterizedTest(name = "<{0}>")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a=1                  | [a=1]",
        "a=1; b=2             | [a=1] [b=2]",
        "a=1;b=2              | [a=1] [b=2]",
        "'  a = 1 ;\tb=2  '   | [a=1] [b=2]",
        "a=1; a=2             | [a=1] [a=2]",
        "a=b=c==              | [a=b=c==]",
        "a=                   | [a=]",
        "a=\"x y\"            | [a=\"x y\"]",
        "a=x,y                | [a=x,y]",
        "A=1; a=2             | [A=1] [a=2]",
        "$Version=1; a=1      | [$Version=1] [a=1]",
        "; ;a=1;;             | [a=1]",
        "a; b=2               | [b=2]",
        "=1; b=2              | [b=2]",
        "'  =1; b=2'          | [b=2]",
        "=__Host-a=1; b=2     | [b=2]",
        "''                   | ''",
        "é=ü                  | [é=ü]",
      })
  void parses_what_browsers_send(String value, String expected) {
    String parsed =
        Cookie.parse(value).stream()
            .map(cookie -> "[" + cookie + "]")
            .collect(Collectors.joining(" "));
    assertThat(parsed).isEqualTo(expected);
  }

  /** Looking for {@code =} beyond a pair's end would take minutes. */
  @Test
  void takes_time_in_proportion_to_the_length() {
    String pairs = ";".repeat(2_000_000) + "a=1";
    Duration effort =
        Effort.of(() -> assertThat(Cookie.parse(pairs)).isEqualTo(List.of(new Cookie("a", "1"))));
    assertThat(effort).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void stops_when_no_more_is_wanted() {
    List<Integer> begins = new ArrayList<>();
    Cookie.read(
        "a=1; b; b=2; c=3",
        (from, nameEnd, valueStart, to) -> {
          begins.add(from);
          return from == 0;
        });
    assertThat(begins).containsExactly(0, 8);
  }

  @Test
  void reads_all_fields_of_a_request() {
    assertThat(Cookie.of(Headers.empty())).isEmpty();
    assertThat(Cookie.of(Headers.of("Cookie", "a=1", "cookie", "b=2; c=3")))
        .isEqualTo(List.of(new Cookie("a", "1"), new Cookie("b", "2"), new Cookie("c", "3")));
    assertThatThrownBy(() -> new Cookie("", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a cookie has a name");
  }

  @Nested
  class Set_cookie {
    @Test
    void is_safe_unless_told_otherwise() {
      assertThat(SetCookie.of("sid", "x").render())
          .isEqualTo("sid=x; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void has_every_attribute() {
      assertThat(
              SetCookie.of("sid", "x")
                  .withPath("/app")
                  .withDomain("example.org")
                  .withMaxAge(Duration.ofMillis(90_500))
                  .withSameSite(SetCookie.SameSite.STRICT)
                  .withHttpOnly(false)
                  .withSecure(false)
                  .render())
          .isEqualTo("sid=x; Path=/app; Domain=example.org; Max-Age=90; SameSite=Strict");
      assertThat(SetCookie.of("a", "b").withSameSite(SetCookie.SameSite.NONE).render())
          .isEqualTo("a=b; Path=/; Secure; HttpOnly; SameSite=None");
      assertThat(SetCookie.of("a", "b").expired().render())
          .isEqualTo("a=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void does_not_show_its_value() {
      assertThat(SetCookie.of("sid", "secret"))
          .hasToString("sid=...; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "a,b", "a\"b", "a\\b", "a\nb", "é"})
    void refuses_values_that_break_the_field(String value) {
      assertThatThrownBy(() -> SetCookie.of("sid", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the value of cookie sid has a character at index ")
          .hasMessageNotContaining(value);
    }

    @Test
    void refuses_what_a_browser_would_drop() {
      assertThatThrownBy(() -> SetCookie.of("a=b", ""))
          .hasMessage("the name of a cookie is a token, not \"a=b\"");
      assertThatThrownBy(() -> SetCookie.of("a", "").withPath("x"))
          .hasMessage("the path of cookie a begins with \"/\", not \"x\"");
      assertThatThrownBy(() -> SetCookie.of("a", "").withPath("/;x"))
          .hasMessage(
              "the path of cookie a has a control character, a semicolon or a character beyond"
                  + " ASCII at index 1");
      assertThatThrownBy(() -> SetCookie.of("a", "").withDomain("x\n"))
          .hasMessage(
              "the domain of cookie a has a control character, a semicolon or a character beyond"
                  + " ASCII at index 1");
      assertThatThrownBy(() -> SetCookie.of("a", "").withMaxAge(Duration.ofSeconds(-1)))
          .hasMessage("the age of cookie a is not negative");
      assertThatThrownBy(
              () -> SetCookie.of("a", "").withSecure(false).withSameSite(SetCookie.SameSite.NONE))
          .hasMessage("cookie a with SameSite=None must be Secure");
      assertThatThrownBy(() -> SetCookie.of("__Secure-a", "").withSecure(false))
          .hasMessage("cookie __Secure-a must be Secure by its name");
      assertThatThrownBy(() -> SetCookie.of("__Host-a", "").withPath("/x"))
          .hasMessage("cookie __Host-a must have the path \"/\" and no domain by its name");
      assertThatThrownBy(() -> SetCookie.of("__host-a", "").withDomain("x.org"))
          .hasMessage("cookie __host-a must have the path \"/\" and no domain by its name");
    }
  }
}
