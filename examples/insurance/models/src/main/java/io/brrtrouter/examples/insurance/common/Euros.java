package io.brrtrouter.examples.insurance.common;

import io.brrtrouter.examples.insurance.shared.model.Currency;
import io.brrtrouter.examples.insurance.shared.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An amount in euros, exact to the cent. What a calculation gives in between is rounded half to
 * even, once, where it becomes an amount.
 *
 * @param amount the amount, with two decimals
 */
public record Euros(BigDecimal amount) implements Comparable<Euros> {
  /** Nothing. */
  public static final Euros ZERO = new Euros(BigDecimal.ZERO);

  private static final int DECIMALS = 2;

  /** Nobody insures a trillion, and nobody shall make us calculate with a million digits. */
  private static final int MOST_DIGITS = 12;

  /**
   * Gives the amount two decimals.
   *
   * @throws ArithmeticException when it has more
   */
  public Euros {
    amount = amount.setScale(DECIMALS, RoundingMode.UNNECESSARY);
  }

  /**
   * {@return an amount}
   *
   * @param text the amount as it is written, {@code 12.50} for example
   */
  public static Euros of(String text) {
    return new Euros(new BigDecimal(text));
  }

  /**
   * {@return money as euros; empty when it is another currency, has fractions of a cent or is more
   * than there is}
   *
   * @param money the money
   */
  public static Optional<Euros> of(Money money) {
    BigDecimal amount = money.amount();
    boolean plain =
        money.currency() == Currency.Known.EUR
            && amount.precision() - amount.scale() <= MOST_DIGITS
            && amount.scale() <= DECIMALS;
    return plain ? Optional.of(new Euros(amount)) : Optional.empty();
  }

  /**
   * {@return the amount nearest to the result of a calculation}
   *
   * @param exact the result
   */
  public static Euros rounded(BigDecimal exact) {
    return new Euros(exact.setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** {@return the same as money} */
  public Money toMoney() {
    return new Money(amount, Currency.Known.EUR);
  }

  /**
   * {@return the sum}
   *
   * @param other what to add
   */
  public Euros plus(Euros other) {
    return new Euros(amount.add(other.amount));
  }

  /**
   * {@return the difference}
   *
   * @param other what to take away
   */
  public Euros minus(Euros other) {
    return new Euros(amount.subtract(other.amount));
  }

  /**
   * {@return the product, rounded}
   *
   * @param factor what to multiply with
   */
  public Euros times(BigDecimal factor) {
    return rounded(amount.multiply(factor));
  }

  /**
   * {@return a share of the amount, rounded once}
   *
   * @param part how many parts
   * @param whole of how many
   */
  public Euros share(long part, long whole) {
    return new Euros(
        amount
            .multiply(BigDecimal.valueOf(part))
            .divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_EVEN));
  }

  /**
   * {@return parts that are the amount together; the first ones have the cents that are left over}
   *
   * @param parts how many
   */
  public List<Euros> split(int parts) {
    BigDecimal cent = BigDecimal.ONE.movePointLeft(DECIMALS);
    BigDecimal each = amount.divide(BigDecimal.valueOf(parts), DECIMALS, RoundingMode.DOWN);
    int left =
        amount
            .subtract(each.multiply(BigDecimal.valueOf(parts)))
            .movePointRight(DECIMALS)
            .intValueExact();
    List<Euros> split = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      split.add(new Euros(i < left ? each.add(cent) : each));
    }
    return split;
  }

  /** {@return whether it is more than nothing} */
  public boolean isPositive() {
    return amount.signum() > 0;
  }

  @Override
  public int compareTo(Euros other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public String toString() {
    return amount.toPlainString() + " EUR";
  }
}
