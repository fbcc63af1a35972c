package io.brrtrouter.schema.stream;

import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.TextTable;
import org.jspecify.annotations.Nullable;

/** Reads and writes events as objects of their fields. Stateless and thread-safe. */
public final class RawEventCodec implements JsonCodec<RawEvent> {
  /** The codec. */
  public static final RawEventCodec INSTANCE = new RawEventCodec();

  private static final TextTable FIELDS = TextTable.of("data", "event", "id", "retry");

  private RawEventCodec() {}

  @Override
  public RawEvent read(JsonInput in) {
    String data = null;
    String event = null;
    String id = null;
    Long retry = null;
    in.beginObject();
    long seen = 0;
    for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
      if (field == JsonInput.UNKNOWN) {
        in.skip();
        continue;
      }
      seen = in.once(seen, field);
      switch (field) {
        case 0 -> data = in.readString();
        case 1 -> event = in.readString();
        case 2 -> id = in.readString();
        default -> retry = in.readLong();
      }
    }
    if (data == null) {
      throw in.refuse();
    }
    return new RawEvent(data, event, id, retry);
  }

  @Override
  public void write(RawEvent event, JsonOutput out) {
    out.beginObject();
    write("event", event.event(), out);
    out.name("data");
    out.writeString(event.data());
    write("id", event.id(), out);
    if (event.retry() != null) {
      out.name("retry");
      out.writeLong(event.retry());
    }
    out.endObject();
  }

  private static void write(String name, @Nullable String value, JsonOutput out) {
    if (value != null) {
      out.name(name);
      out.writeString(value);
    }
  }
}
