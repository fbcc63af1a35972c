package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferTest {

  @ParameterizedTest(name = "<{0}>")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "code=404                  | code:404",
        "code=404, example=cat     | code:404 example:cat",
        "code=404; example=cat     | code:404 example:cat",
        "Code = 404 ,, ;example=cat| code:404 example:cat",
        "code=1, code=2            | code:1",
        "return=minimal;code=1     | return:minimal code:1",
        "respond-async             | respond-async:",
        "a=                        | a:",
        "a=\"\"                    | a:",
        "example=\"a,b\", code=1    | example:a,b code:1",
        "example=\"a;b=c\";code=1   | example:a;b=c code:1",
        "example=\"say \\\"hi\\\"\"   | example:say \"hi\"",
        "example=big cat, code=1   | example:big cat code:1",
        "example=a/b               | example:a/b",
        "example=\"open            | ''",
        "=x, code=1                | code:1",
        "''                        | ''",
      })
  void reads_preferences(String field, String expected) {
    assertThat(text(Prefer.of(Headers.of("Prefer", field)))).isEqualTo(expected);
  }

  private static String text(Prefer prefer) {
    return prefer.preferences().entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  @Test
  void reads_all_fields() {
    Prefer prefer = Prefer.of(Headers.of("Prefer", "code=1", "prefer", "code=2, wait=5"));
    assertThat(prefer.value("code")).contains("1");
    assertThat(prefer.value("wait")).contains("5");
    assertThat(prefer.value("example")).isEmpty();
    assertThat(Prefer.of(Headers.empty()).preferences()).isEmpty();
  }
}
