package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 12.5.3. */
class AcceptEncodingTest {
  private static final List<String> OFFERS = List.of("zstd", "br", "gzip");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          gzip                                | gzip
          gzip, br                            | br
          gzip, br, zstd                      | zstd
          zstd;q=0.1, br;q=0.2, gzip;q=0.3    | gzip
          zstd;q=0.2, br;q=0.3, gzip;q=0.3    | br
          gzip;q=1.0, br;q=0.999              | gzip
          *                                   | zstd
          *;q=0.5, gzip                       | gzip
          zstd;q=0, *                         | br
          zstd;q=0, br;q=0, *;q=0.001         | gzip
          zstd;q=0, br;q=0, gzip;q=0, *       | -
          deflate, compress                   | -
          deflate, *;q=0.1                    | zstd
          ``                                  | -
          ,, ,                                | -
          identity                            | -
          identity;q=1, gzip;q=0.5            | -
          identity;q=0.5, gzip;q=0.5          | gzip
          identity;q=0.4, gzip;q=0.5          | gzip
          identity;q=0, gzip;q=0.001          | gzip
          identity;q=0                        | -
          *;q=0                               | -
          *;q=0, br                           | br
          GZip                                | gzip
          x-gzip                              | gzip
          X-GZIP;q=0, *;q=0                   | -
          gzip ; q = 0.8                      | gzip
          gzip;Q=0.8                          | gzip
          gzip;q=0                            | -
          gzip;q=0.0                          | -
          gzip;q=0.000                        | -
          gzip;q=0.0000                       | -
          gzip;q=1.001                        | -
          gzip;q=2                            | -
          gzip;q=-1                           | -
          gzip;q=.5                           | -
          gzip;q=                             | -
          gzip;q=abc                          | -
          gzip;q=0,5                          | -
          gzip;level=9                        | gzip
          gzip;level=9;q=0                    | -
          gzip;q=0;q=1                        | -
          gzipped, xgzip                      | -
          gzip;q=0.5, gzip;q=0                | gzip
          """)
  void is_the_heaviest_and_of_equals_what_the_server_prefers(String field, String chosen) {
    assertThat(
            AcceptEncoding.of(Headers.of("Accept-Encoding", field))
                .choose(OFFERS, offer -> offer)
                .orElse("-"))
        .isEqualTo(chosen);
  }

  @Test
  void several_fields_are_one() {
    Headers headers =
        Headers.of("Accept-Encoding", "br;q=0", "accept-encoding", "*;q=0.5, gzip;q=0.2");
    AcceptEncoding accepted = AcceptEncoding.of(headers);

    assertThat(accepted.weight("br")).isZero();
    assertThat(accepted.weight("gzip")).isEqualTo(200);
    assertThat(accepted.weight("zstd")).isEqualTo(500);
  }

  @Test
  void without_a_field_content_is_sent_as_it_is() {
    AcceptEncoding accepted = AcceptEncoding.of(Headers.empty());

    assertThat(accepted.choose(OFFERS, offer -> offer)).isEmpty();
    assertThat(accepted.identity()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                | 1
          *                   | 1
          *;q=0               | 0
          *;q=0, identity     | 1000
          identity;q=0        | 0
          identity;q=0.25, *  | 250
          """)
  void content_as_it_is_has_a_weight_too(String field, int weight) {
    assertThat(AcceptEncoding.parse(field).identity()).isEqualTo(weight);
  }

  @Test
  void a_weight_is_0_to_1000() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AcceptEncoding.Preference("br", 1001));
  }
}
