package io.brrtrouter.benchmarks.codec;

import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes lists of {@link Pet}. */
public final class PetListCodec implements JsonCodec<List<Pet>> {

  /** The codec; it has no state. */
  public static final PetListCodec INSTANCE = new PetListCodec();

  private PetListCodec() {}

  @Override
  public List<Pet> read(JsonInput in) {
    List<Pet> items = new ArrayList<>();
    in.beginArray();
    while (in.nextItem()) {
      items.add(PetCodec.INSTANCE.read(in));
    }
    return List.copyOf(items);
  }

  @Override
  public void write(List<Pet> value, JsonOutput out) {
    out.beginArray();
    for (Pet item : value) {
      out.item();
      PetCodec.INSTANCE.write(item, out);
    }
    out.endArray();
  }
}
