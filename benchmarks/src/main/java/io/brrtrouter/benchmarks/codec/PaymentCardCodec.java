package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonFragment;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.JsonPattern;
import io.brrtrouter.schema.codec.TextTable;
import java.time.LocalDate;

/** Reads and writes {@link Payment.Card}. */
public final class PaymentCardCodec implements JsonCodec<Payment.Card> {

  /** The codec; it has no state. */
  public static final PaymentCardCodec INSTANCE = new PaymentCardCodec();

  private static final int METHOD = 0;
  private static final int NUMBER = 1;
  private static final int EXPIRES = 2;
  private static final TextTable FIELDS = TextTable.of("method", "number", "expires");
  private static final long REQUIRED = (1L << METHOD) | (1L << NUMBER) | (1L << EXPIRES);

  private static final JsonFragment METHOD_FIELD = JsonFragment.name("method");
  private static final JsonFragment NUMBER_FIELD = JsonFragment.name("number");
  private static final JsonFragment EXPIRES_FIELD = JsonFragment.name("expires");

  private static final TextTable METHOD_CONST = TextTable.of("card");
  private static final JsonFragment METHOD_VALUE = JsonFragment.value("card");
  private static final JsonPattern NUMBER_PATTERN = JsonPattern.of("^[0-9]{12,19}$");

  private PaymentCardCodec() {}

  @Override
  @SuppressWarnings("NullAway") // REQUIRED says what is set
  public Payment.Card read(JsonInput in) {
    String number = null;
    LocalDate expires = null;
    long seen = 0;
    in.beginObject();
    for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
      seen = in.once(seen, field);
      switch (field) {
        case METHOD -> readMethod(in);
        case NUMBER -> number = readNumber(in);
        case EXPIRES -> expires = in.readDate();
        default -> in.skip();
      }
    }
    if ((seen & REQUIRED) != REQUIRED) {
      throw in.refuse();
    }
    return new Payment.Card(number, expires);
  }

  private static void readMethod(JsonInput in) {
    if (in.readEnum(METHOD_CONST) == JsonInput.UNKNOWN) {
      throw in.refuse();
    }
  }

  private static String readNumber(JsonInput in) {
    String number = in.readString();
    if (in.checking() && !isNumber(number)) {
      throw in.refuse();
    }
    return number;
  }

  @Override
  public void write(Payment.Card value, JsonOutput out) {
    out.beginObject();
    out.name(METHOD_FIELD);
    out.write(METHOD_VALUE);
    out.name(NUMBER_FIELD);
    writeNumber(value.number(), out);
    out.name(EXPIRES_FIELD);
    out.writeDate(value.expires());
    out.endObject();
  }

  private static void writeNumber(String number, JsonOutput out) {
    if (out.checking() && !isNumber(number)) {
      out.violation();
    }
    out.writeString(number);
  }

  private static boolean isNumber(String number) {
    return NUMBER_PATTERN.matches(number);
  }
}
