package io.brrtrouter.server.decode;

import java.util.List;
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
    return switch (MultipartParser.parse(body, boundary, limits, named)) {
      case MultipartParser.Parsed(List<Part> parts) -> value(parts);
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
  public boolean takesEmpty() {
    return false;
  }

  @Override
  public boolean hasValue() {
    return plan != null;
  }
}
