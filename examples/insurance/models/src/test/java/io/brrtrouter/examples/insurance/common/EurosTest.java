package io.brrtrouter.examples.insurance.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.examples.insurance.shared.model.Currency;
import io.brrtrouter.examples.insurance.shared.model.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts are exact, and what is split is whole again together. */
class EurosTest {

  @ParameterizedTest
  @CsvSource({
    "100.00, 12, 8.34 8.34 8.34 8.34 8.33 8.33 8.33 8.33 8.33 8.33 8.33 8.33",
    "100.00, 4, 25.00 25.00 25.00 25.00",
    "0.03, 2, 0.02 0.01",
    "0.01, 4, 0.01 0.00 0.00 0.00"
  })
  void parts_are_the_amount_together(String amount, int parts, String expected) {
    List<Euros> split = Euros.of(amount).split(parts);

    assertThat(split)
        .containsExactlyElementsOf(List.of(expected.split(" ")).stream().map(Euros::of).toList());
    assertThat(split.stream().reduce(Euros.ZERO, Euros::plus)).isEqualTo(Euros.of(amount));
  }

  @ParameterizedTest
  @CsvSource({"0.125, 0.12", "0.135, 0.14", "0.1251, 0.13", "-0.125, -0.12", "7, 7.00"})
  void halves_go_to_the_even_cent(String exact, String rounded) {
    assertThat(Euros.rounded(new BigDecimal(exact))).isEqualTo(Euros.of(rounded));
  }

  @Test
  void a_share_is_rounded_once() {
    assertThat(Euros.of("365.00").share(1, 365)).isEqualTo(Euros.of("1.00"));
    assertThat(Euros.of("100.00").share(1, 3)).isEqualTo(Euros.of("33.33"));
    assertThat(Euros.of("100.00").share(2, 3)).isEqualTo(Euros.of("66.67"));
  }

  @Test
  void money_is_euros_when_it_is_exactly_that() {
    assertThat(Euros.of(new Money(new BigDecimal("12.5"), Currency.Known.EUR)))
        .contains(Euros.of("12.50"));
    assertThat(Euros.of(new Money(new BigDecimal("12.505"), Currency.Known.EUR))).isEmpty();
    assertThat(Euros.of(new Money(new BigDecimal("12.50"), Currency.Known.CHF))).isEmpty();
    assertThat(Euros.of(new Money(new BigDecimal("1e12"), Currency.Known.EUR))).isEmpty();
    assertThat(Euros.of(new Money(BigDecimal.ONE, Currency.of("XTS")))).isEmpty();
  }
}
