package io.brrtrouter.benchmarks.codec;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** How something is paid; {@code method} in JSON tells which. */
public sealed interface Payment {

  /**
   * With a card.
   *
   * @param number matches {@code ^[0-9]{12,19}$}
   * @param expires format date
   */
  record Card(String number, LocalDate expires) implements Payment {}

  /**
   * From account to account.
   *
   * @param iban 15 to 34 characters
   * @param reference null when absent
   */
  record Transfer(String iban, @Nullable String reference) implements Payment {}
}
