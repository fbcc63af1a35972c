package io.brrtrouter.server.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A multipart body with the boundary of one request.
 *
 * @param boundary the {@code boundary} parameter of the media type, {@code ""} without one
 * @param named whether each part must have a name
 * @param plan makes a value of the parts, null if they are all there is
 * @param check what the value must be
 * @param limits bounds on the parts
 */
record MultipartBody(
    String boundary,
    boolean named,
    @Nullable MultipartPlan plan,
    BodyCheck check,
    FormLimits limits)
    implements MediaDecoder {

  @Override
  public DecodedBody decode(byte[] body) {
    return decoded(MultipartParser.parse(body, boundary, limits, named));
  }

  /**
   * Decodes a body while it comes.
   *
   * @param store takes the files
   * @param memory octets of other parts that there may be
   * @throws IOException if the body cannot be read or a file not be stored
   */
  DecodedBody decode(InputStream body, PartStore store, long memory) throws IOException {
    try {
      StoredParts taker = new StoredParts(Objects.requireNonNull(plan), store, memory);
      MultipartParser.Result result = MultipartParser.parse(body, boundary, limits, named, taker);
      if (result instanceof MultipartParser.Parsed || result instanceof MultipartParser.Stopped) {
        store.holdValue(taker.decodedBytes());
      }
      return decoded(result);
    } catch (StoredParts.TooMuch tooMuch) {
      return new DecodedBody.TooLarge(String.valueOf(tooMuch.getMessage()));
    }
  }

  /** {@return whether it can be decoded while it comes} */
  boolean storesFiles() {
    return named && plan != null;
  }

  private DecodedBody decoded(MultipartParser.Result result) {
    return switch (result) {
      case MultipartParser.Parsed(List<Part> parts) -> value(parts);
      case MultipartParser.Stopped(List<Part> parts) -> value(parts);
      case MultipartParser.Malformed(String message) -> new DecodedBody.Malformed(0, 0, message);
      case MultipartParser.TooMany(int limit) ->
          new DecodedBody.TooLarge("the body has more than " + limit + " parts");
    };
  }

  private DecodedBody value(List<Part> parts) {
    if (plan == null) {
      return new DecodedBody.Value(null, parts);
    }
    Flaws flaws = new Flaws();
    JsonNode value = plan.decode(parts, flaws);
    return check.settle(value, parts, flaws);
  }

  @Override
  public long decodedBytes(byte[] body) {
    return DecodedSize.of(body);
  }

  @Override
  public boolean takesEmpty() {
    return false;
  }

  @Override
  public boolean hasValue() {
    return plan != null;
  }
}
