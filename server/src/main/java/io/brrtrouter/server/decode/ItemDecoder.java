package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads and judges the items of a sequential media type, each by itself, as {@code itemSchema} says
 * (OpenAPI 3.2 section 4.14.2). Immutable.
 */
public final class ItemDecoder {
  private final JsonBody json;
  private final BodyCheck check;
  private final EventCheck data;
  private final PartItems parts;

  private ItemDecoder(JsonBody json, BodyCheck check, EventCheck data, PartItems parts) {
    this.json = json;
    this.check = check;
    this.data = data;
    this.parts = parts;
  }

  static ItemDecoder compile(MediaType media, Schema item, Schemas schemas, FormLimits limits) {
    CompiledSchema compiled = schemas.compile(item);
    List<Encoding> prefix = media.prefixEncoding();
    return new ItemDecoder(
        new JsonBody(compiled, schemas.json(), schemas.violations()),
        new BodyCheck(compiled, item.location(), schemas.violations()),
        EventCheck.compile(item, schemas),
        PartItems.ofOne(
            schemas.shape(item), prefix, media.itemEncoding().orElse(null), schemas, limits));
  }

  /** {@return what becomes of a JSON text; places are those of the item} */
  DecodedBody decode(byte[] text) {
    return json.decode(text);
  }

  /**
   * {@return what is wrong with a JSON value that is an item}
   *
   * @param value the value
   */
  public List<RequestViolation> check(JsonNode value) {
    return violations(check.settle(value, List.of(), new Flaws()));
  }

  /**
   * {@return what is wrong with an event}
   *
   * @param event its fields: {@code data}, {@code event}, {@code id}, {@code retry}
   */
  public List<RequestViolation> checkEvent(JsonNode event) {
    List<RequestViolation> violations = new ArrayList<>(check(event));
    data.check(event, violations);
    return violations;
  }

  /**
   * {@return what is wrong with a part}
   *
   * @param part the part
   * @param index how many stand before it
   */
  public List<RequestViolation> check(Part part, long index) {
    return violations(decode(part, index));
  }

  /** {@return what becomes of a part; places are those of the item} */
  DecodedBody decode(Part part, long index) {
    Flaws flaws = new Flaws();
    JsonNode value = parts.decode(part, index, flaws);
    return check.settle(value, List.of(part), flaws);
  }

  private static List<RequestViolation> violations(DecodedBody judged) {
    return judged instanceof DecodedBody.Invalid(List<RequestViolation> violations, int _)
        ? violations
        : List.of();
  }
}
