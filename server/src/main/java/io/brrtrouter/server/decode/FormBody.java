package io.brrtrouter.server.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code application/x-www-form-urlencoded}.
 *
 * @param fields decodes the form
 * @param check what the object must be
 */
record FormBody(FormFields fields, BodyCheck check) implements MediaDecoder {

  @Override
  public DecodedBody decode(byte[] body) {
    Flaws flaws = new Flaws();
    JsonNode form = fields.decode(new String(body, StandardCharsets.ISO_8859_1), flaws);
    return check.settle(form, List.of(), flaws);
  }

  @Override
  public long decodedBytes(byte[] body) {
    return DecodedSize.ofForm(body);
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }
}
