package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.schema.Format;
import io.brrtrouter.schema.Formats;
import io.brrtrouter.schema.codec.Constraints;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonFragment;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.TextTable;

/** Reads and writes {@link Owner}. */
public final class OwnerCodec implements JsonCodec<Owner> {

  /** The codec; it has no state. */
  public static final OwnerCodec INSTANCE = new OwnerCodec();

  private static final int NAME = 0;
  private static final int EMAIL = 1;
  private static final TextTable FIELDS = TextTable.of("name", "email");
  private static final long REQUIRED = (1L << NAME) | (1L << EMAIL);

  private static final JsonFragment NAME_FIELD = JsonFragment.name("name");
  private static final JsonFragment EMAIL_FIELD = JsonFragment.name("email");

  private static final Format EMAIL_FORMAT = Formats.named("email").orElseThrow();

  private OwnerCodec() {}

  @Override
  @SuppressWarnings("NullAway") // REQUIRED says what is set
  public Owner read(JsonInput in) {
    String name = null;
    String email = null;
    long seen = 0;
    in.beginObject();
    for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
      seen = in.once(seen, field);
      switch (field) {
        case NAME -> name = readName(in);
        case EMAIL -> email = readEmail(in);
        default -> in.skip();
      }
    }
    if ((seen & REQUIRED) != REQUIRED) {
      throw in.refuse();
    }
    return new Owner(name, email);
  }

  private static String readName(JsonInput in) {
    String name = in.readString();
    if (in.checking() && !isName(name)) {
      throw in.refuse();
    }
    return name;
  }

  private static String readEmail(JsonInput in) {
    String email = in.readString();
    if (in.checking() && !isEmail(email)) {
      throw in.refuse();
    }
    return email;
  }

  @Override
  public void write(Owner value, JsonOutput out) {
    out.beginObject();
    out.name(NAME_FIELD);
    writeName(value.name(), out);
    out.name(EMAIL_FIELD);
    writeEmail(value.email(), out);
    out.endObject();
  }

  private static void writeName(String name, JsonOutput out) {
    if (out.checking() && !isName(name)) {
      out.violation();
    }
    out.writeString(name);
  }

  private static void writeEmail(String email, JsonOutput out) {
    if (out.checking() && !isEmail(email)) {
      out.violation();
    }
    out.writeString(email);
  }

  private static boolean isName(String name) {
    return Constraints.hasLength(name, 1, Integer.MAX_VALUE);
  }

  private static boolean isEmail(String email) {
    return EMAIL_FORMAT.matches(email);
  }
}
