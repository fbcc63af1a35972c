package io.brrtrouter.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ConfigTypeTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          0,          0
          4096,       4096
          1 KiB,      1024
          1KiB,       1024
          1.5 KiB,    1536
          ' 2 MiB ',  2097152
          1 GiB,      1073741824
          1 KB,       -
          1 kib,      -
          0.3,        -
          1.2.3 KiB,  -
          -1,         -
          2 GiB,      -
          KiB,        -
          '',         -
          9999999999999999999999, -
          """)
  void a_size_is_bytes_or_has_a_unit(String text, Integer bytes) {
    assertThat(ConfigType.size(0, Integer.MAX_VALUE).parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          5,       5000
          0.5,     500
          5 ms,    5
          5 s,     5000
          1.5 min, 90000
          2 h,     7200000
          25 h,    -
          5 sec,   -
          0.5 ms,  -
          """)
  void a_duration_is_seconds_or_has_a_unit(String text, Long millis) {
    Duration duration = ConfigType.seconds(Duration.ZERO, Duration.ofHours(24)).parse(text);
    assertThat(duration).isEqualTo(millis == null ? null : Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1 ms", "1500,1500 ms", "2000,2 s", "60000,1 min", "7200000,2 h"})
  void a_duration_is_written_in_its_largest_unit(long millis, String text) {
    ConfigType<Duration> type = ConfigType.millis(Duration.ZERO, Duration.ofHours(24));
    assertThat(type.render(Duration.ofMillis(millis))).isEqualTo(text);
    assertThat(type.parse(text)).hasMillis(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "/health,true", "/a/b-c_d~e.f,true", "/,false", "health,false", "/a/,false", "//a,false",
    "/a/./b,false", "/a/..,false", "/a b,false", "/a%20b,false", "/{a},false", "/é,false",
    "/a?b,false", "'',false", "/٣,false"
  })
  void an_endpoint_has_a_plain_path(String text, boolean fine) {
    assertThat(ConfigType.endpoint().parse(text) != null).isEqualTo(fine);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          ''        | []
          80        | [80]
          80, 443   | [80, 443]
          80,       | -
          80, x     | -
          80, 99999 | -
          """)
  void a_list_in_a_variable_is_separated_by_commas(String text, String values) {
    ConfigType<List<Integer>> type = ConfigType.list(ConfigType.integer(0, 65_535));
    assertThat(String.valueOf(type.parse(text))).isEqualTo(values == null ? "null" : values);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          []          | []
          [80, 443]   | [80, 443]
          "80, 443"   | [80, 443]
          80          | -
          ["x"]       | -
          [[80]]      | -
          {"a": 80}   | -
          """)
  void a_list_in_a_file_is_a_sequence(String json, String values) {
    ConfigType<List<Integer>> type = ConfigType.list(ConfigType.integer(0, 65_535));
    assertThat(String.valueOf(type.read(new JsonMapper().readTree(json))))
        .isEqualTo(values == null ? "null" : values);
  }
}
