package io.brrtrouter.server.dispatch;

import java.util.Optional;

/**
 * A multipart body with the boundary of one request.
 *
 * @param boundary the {@code boundary} parameter of the media type, {@code ""} without one
 * @param named whether each part must have a name
 * @param limits bounds on the parts
 */
record MultipartBody(String boundary, boolean named, FormLimits limits) implements MediaDecoder {

  @Override
  public DecodedBody decode(byte[] body) {
    if (!MultipartParser.isBoundary(boundary)) {
      return new DecodedBody.Malformed(
          0, 0, "the media type of a multipart body must have a boundary of 1 to 70 characters");
    }
    return switch (MultipartParser.parse(body, boundary, limits, named)) {
      case MultipartParser.Parsed(var parts) -> new DecodedBody.Value(Optional.empty(), parts);
      case MultipartParser.Malformed(String message) -> new DecodedBody.Malformed(0, 0, message);
      case MultipartParser.TooMany(int limit) ->
          new DecodedBody.TooLarge("the body has more than " + limit + " parts");
    };
  }

  @Override
  public boolean takesEmpty() {
    return false;
  }
}
