package io.brrtrouter.server.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Text in a charset; a number or a boolean where the schema says so.
 *
 * @param charset how characters are written
 * @param scalar decodes the text
 * @param check what the value must be
 */
record TextBody(Charset charset, TextDecoder scalar, BodyCheck check) implements MediaDecoder {

  @Override
  public DecodedBody decode(byte[] body) {
    String text = decode(body, charset);
    if (text == null) {
      return new DecodedBody.Malformed(0, 0, "the text is not in the charset " + charset.name());
    }
    Flaws flaws = new Flaws();
    JsonNode value = scalar.decode(text, 0, text.length(), flaws);
    return check.settle(value, List.of(), flaws);
  }

  /** {@return the text, null if the octets are none in the charset} */
  static @Nullable String decode(byte[] octets, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }
}
