package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentDispositionTest {
  static Arguments[] names() {
    return new Arguments[] {
      Arguments.of("report.pdf", "filename=\"report.pdf\""),
      Arguments.of("my report.pdf", "filename=\"my report.pdf\""),
      Arguments.of("a;b=c,d.txt", "filename=\"a;b=c,d.txt\""),
      Arguments.of("so \"what\".txt", "filename=\"so \\\"what\\\".txt\""),
      Arguments.of(
          "\u20ac rates.txt", "filename=\"_ rates.txt\"; filename*=UTF-8''%E2%82%AC%20rates.txt"),
      Arguments.of("na\u00efve.txt", "filename=\"na_ve.txt\"; filename*=UTF-8''na%C3%AFve.txt"),
      Arguments.of("\ud83d\udc36.png", "filename=\"_.png\"; filename*=UTF-8''%F0%9F%90%B6.png"),
      Arguments.of("100%20.txt", "filename=\"100_20.txt\"; filename*=UTF-8''100%2520.txt"),
      Arguments.of("it's*.\u00e9", "filename=\"it's*._\"; filename*=UTF-8''it%27s%2A.%C3%A9"),
      Arguments.of("../../etc/passwd", "filename=\".._.._etc_passwd\""),
      Arguments.of("C:\\temp\\a.txt", "filename=\"C:_temp_a.txt\""),
      Arguments.of("a\r\nSet-Cookie: b=c", "filename=\"a__Set-Cookie: b=c\""),
      Arguments.of("a\u0000b\u007fc\u0085d", "filename=\"a_b_c_d\""),
      Arguments.of("photo\u202egnp.exe", "filename=\"photo_gnp.exe\""),
      Arguments.of("a\u2028b\ud800c", "filename=\"a_b_c\""),
      Arguments.of("", "filename=\"_\""),
      Arguments.of("  ", "filename=\"_\""),
      Arguments.of(".", "filename=\"_\""),
      Arguments.of("..", "filename=\"_\""),
      Arguments.of(" a.txt ", "filename=\"a.txt\""),
      Arguments.of("a".repeat(300) + ".txt", "filename=\"" + "a".repeat(196) + ".txt\""),
      Arguments.of("a".repeat(300), "filename=\"" + "a".repeat(200) + "\""),
      Arguments.of("a." + "b".repeat(300), "filename=\"a." + "b".repeat(198) + "\""),
    };
  }

  @ParameterizedTest
  @MethodSource("names")
  void has_any_name(String name, String parameters) {
    assertThat(ContentDisposition.attachment(name)).isEqualTo("attachment; " + parameters);
    assertThat(ContentDisposition.inline(name)).isEqualTo("inline; " + parameters);
    assertThat(Headers.isValue(ContentDisposition.attachment(name))).isTrue();
  }

  /** Whatever the name is, it is one field with one or two parameters. */
  @Test
  void no_character_ends_the_field() {
    for (int c = 0; c <= 0xFFFF; c++) {
      String value = ContentDisposition.attachment("a" + (char) c + "b");
      assertThat(value)
          .as("%04x", c)
          .matches(
              "attachment; filename=\"([ !#-\\[\\]-~]|\\\\\")+\"(; filename\\*=UTF-8''[A-Za-z0-9.%_~^`|!#$&+-]+)?");
    }
  }
}
