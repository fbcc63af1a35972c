package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetsTest {

  @Test
  void every_charset_of_the_jvm_has_its_names_in_any_case() {
    assertThat(Charset.availableCharsets()).isNotEmpty();
    for (Charset charset : Charset.availableCharsets().values()) {
      assertThat(Charsets.named(charset.name())).contains(charset);
      for (String alias : charset.aliases()) {
        Charset expected = Charset.forName(alias);
        assertThat(Charsets.named(alias)).contains(expected);
        assertThat(Charsets.named(alias.toUpperCase(Locale.ROOT))).contains(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "utf 8", "*", "\u0130so-8859-1"})
  void other_names_are_none(String name) {
    assertThat(Charsets.named(name)).isEmpty();
  }
}
