package io.brrtrouter.server.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * Octets of a media type that has no JSON value. Where the schema speaks of a string, that is a
 * character for each octet, so that lengths count octets (OpenAPI 3.1.1 section 4.8.14.5).
 *
 * @param check what the string must be, null where the schema speaks of something else
 */
record RawBody(@Nullable BodyCheck check) implements MediaDecoder {
  /** Anything goes. */
  static final RawBody ANY = new RawBody(null);

  @Override
  public DecodedBody decode(byte[] body) {
    DecodedBody value = new DecodedBody.Value(null, List.of());
    if (check == null) {
      return value;
    }
    StringNode octets = StringNode.valueOf(new String(body, StandardCharsets.ISO_8859_1));
    DecodedBody checked = check.settle(octets, List.of(), new Flaws());
    return checked instanceof DecodedBody.Value ? value : checked;
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public boolean hasValue() {
    return false;
  }
}
