package io.brrtrouter.codegen.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Charsets of media types, wherever they stand. */
class MediaTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          text/plain                                | none      | text/plain                                | text/plain
          Text/Plain ;Charset="ASCII"; v=1          | ASCII     | Text/Plain ; charset=utf-8; v=1           | Text/Plain ; v=1
          text/plain; charset = x                   | x         | text/plain; charset=utf-8                 | text/plain
          text/plain; v="; charset=x"               | none      | text/plain; v="; charset=x"               | text/plain; v="; charset=x"
          text/plain; v="\\"; charset=x"; charset=y | y         | text/plain; v="\\"; charset=x"; charset=utf-8 | text/plain; v="\\"; charset=x"
          text/plain; charset                       | none      | text/plain; charset                       | text/plain; charset
          """)
  void a_charset_is_found_and_replaced(
      String mediaType, String charset, String inUtf8, String without) {
    assertThat(MediaTypes.charset(mediaType).orElse("none")).isEqualTo(charset);
    assertThat(MediaTypes.withCharset(mediaType, "utf-8")).isEqualTo(inUtf8);
    assertThat(MediaTypes.withoutCharset(mediaType)).isEqualTo(without);
    assertThat(MediaTypes.bare(mediaType)).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, UTF_8",
    "text/*; charset=x, UTF_8",
    "text/plain; charset = latin1, ISO_8859_1",
    "text/plain; v=\"; charset=x\"; charset=ascii, US_ASCII"
  })
  void clients_in_typescript_write_these(String mediaType, WebCharset charset) {
    assertThat(WebCharset.of(mediaType)).contains(charset);
  }
}
