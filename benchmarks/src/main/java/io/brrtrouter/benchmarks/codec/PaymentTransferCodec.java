package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.schema.codec.Constraints;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonFragment;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.TextTable;

/** Reads and writes {@link Payment.Transfer}. */
public final class PaymentTransferCodec implements JsonCodec<Payment.Transfer> {

  /** The codec; it has no state. */
  public static final PaymentTransferCodec INSTANCE = new PaymentTransferCodec();

  private static final int METHOD = 0;
  private static final int IBAN = 1;
  private static final int REFERENCE = 2;
  private static final TextTable FIELDS = TextTable.of("method", "iban", "reference");
  private static final long REQUIRED = (1L << METHOD) | (1L << IBAN);

  private static final JsonFragment METHOD_FIELD = JsonFragment.name("method");
  private static final JsonFragment IBAN_FIELD = JsonFragment.name("iban");
  private static final JsonFragment REFERENCE_FIELD = JsonFragment.name("reference");

  private static final TextTable METHOD_CONST = TextTable.of("transfer");
  private static final JsonFragment METHOD_VALUE = JsonFragment.value("transfer");

  private PaymentTransferCodec() {}

  @Override
  @SuppressWarnings("NullAway") // REQUIRED says what is set
  public Payment.Transfer read(JsonInput in) {
    String iban = null;
    String reference = null;
    long seen = 0;
    in.beginObject();
    for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
      seen = in.once(seen, field);
      switch (field) {
        case METHOD -> readMethod(in);
        case IBAN -> iban = readIban(in);
        case REFERENCE -> reference = in.readString();
        default -> in.skip();
      }
    }
    if ((seen & REQUIRED) != REQUIRED) {
      throw in.refuse();
    }
    return new Payment.Transfer(iban, reference);
  }

  private static void readMethod(JsonInput in) {
    if (in.readEnum(METHOD_CONST) == JsonInput.UNKNOWN) {
      throw in.refuse();
    }
  }

  private static String readIban(JsonInput in) {
    String iban = in.readString();
    if (in.checking() && !isIban(iban)) {
      throw in.refuse();
    }
    return iban;
  }

  @Override
  public void write(Payment.Transfer value, JsonOutput out) {
    out.beginObject();
    out.name(METHOD_FIELD);
    out.write(METHOD_VALUE);
    out.name(IBAN_FIELD);
    writeIban(value.iban(), out);
    if (value.reference() != null) {
      out.name(REFERENCE_FIELD);
      out.writeString(value.reference());
    }
    out.endObject();
  }

  private static void writeIban(String iban, JsonOutput out) {
    if (out.checking() && !isIban(iban)) {
      out.violation();
    }
    out.writeString(iban);
  }

  private static boolean isIban(String iban) {
    return Constraints.hasLength(iban, 15, 34);
  }
}
