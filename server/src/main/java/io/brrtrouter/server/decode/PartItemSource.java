package io.brrtrouter.server.decode;

import io.brrtrouter.server.http.ContentSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of a multipart body, each in memory when it is next. */
final class PartItemSource implements ItemSource, PartTaker {
  private final MultipartParser parser;
  private final int most;
  private final PartStore store;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private @Nullable Part head;
  private long number;

  /** What the header fields of the part in memory take. */
  private long fields;

  /**
   * Nothing is read yet.
   *
   * @param body the body
   * @param boundary the {@code boundary} parameter of its media type
   * @param limits how many parts there may be, and how long their header fields
   * @param most octets of the content of one part
   * @param store holds what is in memory
   */
  PartItemSource(
      ContentSource body, String boundary, FormLimits limits, int most, PartStore store) {
    this.parser = MultipartParser.of(body, boundary, limits, false, this);
    this.most = most;
    this.store = store;
  }

  @Override
  public @Nullable RawItem next() throws IOException {
    store.release(fields);
    fields = 0;
    return switch (parser.next()) {
      case MultipartParser.Taken(Part part) -> {
        number++;
        yield new RawItem(number, parser.start(), 0, 0, part.content(), part);
      }
      case MultipartParser.Parsed _, MultipartParser.Stopped _ -> null;
      case MultipartParser.Malformed(String message) ->
          throw new MalformedItemException(place(), new DecodedBody.Malformed(0, 0, message));
      case MultipartParser.TooMany(int limit) ->
          throw new MalformedItemException(
              place(), new DecodedBody.TooLarge("the body has more than " + limit + " parts"));
    };
  }

  private RawItem place() {
    return new RawItem(number + 1, parser.start(), 0, 0, CollectedParts.NONE, null);
  }

  @Override
  public void line(int octets) throws IOException {
    int bytes = DecodedSize.ofField(octets);
    store.hold(bytes);
    fields += bytes;
  }

  @Override
  public boolean begin(Part part) {
    head = part;
    content.reset();
    return true;
  }

  @Override
  public void content(byte[] octets, int from, int length) throws IOException {
    if (length > most - content.size()) {
      throw new MalformedItemException(
          place(),
          new DecodedBody.TooLarge("item " + (number + 1) + " has more than " + most + " octets"));
    }
    store.hold(length);
    content.write(octets, from, length);
  }

  @Override
  public Part end() {
    return Objects.requireNonNull(head).with(content.toByteArray());
  }
}
