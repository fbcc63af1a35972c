package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.codec.JsonDecoder;
import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.server.decode.ItemReader;
import java.io.IOException;
import java.util.Optional;

/** The items of a request in their Java type, read while they come. */
final class ReceivedItems<T> implements Items<T> {
  private final ItemReader reader;
  private final JsonDecoder<T> decoder;
  private volatile boolean closed;

  ReceivedItems(ItemReader reader, JsonDecoder<T> decoder) {
    this.reader = reader;
    this.decoder = decoder;
  }

  @Override
  public Optional<T> next() throws IOException {
    if (closed) {
      throw new IOException("the items are closed");
    }
    return reader.next(decoder);
  }

  @Override
  public void close() {
    closed = true;
  }
}
