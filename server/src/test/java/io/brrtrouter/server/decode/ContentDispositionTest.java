package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDispositionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "form-data; name=a                                  | a     |",
        "Form-Data;NAME=\"a\"                               | a     |",
        "form-data ; name=\"a\" ; filename=\"b.txt\"        | a     | b.txt",
        "form-data; name=\"a;b=c\"                          | a;b=c |",
        "form-data; name=\"a\\\"b\"                         | a\"b  |",
        "form-data; name=\"a%22b\"                          | a%22b |",
        "form-data; name=a; filename=\"C:\\dir\\file.txt\"  | a     | C:\\dir\\file.txt",
        "form-data; name=a; filename=\"../../etc/passwd\"   | a     | ../../etc/passwd",
        "form-data; name=a; filename=\"\"                   | a     | ``",
        "form-data; name=é; filename=\"日本.txt\"             | é     | 日本.txt",
        "form-data; name=a; filename*=UTF-8''%e2%82%ac.txt  | a     | €.txt",
        "form-data; name=a; filename*=iso-8859-1'en'%A3     | a     | £",
        "form-data; name=a; filename=x; filename*=utf-8''y  | a     | y",
        "form-data; name=a; filename*=utf-8''y; filename=x  | a     | y",
      })
  void namesAPart(String value, String name, String fileName) {
    assertThat(ContentDisposition.parse(value))
        .isEqualTo(new ContentDisposition("form-data", name, fileName));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "; name=a",
        "form-data name=a",
        "form-data; name",
        "form-data; name=",
        "form-data; =a",
        "form-data; name=a;",
        "form-data; name=\"a",
        "form-data; name=\"a\" b",
        "form-data; name=a; name=b",
        "form-data; name=a; NAME=b",
        "form-data; name=a; filename*=x",
        "form-data; name=a; filename*=utf-8''%",
        "form-data; name=a; filename*=utf-8''%ff",
        "form-data; name=a; filename*=utf-8''é",
        "form-data; name=a; filename*=koi8-r''a",
      })
  void isMalformed(String value) {
    assertThat(ContentDisposition.parse(value)).isNull();
  }
}
