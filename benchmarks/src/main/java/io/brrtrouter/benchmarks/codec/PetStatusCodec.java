package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonFragment;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.TextTable;

/** Reads and writes {@link Pet.Status}. */
public final class PetStatusCodec implements JsonCodec<Pet.Status> {

  /** The codec; it has no state. */
  public static final PetStatusCodec INSTANCE = new PetStatusCodec();

  private static final TextTable VALUES = TextTable.of("available", "pending", "sold");

  private static final JsonFragment AVAILABLE = JsonFragment.value("available");
  private static final JsonFragment PENDING = JsonFragment.value("pending");
  private static final JsonFragment SOLD = JsonFragment.value("sold");

  private PetStatusCodec() {}

  @Override
  public Pet.Status read(JsonInput in) {
    return switch (in.readEnum(VALUES)) {
      case 0 -> Pet.Status.AVAILABLE;
      case 1 -> Pet.Status.PENDING;
      case 2 -> Pet.Status.SOLD;
      default -> throw in.refuse();
    };
  }

  @Override
  public void write(Pet.Status value, JsonOutput out) {
    out.write(
        switch (value) {
          case AVAILABLE -> AVAILABLE;
          case PENDING -> PENDING;
          case SOLD -> SOLD;
        });
  }
}
