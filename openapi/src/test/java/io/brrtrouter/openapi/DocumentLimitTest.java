package io.brrtrouter.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentLimitTest {
  private static final LoadOptions USUAL = LoadOptions.defaults();

  @ParameterizedTest
  @EnumSource
  void changes_its_own_place_in_the_options_and_no_other(DocumentLimit limit) {
    LoadOptions changed = limit.parse(USUAL, " " + limit.most() + " ");

    assertThat(limit.in(changed)).isEqualTo(limit.most()).isNotEqualTo(limit.in(USUAL));
    assertThat(changed.with(limit, limit.in(USUAL))).isEqualTo(USUAL);
    for (DocumentLimit other : DocumentLimit.values()) {
      assertThat(other == limit || other.in(changed) == other.in(USUAL)).as(other.name()).isTrue();
    }
    assertThat(DocumentLimit.named(limit.setting())).isEqualTo(limit);
  }

  @ParameterizedTest
  @EnumSource
  void is_in_its_range(DocumentLimit limit) {
    assertThat(limit.in(USUAL)).isBetween(limit.least(), limit.most());
    assertThat(limit.in(limit.parse(USUAL, String.valueOf(limit.least()))))
        .isEqualTo(limit.least());
    for (long beyond : new long[] {limit.least() - 1L, limit.most() + 1L}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> limit.parse(USUAL, String.valueOf(beyond)))
          .withMessage(
              "%s is a number from %d to %d, not \"%d\"",
              limit.setting(), limit.least(), limit.most(), beyond);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "16 MiB", "1e3", "0x10", "99999999999"})
  void is_a_plain_number(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DocumentLimit.MAX_FILE_BYTES.parse(USUAL, text));
  }

  @ParameterizedTest
  @CsvSource({"MAX_DEPTH", "depth", "''"})
  void has_the_name_of_its_setting(String other) {
    assertThatIllegalArgumentException().isThrownBy(() -> DocumentLimit.named(other));
  }
}
