package io.brrtrouter.schema.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A text made for a pattern")
class PatternSampleTest {

  @ParameterizedTest(name = "{0} from {1} to {2}, variant {3}: {4}")
  @CsvSource(
      delimiter = '~',
      nullValues = "none",
      value = {
        "^[a-z]+$         ~ 0 ~ 100 ~ 0 ~ abcd",
        "^[a-z]+$         ~ 0 ~ 100 ~ 1 ~ bcde",
        "^[a-z]+$         ~ 0 ~ 2   ~ 0 ~ a",
        "^[a-z]+$         ~ 6 ~ 6   ~ 0 ~ abcdef",
        "^[a-z]{2,60000}$ ~ 3 ~ 9   ~ 0 ~ abc",
        "^[a-z]{20000}$   ~ 0 ~ 9   ~ 0 ~ none",
        "^\\p{Script=Greek}$ ~ 0 ~ 9 ~ 0 ~ Ͱ",
        "^(a|b)-\\1$      ~ 0 ~ 9   ~ 0 ~ a-a",
        "^(a|b)-\\1$      ~ 0 ~ 9   ~ 1 ~ b-b",
        "^(ab?)+-\\1{2}$  ~ 9 ~ 99  ~ 0 ~ abab-abab",
        "^(?=(a))\\1\\b$  ~ 0 ~ 9   ~ 0 ~ a",
        "^[]$             ~ 0 ~ 9   ~ 0 ~ none",
        "^(?!ab|.*z)[a-z]{2}(?<!b)$ ~ 0 ~ 9 ~ 0 ~ aa",
      })
  void matchesAndHasTheLength(String source, int min, int max, int variant, String text)
      throws PatternRefused {
    EcmaPattern pattern = EcmaPattern.compile(source, true);
    assertThat(PatternSample.of(List.of(pattern), min, max, variant).orElse(null)).isEqualTo(text);
  }
}
