package io.brrtrouter.security.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictBase64UrlTest {

  @ParameterizedTest
  @CsvSource({
    "'', false, nothing",
    "A, false, six bits",
    "AA, true, one octet",
    "AB, false, four bits that say nothing",
    "AP, false, four bits that say nothing",
    "AQ, true, one octet",
    "AAA, true, two octets",
    "AAB, false, two bits that say nothing",
    "AAE, true, two octets",
    "AAAA, true, three octets",
    "AAAAA, false, six bits more",
    "AA==, false, padding",
    "AAA=, false, padding",
    "AA+A, false, the other alphabet",
    "AA/A, false, the other alphabet",
    "AA-_, true, this alphabet",
    "'AA A', false, space",
    "'AAAA\n', false, line feed",
    "AAéA, false, not ASCII",
    "AA\u0141A, false, not ISO 8859-1"
  })
  void only_one_spelling_of_octets_is_canonical(String text, boolean canonical, String why) {
    assertThat(StrictBase64Url.isCanonical(text)).as(why).isEqualTo(canonical);
    assertThat(StrictBase64Url.decode(text) != null).as(why).isEqualTo(canonical);
  }

  /** Of 4096 pairs of letters, those are canonical that the JDK's encoder writes. */
  @Test
  void what_is_canonical_is_what_the_encoder_writes() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int canonical = 0;
    for (char first : alphabet.toCharArray()) {
      for (char second : alphabet.toCharArray()) {
        String text = "" + first + second;
        String again =
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Base64.getUrlDecoder().decode(text));
        assertThat(StrictBase64Url.isCanonical(text)).as(text).isEqualTo(text.equals(again));
        canonical += text.equals(again) ? 1 : 0;
      }
    }
    assertThat(canonical).isEqualTo(256);
  }
}
