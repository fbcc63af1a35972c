package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.TextTable;

/** Reads and writes {@link Payment}. */
public final class PaymentCodec implements JsonCodec<Payment> {

  /** The codec; it has no state. */
  public static final PaymentCodec INSTANCE = new PaymentCodec();

  private static final TextTable METHOD = TextTable.of("method");
  private static final TextTable METHODS = TextTable.of("card", "transfer");

  private PaymentCodec() {}

  @Override
  public Payment read(JsonInput in) {
    return switch (in.tag(METHOD, METHODS)) {
      case 0 -> PaymentCardCodec.INSTANCE.read(in);
      case 1 -> PaymentTransferCodec.INSTANCE.read(in);
      default -> throw in.refuse();
    };
  }

  @Override
  public void write(Payment value, JsonOutput out) {
    switch (value) {
      case Payment.Card card -> PaymentCardCodec.INSTANCE.write(card, out);
      case Payment.Transfer transfer -> PaymentTransferCodec.INSTANCE.write(transfer, out);
    }
  }
}
